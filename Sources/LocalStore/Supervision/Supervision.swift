import GRDB
import ProcessTable
import RunModel
import RunServices
import SQLiteStatements

/// A row of `supervisors` with the state of its run: all that deciding on a run's fate needs.
struct Supervision: Sendable {
    var key: Int64
    var status: RunStatus
    var startedAt: Timestamp?
    var failureCode: String?
    var state: SupervisorState
    var isAttached: Bool
    /// The status that the run had when it fell silent.
    var silencedStatus: RunStatus?
    /// When the group of a command without supervisor was told to end.
    var terminatedAt: Timestamp?

    var supervisor: Supervisor { state.supervisor }
    var isHere: Bool { supervisor.host == ProcessTable.hostName }

    /// Whether somebody will obey a cancel request (contract clause 3).
    func isLive(at now: Timestamp) -> Bool {
        guard isAttached else { return false }
        if isHere, let alive = supervisor.process.isAlive { return alive }
        return now.milliseconds(since: state.lastHeartbeat) <= Heartbeat.silenceLimit
    }
}

extension ProcessStamp {
    /// Nil when that cannot be told from here.
    var isAlive: Bool? { ProcessTable.isAlive(pid: pid, startTicks: startTicks, bootID: bootID) }

    /// Whether the group it leads has a member left; nil when that cannot be told from here.
    var isGroupAlive: Bool? { ProcessTable.isGroupAlive(leader: pid, startTicks: startTicks, bootID: bootID) }

    func signalGroup(_ signal: Int32) {
        ProcessTable.signalGroup(leader: pid, startTicks: startTicks, bootID: bootID, signal: signal)
    }
}

extension Database {
    /// What is known of the supervisor of a run; nil when it never had one.
    func supervision(of key: Int64) throws -> Supervision? {
        try first(Self.supervisionColumns + "WHERE run_pk = ?", [.integer(key)], Self.supervision)
    }

    /// The supervised runs whose supervisor has not said goodbye.
    func attachedSupervisions() throws -> [Supervision] {
        var found: [Supervision] = []
        try forEachRow(Self.supervisionColumns + "WHERE attached = 1") {
            found.append(Self.supervision($0))
            return true
        }
        return found
    }

    private static let supervisionColumns = """
        SELECT run_pk, status, started_at, host, pid, start_ticks, boot_id, command_pid, command_start_ticks,
            command_boot_id, heartbeat, attached, silenced_status, terminated_at, exit_status, exit_signal, failure_code
        FROM supervisors CROSS JOIN runs ON pk = run_pk\u{20}
        """

    private static func supervision(_ row: SQLRow) -> Supervision {
        let process = ProcessStamp(pid: row.int32(4), startTicks: row.integer(5), bootID: row.text(6))
        let command = row.optionalInt32(7).map {
            ProcessStamp(pid: $0, startTicks: row.integer(8), bootID: row.text(9))
        }
        let exit: CommandExit? =
            row.optionalInt32(14).map { .status($0) } ?? row.optionalInt32(15).map { .signal($0) }
        return Supervision(
            key: row.integer(0), status: StoredStatus.decode(row.bytes(1)),
            startedAt: row.optionalInteger(2).map(Timestamp.init(milliseconds:)), failureCode: row.optionalText(16),
            state: SupervisorState(
                supervisor: Supervisor(host: row.text(3), process: process, command: command),
                lastHeartbeat: Timestamp(milliseconds: row.integer(10)), exit: exit),
            isAttached: row.integer(11) == 1, silencedStatus: row.optionalText(12).map(StoredStatus.decode),
            terminatedAt: row.optionalInteger(13).map(Timestamp.init(milliseconds:)))
    }
}
