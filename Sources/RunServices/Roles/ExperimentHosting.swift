package import RunModel

/// Keeps experiments as things of their own.
package protocol ExperimentHosting: DescribedService {
    /// Makes the experiment `0`, named `Default`, unless there is one of that id or name (contract clause H1).
    @discardableResult
    func makeDefaultExperiment() async throws(RunServiceError) -> HostedExperiment

    /// Throws `conflict` for a name that is taken, also by a deleted experiment, and `invalid` for what cannot be one.
    func createExperiment(_ draft: ExperimentDraft) async throws(RunServiceError) -> HostedExperiment

    /// Deleted ones too. Throws `notFound`.
    func experiment(_ reference: ExperimentReference) async throws(RunServiceError) -> HostedExperiment

    /// One page of the experiments that a search asks for.
    func experiments(_ search: ExperimentSearch) async throws(RunServiceError) -> Page<HostedExperiment>

    /// Throws `notFound`, `deleted` for a new name or tags of a deleted one, and what `createExperiment` throws for a name.
    @discardableResult
    func edit(_ reference: ExperimentReference, _ edit: ExperimentEdit) async throws(RunServiceError)
        -> HostedExperiment

    /// The data sets that runs of these experiments read, each once, by name.
    func datasets(in experiments: [ExperimentID], limit: Int) async throws(RunServiceError) -> [DatasetSummary]
}
