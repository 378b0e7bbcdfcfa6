package import RunModel

/// What a search asks of a run: the filter language, and what only hosts know.
package indirect enum RunCondition: Sendable, Equatable {
    case and([RunCondition])
    case or([RunCondition])
    case not(RunCondition)
    /// The one filter language. Here `artifact_uri` and `dataset.…` are compared too.
    case filter(Filter)
    /// `=`, `!=`, `IN`, `NOT IN`, `IS NULL` or `IS NOT NULL`. What is missing passes `IS NULL` alone.
    case field(RunField, FilterComparator, [String])
}
