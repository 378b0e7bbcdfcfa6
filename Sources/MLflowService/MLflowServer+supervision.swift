import MLflowMeaning
package import RunModel
package import RunServices

extension MLflowServer {
    package func attach(_ supervisor: Supervisor, to id: RunID) async throws(RunServiceError) {
        try requireWriting()
        let (_, record) = try await runAndRecord(of: id)
        _ = try await write(try MLflowMapping.edit(attaching: supervisor, to: record, at: clock()), to: record)
    }

    package func heartbeat(of id: RunID) async throws(RunServiceError) -> RunStatus {
        try requireWriting()
        let (_, record) = try await runAndRecord(of: id)
        let (edit, status) = MLflowMapping.heartbeat(of: record, at: clock())
        if !edit.isEmpty { _ = try await write(edit, to: record) }
        return status
    }

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
