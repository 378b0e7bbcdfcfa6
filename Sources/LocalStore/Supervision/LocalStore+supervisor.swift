import GRDB
package import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    /// Throws `conflict` for a run that is over.
    package func attach(_ supervisor: Supervisor, to id: RunID) async throws(RunServiceError) {
        try requireWriting()
        let now = clock()
        try await connections.write { db in
            let key = try db.key(of: id, deleted: .isRefused)
            let status = try db.status(of: key)
            if status.isTerminal {
                throw RunServiceError(
                    .conflict, "The run is \(status.word) already; create another one to start a command.")
            }
            try db.returnFromSilence(key, status)
            let command = supervisor.command
            try db.run(
                """
                INSERT OR REPLACE INTO supervisors (run_pk, host, pid, start_ticks, boot_id, command_pid,
                    command_start_ticks, command_boot_id, heartbeat, attached) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
                """,
                [
                    .integer(key), .text(supervisor.host), .integer(Int64(supervisor.process.pid)),
                    .integer(supervisor.process.startTicks), .text(supervisor.process.bootID), SQLValue(command?.pid),
                    SQLValue(command?.startTicks), SQLValue(command?.bootID), .integer(now.milliseconds),
                ])
        }
    }

    /// Writes only every few seconds; what it reads is current.
    package func heartbeat(of id: RunID) async throws(RunServiceError) -> RunStatus {
        try requireWriting()
        let now = clock()
        let (status, isDue) = try await connections.read { db in
            let key = try db.key(of: id, deleted: .counts)
            guard let supervision = try db.supervision(of: key), supervision.isAttached else {
                return (try db.status(of: key), false)
            }
            let silence = now.milliseconds(since: supervision.run.state.lastHeartbeat)
            // Negative when the clock was set back: then the old heartbeat would stay young for too long.
            let isDue = silence >= Heartbeat.writeInterval || silence < 0 || supervision.run.status == .notResponding
            return (supervision.run.status, isDue)
        }
        guard isDue else { return status }
        return try await connections.write { db in
            let key = try db.key(of: id, deleted: .counts)
            try db.run(
                "UPDATE supervisors SET heartbeat = ? WHERE run_pk = ?", [.integer(now.milliseconds), .integer(key)])
            return try db.returnFromSilence(key, try db.status(of: key))
        }
    }

    /// In one transaction with the end of the run.
    @discardableResult
    package func detach(
        from id: RunID, exit: CommandExit?, applying transition: Transition
    ) async throws(RunServiceError) -> Run {
        try requireWriting()
        let now = clock()
        return try await connections.write { db in
            let key = try db.key(of: id, deleted: .counts)
            var (status, signal): (Int32?, Int32?) = (nil, nil)
            switch exit {
            case .status(let code): status = code
            case .signal(let number): signal = number
            case nil: break
            }
            try db.returnFromSilence(key, try db.status(of: key))
            try db.run(
                "UPDATE supervisors SET exit_status = ?, exit_signal = ?, heartbeat = ? WHERE run_pk = ?",
                [SQLValue(status), SQLValue(signal), .integer(now.milliseconds), .integer(key)])
            try db.detachSupervisor(of: key)
            try db.apply(transition, to: key, onBehalfOf: .lifecycle, at: now)
            return try db.run(key)
        }
    }
}

extension Database {
    /// A supervisor that is heard again gives its run the status back that it had before; returns the status now.
    @discardableResult
    fileprivate func returnFromSilence(_ key: Int64, _ status: RunStatus) throws -> RunStatus {
        guard status == .notResponding else { return status }
        let before = try first("SELECT silenced_status FROM supervisors WHERE run_pk = ?", [.integer(key)]) {
            $0.optionalText(0)
        }
        let restored = (before ?? nil).map(StoredStatus.decode) ?? .running
        try run("UPDATE supervisors SET silenced_status = NULL WHERE run_pk = ?", [.integer(key)])
        try setStatus(restored, of: key)
        return restored
    }
}
