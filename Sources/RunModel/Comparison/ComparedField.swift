/// One thing by which runs are compared.
package struct ComparedField: Hashable, Sendable {
    /// What kind of thing it is; in the order in which a comparison lists them.
    package enum Family: Int, CaseIterable, Sendable, Comparable {
        case attribute, source, param, property, metric, tag
        /// A metric of what the run costs its machine.
        case system

        /// In the order of a comparison.
        package static func < (left: Family, right: Family) -> Bool { left.rawValue < right.rawValue }

        /// What stands before the key in a field's name, as filters and columns write it.
        fileprivate var prefix: String {
            switch self {
            case .attribute: ""
            case .source: "source."
            case .param: "params."
            case .property: "properties."
            case .metric, .system: "metrics."
            case .tag: "tags."
            }
        }
    }

    /// Which of a metric's numbers is compared.
    package enum Part: Int, Sendable, Comparable {
        /// Its newest value, and the value of all that is no metric.
        case last
        /// Its least value, where less is better.
        case least
        /// Its greatest value, where more is better.
        case greatest
        /// The step of the least value.
        case leastStep
        /// The step of the greatest value.
        case greatestStep

        /// In the order of a comparison.
        package static func < (left: Part, right: Part) -> Bool { left.rawValue < right.rawValue }
    }

    /// What kind of thing it is.
    package let family: Family
    /// The attribute's word, or the key of a parameter, property, metric or tag.
    package let key: String
    /// Which of a metric's numbers.
    package let part: Part

    /// A field; `part` is for metrics.
    package init(_ family: Family, _ key: String, _ part: Part = .last) {
        self.family = family
        self.key = key
        self.part = part
    }

    /// The key, with the part of a metric behind it: `loss`, `loss min`, `loss min step`.
    package var title: String {
        switch part {
        case .last: key
        case .least: key + " min"
        case .greatest: key + " max"
        case .leastStep: key + " min step"
        case .greatestStep: key + " max step"
        }
    }

    /// As filters and columns write it: `status`, `params.lr`, `metrics.loss min`.
    package var name: String { family.prefix + title }

    /// By the bytes of the key: one written in another normal form is another key.
    package static func == (left: ComparedField, right: ComparedField) -> Bool {
        left.family == right.family && left.part == right.part && left.key.isExactly(right.key)
    }
}
