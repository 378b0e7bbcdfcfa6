package import RunModel
package import RunServices

extension MemoryService {
    package func attach(_ supervisor: Supervisor, to id: RunID) async throws(RunServiceError) {
        try requireWriting()
        let now = clock()
        try backend.access { content throws(RunServiceError) in
            let status = try content.entry(id).run.status
            if status.isTerminal {
                throw RunServiceError(.conflict, "The run is \(status.word) already; create another one.")
            }
            content.endSilence(of: id)
            content.entries[id]?.supervisor = SupervisorState(supervisor: supervisor, lastHeartbeat: now)
            content.entries[id]?.isAttached = true
        }
    }

    package func heartbeat(of id: RunID) async throws(RunServiceError) -> RunStatus {
        try requireWriting()
        let now = clock()
        return try backend.access { content throws(RunServiceError) in
            if try content.entry(id).isAttached {
                content.entries[id]?.supervisor?.lastHeartbeat = now
                content.endSilence(of: id)
            }
            return try content.entry(id).run.status
        }
    }

    @discardableResult
    package func detach(
        from id: RunID, exit: CommandExit?, applying transition: Transition
    ) async throws(RunServiceError) -> Run {
        try requireWriting()
        let now = clock()
        try backend.access { content throws(RunServiceError) in
            _ = try content.entry(id)
            content.endSilence(of: id)
            content.entries[id]?.supervisor?.exit = exit
            content.entries[id]?.supervisor?.lastHeartbeat = now
            content.entries[id]?.isAttached = false
        }
        return try await apply(transition, to: id, onBehalfOf: .lifecycle)
    }

    package func appendLog(_ bytes: [UInt8], named name: String, of id: RunID) async throws(RunServiceError) {
        try requireWriting()
        try backend.access { content throws(RunServiceError) in
            _ = try content.entry(id)
            content.entries[id]?.logs[name, default: []] += bytes
        }
    }
}
