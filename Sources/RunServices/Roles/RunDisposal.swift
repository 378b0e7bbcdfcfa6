package import RunModel

/// Puts runs away, brings them back, and removes them for good (contract clause 16).
///
/// A service whose capabilities tell that it does none of it needs nothing of this.
package protocol RunDisposal: DescribedService {
    /// Deletes a run, which stays what it is until it is restored or purged; a deleted one succeeds. Throws `notFound`.
    func deleteRun(_ id: RunID) async throws(RunServiceError)

    /// Brings a deleted run back as it was; one that is not deleted succeeds. Throws `notFound`.
    func restoreRun(_ id: RunID) async throws(RunServiceError)

    /// One page of the deleted runs, where their times are known the longest deleted first.
    func deletedRuns(after next: PageToken?) async throws(RunServiceError) -> Page<DeletedRun>

    /// Removes a deleted run for good, with its log and the files that lie where this service keeps them.
    ///
    /// Throws `notFound`, and `conflict` for a run that is not deleted.
    func purgeRun(_ id: RunID) async throws(RunServiceError)
}

extension RunDisposal {
    /// Throws `unsupported` with the declared reason.
    package func deleteRun(_ id: RunID) async throws(RunServiceError) { throw refusal(capabilities.deleteRuns) }

    /// Throws `unsupported` with the declared reason.
    package func restoreRun(_ id: RunID) async throws(RunServiceError) { throw refusal(capabilities.deleteRuns) }

    /// Throws `unsupported` with the declared reason.
    package func deletedRuns(after next: PageToken?) async throws(RunServiceError) -> Page<DeletedRun> {
        throw refusal(capabilities.deleteRuns)
    }

    /// Throws `unsupported` with the declared reason.
    package func purgeRun(_ id: RunID) async throws(RunServiceError) { throw refusal(capabilities.purgeRuns) }

    private func refusal(_ support: Capabilities.Support) -> RunServiceError {
        RunServiceError(.unsupported, support.reason ?? "This run service does not do that.")
    }

    /// Throws `unsupported` with the declared reason when this instance deletes no runs (contract clause 13).
    package func requireDeleting() throws(RunServiceError) {
        if let reason = capabilities.deleteRuns.reason { throw RunServiceError(.unsupported, reason) }
    }

    /// Throws `unsupported` with the declared reason when this instance purges no runs (contract clause 13).
    package func requirePurging() throws(RunServiceError) {
        if let reason = capabilities.purgeRuns.reason { throw RunServiceError(.unsupported, reason) }
    }
}

/// A run that was deleted, as far as one needs to know before it is restored or purged.
package struct DeletedRun: Sendable, Equatable, Codable {
    /// Its id.
    package var id: RunID
    /// Its name.
    package var name: String
    /// The name of its experiment.
    package var experimentName: String
    /// When it was deleted; nil where the backend does not tell.
    package var deletedAt: Timestamp?

    /// A deleted run.
    package init(id: RunID, name: String, experimentName: String, deletedAt: Timestamp?) {
        self.id = id
        self.name = name
        self.experimentName = experimentName
        self.deletedAt = deletedAt
    }
}
