package import RunModel

/// A column of the run list: what of a run it shows.
package enum ListColumn: Hashable, Sendable {
    case status, name, experiment, started, duration, tags, user, host, commit, id, number, ended
    case metric(ExactText, Extent)
    case param(ExactText)
    case tag(ExactText)
    case property(ExactText)
    /// In a choice only: the metrics that most of the runs shown have.
    case automatic
    /// In a choice only: the parameters and tags that differ among the runs shown.
    case differing

    /// Which of a metric's values is shown.
    package enum Extent: String, CaseIterable, Sendable { case last, min, max }

    /// The newest value of a metric.
    package static func metric(_ key: String) -> ListColumn { .metric(ExactText(key), .last) }
}

extension ListColumn {
    /// What of a run can be named in one word.
    static let attributes: [(word: String, column: ListColumn)] = [
        ("experiment", .experiment), ("started", .started), ("duration", .duration), ("tags", .tags), ("user", .user),
        ("host", .host), ("commit", .commit), ("id", .id), ("number", .number), ("ended", .ended),
        ("auto", .automatic), ("differ", .differing),
    ]

    private static let families: [(names: [String], column: @Sendable (ExactText) -> ListColumn)] = [
        (["metrics.", "metric."], { .metric($0, .last) }),
        (["params.", "param.", "parameters.", "parameter.", "="], { .param($0) }),
        (["tags.", "tag."], { .tag($0) }),
        (["properties.", "property."], { .property($0) }),
    ]

    /// What it shows where that is what a run costs its machine.
    var usage: UsageText.Column? {
        latestMetric.flatMap { metric in UsageText.Column.allCases.first { $0.metric == metric } }
    }

    /// Reads what `text` writes; a word that means nothing else is a metric, as in `--columns` of `runwatch list`.
    package init(_ text: String) {
        if let attribute = Self.attributes.first(where: { $0.word.isExactly(text) }) {
            self = attribute.column
            return
        }
        if text.lowercased().hasPrefix("system."),
            let key = SystemMetric.key(named: String(text.dropFirst("system.".count)))
        {
            self = .metric(key)
            return
        }
        for extent in Extent.allCases where text.hasPrefix(extent.rawValue + " ") {
            let key = text.dropFirst(extent.rawValue.count).drop { $0 == " " }
            if !key.isEmpty {
                self = .metric(ExactText(String(key)), extent)
                return
            }
        }
        for family in Self.families {
            for name in family.names where text.hasPrefix(name) && text.utf8.count > name.utf8.count {
                self = family.column(ExactText(String(text.dropFirst(name.count))))
                return
            }
        }
        self = .metric(text)
    }

    /// As `:columns`, configuration and views write it: `loss`, `min loss`, `params.lr`, `tags.quality`, `user`.
    package var text: String {
        switch self {
        case .metric(let key, .last):
            SystemMetric.name(of: key.text) ?? (Self(key.text) == self ? key.text : "metrics." + key.text)
        case .metric(let key, let extent): extent.rawValue + " " + key.text
        case .param(let key): "params." + key.text
        case .tag(let key): "tags." + key.text
        case .property(let key): "properties." + key.text
        case .automatic: "auto"
        case .differing: "differ"
        default: "\(self)"
        }
    }

    /// What stands above it.
    var title: String {
        switch self {
        case .metric(let key, .last): usage?.title ?? SystemMetric.name(of: key.text) ?? key.text
        case .param(let key), .tag(let key), .property(let key): key.text
        case .metric(let key, let extent): extent.rawValue + " " + key.text
        case .name: "RUN"
        default: "\(self)".uppercased()
        }
    }

    /// What runs are ordered by where they are by this column; nil where there is no such order.
    var sortColumn: SortOrder.Column? {
        switch self {
        case .status: .status
        case .name: .name
        case .experiment: .experiment
        case .started: .started
        case .duration: .duration
        case .tags: .tags
        case .user: .user
        case .metric(let key, .last): .metric(key.text)
        default: nil
        }
    }

    var isRightAligned: Bool { [.started, .duration, .ended, .number].contains(self) || usage != nil }

    var isMetric: Bool {
        if case .metric = self { true } else { false }
    }

    /// The metric whose newest value it shows.
    var latestMetric: String? {
        if case .metric(let key, .last) = self { key.text } else { nil }
    }

    /// The metric of which it shows the least or the greatest value.
    var rangedMetric: String? {
        if case .metric(let key, let extent) = self, extent != .last { key.text } else { nil }
    }
}
