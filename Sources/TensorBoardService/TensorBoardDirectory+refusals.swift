package import RunModel
package import RunServices

/// What a service does that can be written to: refused, for the reason that its capabilities declare.
extension TensorBoardDirectory {
    private func refuse(_ support: Capabilities.Support) -> RunServiceError {
        RunServiceError(.unsupported, support.reason ?? "This run service does not do that.")
    }

    private var refusal: RunServiceError { refuse(capabilities.changeStatus) }

    /// By its path, whatever the directory of whoever is told.
    package var address: String { Self.uri(of: root) }

    /// No command is started for a run here.
    package func commandEnvironment(for run: Run, inherited: (String) -> String?) -> [String: String?] { [:] }

    /// Throws `unsupported`.
    package func edit(_ id: RunID, _ edit: RunEdit) async throws(RunServiceError) -> Run { throw refusal }

    /// Throws `unsupported`.
    package func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        throw refusal
    }

    /// Throws `unsupported`.
    package func createRuns(_ drafts: [RunDraft]) async throws(RunServiceError) -> [Run] { throw refusal }

    /// Throws `unsupported`.
    package func attach(_ supervisor: Supervisor, to id: RunID) async throws(RunServiceError) { throw refusal }

    /// Throws `unsupported`.
    package func heartbeat(of id: RunID) async throws(RunServiceError) -> RunStatus { throw refusal }

    /// Throws `unsupported`.
    package func detach(
        from id: RunID, exit: CommandExit?, applying transition: Transition
    ) async throws(RunServiceError) -> Run { throw refusal }

    /// Throws `unsupported`.
    package func appendLog(_ bytes: [UInt8], named name: String, of id: RunID) async throws(RunServiceError) {
        throw refusal
    }

    /// Throws `unsupported`.
    package func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk { throw refuse(capabilities.readLogs) }

    /// Throws `unsupported`.
    package func artifacts(
        in folder: String?, of id: RunID, after next: PageToken?
    ) async throws(RunServiceError) -> Page<Artifact> { throw refuse(capabilities.readLogs) }
}
