package import RunModel
package import RunServices

/// What tags say of the process that owns a run's lifetime.
package struct MLflowSupervision: Sendable, Equatable {
    /// The supervisor, its last heartbeat and how its command ended.
    package var state: SupervisorState
    /// Whether the supervisor has not let go of the run yet: the tag `MLflowTag.exit` is absent.
    package var isAttached: Bool

    /// Nil when the run was never supervised.
    package init?(_ record: MLflowRecord) {
        guard let text = record.tag(MLflowTag.supervisor), let supervisor = Self.decode(text) else { return nil }
        let heartbeat = record.tag(MLflowTag.heartbeat).flatMap { Int64($0) } ?? record.startTime
        let exit = record.tag(MLflowTag.exit)
        state = SupervisorState(
            supervisor: supervisor, lastHeartbeat: Timestamp(milliseconds: heartbeat), exit: exit.flatMap(Self.exit))
        isAttached = exit == nil
    }

    /// Whether the supervisor holds the run and is heard.
    package func isLive(at now: Timestamp) -> Bool { isAttached && state.isLive(at: now) }

    /// `pid ticks boot` of the process and, once it runs, of the command, then the host.
    package static func encode(_ supervisor: Supervisor) -> String {
        let stamps = [supervisor.process] + (supervisor.command.map { [$0] } ?? [])
        let fields = stamps.flatMap { ["\($0.pid)", "\($0.startTicks)", $0.bootID] } + [supervisor.host]
        return fields.joined(separator: "\t")
    }

    private static func decode(_ text: String) -> Supervisor? {
        let fields = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        // Any user may write tags, and a signal to 0, or to the group of 1, would reach this process or all of them.
        // A supervisor may well be 1: the first process of a container.
        func stamp(_ start: Int, above least: Int32) -> ProcessStamp? {
            guard let pid = Int32(fields[start]), pid > least, let ticks = Int64(fields[start + 1]) else { return nil }
            return ProcessStamp(pid: pid, startTicks: ticks, bootID: fields[start + 2])
        }
        guard fields.count == 4 || fields.count == 7, let process = stamp(0, above: 0) else { return nil }
        return Supervisor(
            host: fields[fields.count - 1], process: process, command: fields.count == 7 ? stamp(3, above: 1) : nil)
    }

    /// The text of `MLflowTag.exit`: `status N`, `signal N`, or `-` when it is not known how the command ended.
    package static func encode(_ exit: CommandExit?) -> String {
        switch exit {
        case .status(let status): "status \(status)"
        case .signal(let signal): "signal \(signal)"
        case nil: "-"
        }
    }

    private static func exit(_ text: String) -> CommandExit? {
        let fields = text.split(separator: " ")
        guard fields.count == 2, let number = Int32(fields[1]) else { return nil }
        return fields[0] == "status" ? .status(number) : .signal(number)
    }
}
