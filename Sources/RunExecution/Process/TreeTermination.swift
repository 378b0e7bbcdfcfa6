import Glibc
import ProcessTable
import RunServices

/// Ends what belongs to one command: SIGTERM once to each of its processes, the grace period, SIGKILL to what is left.
struct TreeTermination: Sendable {
    /// Milliseconds between looks at the process table while a command is being ended.
    static let pollInterval = 50
    /// Seconds within which a signal passed on and an order to cancel are one: a supervisor asks for orders once a second,
    /// and a slow service takes some seconds to answer.
    private static let sameOrder: Int64 = 10
    /// Programs that give SIGTERM to the command they started and end with it: a signal of ours to both would reach the
    /// command twice.
    private static let forwarders: Set<String> = ["timeout", "tini", "dumb-init"]

    private let records: OwnershipRecords
    private var grace: Int64
    /// What an order to end sends first.
    private let signal: Int32
    private var tree: CommandTree
    private var victims = KillOrder()
    /// Processes of another user, which end by themselves or not at all: pids and their start.
    private var unreachable: [Int32: Int64] = [:]
    /// When SIGTERM was sent, in clock ticks since boot.
    private var orderedAt: Int64?
    private var deadline: Int64?
    /// What was alive at the last look.
    private var members: [ProcessEntry] = []

    /// - Parameters:
    ///   - grace: milliseconds between the first signal and SIGKILL.
    ///   - signal: what an order to end sends first.
    ///   - records: tell which members are supervisors of runs within this one.
    ///   - orderedAt: clock ticks since boot at which SIGTERM was sent already.
    init(
        _ tree: CommandTree, grace: Int64, signal: Int32 = SIGTERM, records: OwnershipRecords, orderedAt: Int64? = nil
    ) {
        self.tree = tree
        self.grace = grace
        self.signal = signal
        self.records = records
        self.orderedAt = orderedAt
    }

    /// Nothing is left that could be ended.
    var isOver: Bool { members.isEmpty }

    /// Less or more time than was planned, from now.
    mutating func shorten(to grace: Int64) {
        self.grace = grace
        if let deadline { self.deadline = min(deadline, MonotonicClock.now() + grace) }
    }

    /// SIGTERM was sent to all by another.
    mutating func noteOrder() { orderedAt = ProcessTable.ticksNow }

    /// Sends a signal that asks for the end to all, to groups of children before those of their parents, which would end without them.
    ///
    /// The parents are held meanwhile: a script whose command ends must not go on to its next one, or end well, before
    /// it has the signal itself. Left out is the command of a run within this one, whose supervisor passes the signal on.
    /// A process that starts later gets none: what has had the signal may start it to save its work.
    mutating func tell(_ number: Int32 = SIGTERM) {
        orderedAt = ProcessTable.ticksNow
        let table = ProcessEntry.snapshot()
        look(at: table)
        let spared = spared()
        let groups = Self.groupsFromWithin(members).map { group in
            (
                members: group.filter { !spared.contains($0.pid) },
                isWhole: table.count { $0.group == group[0].group && !$0.isZombie } == group.count
            )
        }
        for group in groups.dropFirst().reversed() { send(SIGSTOP, to: group.members, isWhole: group.isWhole) }
        for group in groups { send(number, to: group.members, isWhole: group.isWhole) }
        // One that was stopped before gets its SIGTERM only when continued, too.
        for member in groups.first?.members ?? [] where member.isStopped { send(SIGCONT, to: member) }
        for group in groups.dropFirst() { send(SIGCONT, to: group.members, isWhole: group.isWhole) }
    }

    /// To the members of one group, at once where all that are in it are meant.
    private mutating func send(_ number: Int32, to members: [ProcessEntry], isWhole: Bool) {
        if isWhole, let first = members.first, first.group > 1, first.stillRuns,
            members.count == self.members.count(where: { $0.group == first.group })
        {
            kill(-first.group, number)
        } else {
            for member in members { send(number, to: member) }
        }
    }

    /// Begins the end: the signal now, SIGKILL when the grace is over.
    ///
    /// A SIGTERM that was passed on just before was the same order by another way, and is not repeated.
    mutating func order() {
        if deadline == nil { deadline = MonotonicClock.now() + grace }
        if signal == SIGTERM, let orderedAt,
            ProcessTable.ticksNow - orderedAt <= Self.sameOrder * ProcessTable.ticksPerSecond
        {
            look(at: ProcessEntry.snapshot())
        } else {
            tell(signal)
        }
    }

    /// SIGKILL from now on.
    mutating func hurry() { deadline = MonotonicClock.now() }

    /// Kills when the grace is over.
    mutating func killWhenDue() {
        let now = MonotonicClock.now()
        guard let deadline, now >= deadline else { return }
        let chosen = Set(victims.victims(among: members, at: now))
        for member in members where chosen.contains(member.pid) { send(SIGKILL, to: member) }
    }

    /// Looks what is left, and continues what was stopped before the signal reached it.
    mutating func lookAgain() {
        look(at: ProcessEntry.snapshot())
        for member in members where member.isStopped && member.startTicks <= orderedAt ?? .min {
            send(SIGCONT, to: member)
        }
    }

    /// Kills all, and returns once nothing is left.
    mutating func killAll() async {
        hurry()
        look(at: ProcessEntry.snapshot())
        await finish()
    }

    /// Orders the end and returns once nothing is left.
    mutating func run() async {
        order()
        await finish()
    }

    private mutating func finish() async {
        while !isOver {
            killWhenDue()
            try? await Task.sleep(for: .milliseconds(Self.pollInterval))
            lookAgain()
        }
    }

    /// What is left now of what could be ended.
    mutating func remaining() -> [ProcessEntry] {
        look(at: ProcessEntry.snapshot())
        return members
    }

    private mutating func look(at table: [ProcessEntry]) {
        members = tree.living(in: table, without: records.detachedSupervisors(in: table)).filter { entry in
            unreachable[entry.pid] != entry.startTicks
        }
    }

    /// Only to the very process that was looked at.
    private mutating func send(_ number: Int32, to member: ProcessEntry) {
        guard member.pid > 1, member.stillRuns else { return }
        if kill(member.pid, number) != 0 && errno == EPERM && number == SIGKILL {
            unreachable[member.pid] = member.startTicks
        }
    }

    /// The members that get the signal from another member.
    private func spared() -> Set<Int32> {
        let forwarding = members.filter { member in
            Self.forwarders.contains(member.name) && members.contains { $0.parent == member.pid }
        }
        var spared = Set(forwarding.map(\.pid))
        let startOf = Dictionary(members.map { ($0.pid, $0.startTicks) }, uniquingKeysWith: { first, _ in first })
        for record in records.all() {
            guard let command = record.command, startOf[record.supervisor.pid] == record.supervisor.startTicks,
                record.supervisor.isAlive == true
            else { continue }
            var inner = CommandTree(leader: command.pid)
            spared.formUnion(inner.living(in: members).map(\.pid))
        }
        return spared
    }

    /// The members by process group, not empty, those furthest from the first process first.
    private static func groupsFromWithin(_ members: [ProcessEntry]) -> [[ProcessEntry]] {
        let parentOf = Dictionary(members.map { ($0.pid, $0.parent) }, uniquingKeysWith: { first, _ in first })
        func depth(_ pid: Int32) -> Int {
            var (depth, next) = (0, parentOf[pid])
            // A table that changed while it was read may hold a loop.
            while let parent = next, depth <= members.count { (depth, next) = (depth + 1, parentOf[parent]) }
            return depth
        }
        let groups = Dictionary(grouping: members, by: \.group).values.map { group in
            (members: group, depth: group.map { depth($0.pid) }.min() ?? 0)
        }
        return groups.sorted { $0.depth > $1.depth }.map(\.members)
    }
}
