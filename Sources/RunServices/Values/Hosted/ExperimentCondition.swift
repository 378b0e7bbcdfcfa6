package import RunModel

/// What a search asks of an experiment.
package indirect enum ExperimentCondition: Sendable, Equatable {
    case and([ExperimentCondition])
    case or([ExperimentCondition])
    case not(ExperimentCondition)
    /// The name, compared as text.
    case name(FilterComparator, [String])
    /// The id, compared as text.
    case id(FilterComparator, [String])
    /// When it was made, in UTC milliseconds.
    case created(FilterComparator, Int64)
    /// `HostedExperiment.updatedAt`, in UTC milliseconds.
    case updated(FilterComparator, Int64)
    /// A tag's value, compared as text. Without that tag only `isNull` holds.
    case tag(String, FilterComparator, [String])
}
