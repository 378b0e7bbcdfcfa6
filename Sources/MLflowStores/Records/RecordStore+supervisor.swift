import MLflowArtifacts
import MLflowMeaning
import RunModel
import RunServices

extension RecordStore {
    /// Writes the supervisor's tags in one transaction. Throws `conflict` when the run is over.
    package func attach(_ supervisor: Supervisor, to id: RunID) async throws(RunServiceError) {
        try requireWriting()
        _ = try await change(id) { record, now in
            try MLflowMapping.edit(attaching: supervisor, to: record, at: now)
        }
    }

    /// Takes the store's write lock only for the heartbeats that are written down.
    package func heartbeat(of id: RunID) async throws(RunServiceError) -> RunStatus {
        try requireWriting()
        let now = clock()
        // Most heartbeats only read, and a read keeps no other program waiting.
        let beat = try await read { session in try MLflowMapping.heartbeat(of: session.record(id), at: now) }
        if beat.edit.isEmpty { return beat.status }
        return try await write { store in
            let record = try store.record(id)
            let beat = MLflowMapping.heartbeat(of: record, at: now)
            if !beat.edit.isEmpty { try store.write(beat.edit, to: record) }
            return beat.status
        }
    }

    /// Records the exit and the transition in one transaction.
    @discardableResult
    package func detach(
        from id: RunID, exit: CommandExit?, applying transition: Transition
    ) async throws(RunServiceError) -> Run {
        try requireWriting()
        return try await change(id) { record, now in
            try MLflowMapping.edit(detaching: exit, applying: transition, from: record, at: now)
        }
    }

    /// Appends to a file among the run's artifacts. Throws `unsupported` when they are out of reach.
    package func appendLog(_ bytes: [UInt8], named name: String, of id: RunID) async throws(RunServiceError) {
        try requireWriting()
        let (artifacts, stated) = try await read { session in
            let stored = try session.stored(id)
            return (session.artifacts(of: stored), stored.record.tag(MLflowTag.log))
        }
        let key = ArtifactLogKey(run: id, name: name)
        try await logFiles.append(bytes, to: key, in: artifacts.writable(), stated: stated) {
            path throws(RunServiceError) in
            _ = try await change(id) { _, _ in MLflowCommandLog.edit(begunAt: path) }
        }
    }

    /// Appending alone publishes; the end only lets go of the files.
    package func publishLogs(of id: RunID, isFinal: Bool) async throws(RunServiceError) -> Bool {
        if isFinal { logFiles.forget(id) }
        return true
    }
}
