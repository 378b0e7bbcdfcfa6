/// What of a run a comparison looks at.
package enum FilterKey: Sendable, Hashable {
    case status
    case name
    case id
    case user
    /// The experiment's name or its id.
    case experiment
    case number
    case parent
    case root
    case created
    case started
    case ended
    /// Time since the run was created.
    case age
    /// Time from start to end, or to now; absent before the start.
    case duration
    /// What asks for a person's attention; absent for a run without marks.
    case attention
    /// MLflow's; no run here has one, so nothing matches it.
    case artifactURI
    /// MLflow's; no run here has one, so nothing matches it.
    case dataset(DatasetField)
    case tag(String)
    case param(String)
    case property(String)
    case metric(String)
    /// Some key or some value among the tags, and so on for the three others.
    case anyTag
    case anyParam
    case anyProperty
    case anyMetric

    /// What MLflow tells of a data set.
    package enum DatasetField: String, Sendable {
        case name
        case digest
        case context
    }

    /// What values and comparators a key takes.
    enum Kind {
        case text
        case status
        case metric
        case number
        case duration
        case moment
        case attention
        case anyEntry
    }

    var kind: Kind {
        switch self {
        case .status: .status
        case .name, .id, .user, .experiment, .parent, .root, .artifactURI, .dataset, .tag, .param, .property: .text
        case .metric: .metric
        case .number: .number
        case .age, .duration: .duration
        case .created, .started, .ended: .moment
        case .attention: .attention
        case .anyTag, .anyParam, .anyProperty, .anyMetric: .anyEntry
        }
    }

    func allows(_ comparator: FilterComparator) -> Bool {
        switch (kind, comparator) {
        case (.anyEntry, _): comparator == .contains
        case (.text, _), (_, .equal), (_, .notEqual), (_, .isNull), (_, .isNotNull): true
        case (.status, _): !comparator.isOrdering
        case (.metric, .matches), (.metric, .notMatches): true
        case (.metric, .contains), (.number, .contains), (.moment, .contains): true
        case (.metric, .isIn), (.metric, .isNotIn), (.number, .isIn), (.number, .isNotIn): true
        case (.attention, _): [.contains, .isIn, .isNotIn].contains(comparator)
        case (_, _): comparator.isOrdering
        }
    }
}
