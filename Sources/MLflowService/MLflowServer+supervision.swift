import MLflowMeaning
package import RunModel
package import RunServices

extension MLflowServer {
    /// Writes the supervisor's tags. Throws `conflict` when the run is over.
    package func attach(_ supervisor: Supervisor, to id: RunID) async throws(RunServiceError) {
        try requireWriting()
        let (_, record) = try await runAndRecord(of: id)
        _ = try await write(try MLflowMapping.edit(attaching: supervisor, to: record, at: clock()), to: record)
    }

    /// Always reads the run; writes a tag only when the last heartbeat written is `Heartbeat.writeInterval` old.
    package func heartbeat(of id: RunID) async throws(RunServiceError) -> RunStatus {
        try requireWriting()
        let (_, record) = try await runAndRecord(of: id)
        let (edit, status) = MLflowMapping.heartbeat(of: record, at: clock())
        if !edit.isEmpty { _ = try await write(edit, to: record) }
        return status
    }

    /// Writes in the steps of `MLflowEdit.steps`, since the server has no transaction over tags and status.
    @discardableResult
    package func detach(
        from id: RunID, exit: CommandExit?, applying transition: Transition
    ) async throws(RunServiceError) -> Run {
        try requireWriting()
        let (_, record) = try await runAndRecord(of: id)
        let edit = try MLflowMapping.edit(detaching: exit, applying: transition, from: record, at: clock())
        return try await write(edit, to: record)
    }
}
