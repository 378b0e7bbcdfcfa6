package import RunModel
package import RunServices

/// As the service behind the server does it. A server of an older version says that it does not know the call.
extension RunwatchServer {
    /// Deletes a run.
    package func deleteRun(_ id: RunID) async throws(RunServiceError) {
        try requireDeleting()
        let _: RemoteCall.Nothing = try await api.call(.deleteRun, id)
    }

    /// Brings a run back.
    package func restoreRun(_ id: RunID) async throws(RunServiceError) {
        try requireDeleting()
        let _: RemoteCall.Nothing = try await api.call(.restoreRun, id)
    }

    /// One page of what was deleted.
    package func deletedRuns(after next: PageToken?) async throws(RunServiceError) -> Page<DeletedRun> {
        try await api.call(.deletedRuns, next)
    }

    /// Removes a deleted run for good, which can't be asked for twice: the second time there is none.
    package func purgeRun(_ id: RunID) async throws(RunServiceError) {
        try requirePurging()
        let _: RemoteCall.Nothing = try await api.call(.purgeRun, id, isRepeatable: false)
    }
}
