package import RunModel

/// Keeps runs for clients of other protocols.
package protocol RunHosting: RunRecording {
    /// Creates runs in one transaction, in the order given; a parent may be earlier in the same batch.
    ///
    /// Throws `notFound` for an experiment or parent that does not exist, `deleted` for an experiment that was deleted, and
    /// what `record` throws for a draft that changes a run.
    @discardableResult
    func createHosted(_ drafts: [HostedRunDraft]) async throws(RunServiceError) -> [HostedRun]

    /// Deleted ones too; in the order of the ids, those that do not exist left out.
    func hostedRuns(_ ids: [RunID]) async throws(RunServiceError) -> [HostedRun]

    /// Makes all changes of `edit` or none, and answers once they would outlast a power cut (contract clause H6).
    ///
    /// Throws `deleted` for a run that was deleted, `storageFull`, and what `RunEditing.edit` throws.
    func record(_ edit: HostedRunEdit, on id: RunID) async throws(RunServiceError)

    /// Deletes runs, or restores them, those of them that exist; what one is already succeeds (contract clause H4).
    ///
    /// Throws `notFound` when any does not exist, and changes nothing then.
    func setStage(_ stage: LifecycleStage, of ids: [RunID]) async throws(RunServiceError)

    /// One page of the runs that a search asks for. Throws `invalid` for a page token that this service did not give out
    /// for such a search, and `notFound` for a parent that does not exist.
    func search(_ search: RunSearch) async throws(RunServiceError) -> Page<HostedRun>

    /// How many children each of the runs has; those without any are left out. Deleted runs do not count.
    func childCounts(of ids: [RunID]) async throws(RunServiceError) -> [RunID: Int]
}

extension RunHosting {
    /// Deleted ones too. Throws `notFound`.
    package func hostedRun(_ id: RunID) async throws(RunServiceError) -> HostedRun {
        if let run = try await hostedRuns([id]).first { return run }
        throw RunServiceError(.notFound, "There is no run \(Shown.text(id.text)); check its id.")
    }

    /// Creates one run.
    @discardableResult
    package func createHosted(_ draft: HostedRunDraft) async throws(RunServiceError) -> HostedRun {
        if let run = try await createHosted([draft]).first { return run }
        throw RunServiceError(.unexpectedResponse, "The run service created no run; try again.")
    }
}
