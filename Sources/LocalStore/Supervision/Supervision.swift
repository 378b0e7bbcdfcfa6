import GRDB
import ProcessTable
import RunModel
import RunServices
import SQLiteStatements

/// A row of `supervisors` with the state of its run.
struct Supervision: Sendable {
    var run: SupervisedRun
    var isAttached: Bool

    private var isHere: Bool { run.state.supervisor.host == ProcessTable.hostName }

    /// Whether a supervisor will obey a cancel request (contract clause 3).
    func isLive(at now: Timestamp) -> Bool {
        let process = run.state.supervisor.process
        let isProvenAlive =
            isHere
            ? ProcessTable.isAlive(pid: process.pid, startTicks: process.startTicks, bootID: process.bootID) : nil
        return isAttached && run.state.isLive(at: now, isProvenAlive: isProvenAlive)
    }

    /// Whether the command that the row names runs on this host; proves nothing about whose it is.
    var mayHaveOrphan: Bool {
        guard isAttached, isHere, let command = run.state.supervisor.command else { return false }
        return ProcessTable.isGroupAlive(
            leader: command.pid, startTicks: command.startTicks, bootID: command.bootID) == true
    }
}

extension Database {
    /// What is known of the supervisor of a run; nil when it never had one.
    func supervision(of key: Int64) throws -> Supervision? {
        try first(Self.supervisionColumns + "WHERE run_pk = ?", [.integer(key)], Self.supervision) ?? nil
    }

    /// The supervised runs whose supervisor has not said goodbye.
    func attachedSupervisions() throws -> [SupervisedRun] {
        var found: [SupervisedRun] = []
        try forEachRow(Self.supervisionColumns + "WHERE attached = 1") { row in
            if let supervision = Self.supervision(row) { found.append(supervision.run) }
            return true
        }
        return found
    }

    private static let supervisionColumns = """
        SELECT runs.id, status, started_at, host, pid, start_ticks, boot_id, command_pid, command_start_ticks,
            command_boot_id, heartbeat, attached, exit_status, exit_signal, failure_code
        FROM supervisors CROSS JOIN runs ON pk = run_pk\u{20}
        """

    /// Nil for a row that no supervisor wrote: others may write to a shared file.
    private static func supervision(_ row: SQLRow) -> Supervision? {
        guard let process = stamp(row, 4) else { return nil }
        let exit: CommandExit? =
            row.optionalInt32(12).map { .status($0) } ?? row.optionalInt32(13).map { .signal($0) }
        let run = SupervisedRun(
            id: RunID(row.text(0)), status: StoredStatus.decode(row.bytes(1)),
            startedAt: row.optionalInteger(2).map(Timestamp.init(milliseconds:)), failureCode: row.optionalText(14),
            state: SupervisorState(
                supervisor: Supervisor(host: row.text(3), process: process, command: stamp(row, 7)),
                lastHeartbeat: Timestamp(milliseconds: row.integer(10)), exit: exit))
        return Supervision(run: run, isAttached: row.integer(11) == 1)
    }

    /// The process in three columns; nil for a number that no process has.
    private static func stamp(_ row: SQLRow, _ column: Int32) -> ProcessStamp? {
        guard let number = row.optionalInteger(column), let pid = Int32(exactly: number), pid > 0 else { return nil }
        return ProcessStamp(
            pid: pid, startTicks: row.optionalInteger(column + 1) ?? 0, bootID: row.optionalText(column + 2) ?? "")
    }
}
