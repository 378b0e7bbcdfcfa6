/// Which column orders runs, and which way.
package struct SortOrder: Equatable, Sendable, Codable {
    /// What runs are ordered by; a metric by its newest value.
    package enum Column: Hashable, Sendable, Codable {
        case started, name, status, duration, experiment, user, tags
        case metric(String)
    }

    /// What the runs are compared by.
    package var column: Column
    /// Whether the greatest comes first.
    package var isDescending: Bool

    /// Newest first, as every experiment tracker opens.
    package static let standard = SortOrder(column: .started, isDescending: true)

    /// An order by one column.
    package init(column: Column, isDescending: Bool) {
        self.column = column
        self.isDescending = isDescending
    }

    /// The direction that people expect first: newest, longest; but A to Z, and a metric from its lowest.
    package init(firstBy column: Column) {
        self.column = column
        isDescending = column == .started || column == .duration
        // Whoever asks what runs cost looks for the greatest.
        if case .metric(let key) = column { isDescending = SystemMetric.isOne(key) }
    }
}

extension SortOrder.Column {
    /// By the bytes of a metric's name: one written in another normal form is another metric.
    package static func == (left: SortOrder.Column, right: SortOrder.Column) -> Bool {
        switch (left, right) {
        case (.metric(let first), .metric(let second)): first.isExactly(second)
        case (.started, .started), (.name, .name), (.status, .status), (.duration, .duration),
            (.experiment, .experiment), (.user, .user), (.tags, .tags):
            true
        default: false
        }
    }

    /// The column as it is named on screen and after `--sort`.
    package var title: String {
        switch self {
        case .started: "started"
        case .name: "name"
        case .status: "status"
        case .duration: "duration"
        case .experiment: "experiment"
        case .user: "user"
        case .tags: "tags"
        case .metric(let key): SystemMetric.name(of: key) ?? key
        }
    }
}

/// The value that a run is ordered by, computed once per run and sort.
package enum SortKey: Equatable, Sendable {
    case number(Double)
    case text(String)
    /// Has no value in that column: always last, whichever the direction.
    case missing

    /// The value of `run` in `column`; `now` ends the duration of a run that goes on.
    package init(_ run: Run, column: SortOrder.Column, now: Timestamp) {
        switch column {
        case .started: self = .number(Double((run.startedAt ?? run.createdAt).milliseconds))
        case .name: self = .text(run.name)
        case .status: self = .number(Double(run.status.rank))
        case .duration: self = run.duration(at: now).map { .number(Double($0)) } ?? .missing
        case .experiment: self = .text(run.experimentName)
        case .user: self = run.user.isEmpty ? .missing : .text(run.user)
        case .tags: self = Self.text(ofTags: run.tags).map { .text($0) } ?? .missing
        case .metric(let key):
            switch run.metrics.value(forKey: key)?.value {
            case .number(let number): self = number.isNaN ? .missing : .number(number)
            case .text(let text): self = .text(text)
            case nil: self = .missing
            }
        }
    }

    /// What runs are ordered by in the column of tags, nil without any: the first one.
    package static func text(ofTags tags: Tags) -> String? {
        tags.entries.first.map { $0.key + "=" + ($0.value ?? "") }
    }

    /// Negative, zero or positive as `self` belongs before, beside or after `other` in ascending order.
    package func compared(with other: SortKey) -> Int {
        switch (self, other) {
        case (.number(let left), .number(let right)): left < right ? -1 : left > right ? 1 : 0
        case (.text(let left), .text(let right)): NaturalOrder.compare(left, right)
        case (.number, .text): -1
        case (.text, .number): 1
        case (.missing, .missing), (.missing, _), (_, .missing): 0
        }
    }
}

extension RunStatus {
    /// The order of the status column: what is alive first, then what went wrong.
    package var rank: Int {
        switch self {
        case .running: 0
        case .finalizing: 1
        case .cancelRequested: 2
        case .notResponding: 3
        case .paused: 4
        case .preparing: 5
        case .queued: 6
        case .notStarted: 7
        case .failed: 8
        case .canceled: 9
        case .completed: 10
        case .unknown: 11
        }
    }
}
