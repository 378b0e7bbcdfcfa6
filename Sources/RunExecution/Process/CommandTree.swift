/// The processes that belong to one command: its session and process group, and all that descends from them.
///
/// A nested `runwatch exec` puts its command in a session of its own, out of reach of a signal to the outer group, so
/// descent counts too. A process once seen stays a member when its parent dies; one that was detached on purpose before
/// it was ever seen (a daemon, a detached run) belongs to no command any more and is left alone.
package struct CommandTree: Sendable {
    /// The pid of the command's first process, which is its group's and session's number.
    package let leader: Int32
    private var known: [Int32: Int64] = [:]

    /// A tree of which no member has been seen yet.
    package init(leader: Int32) { self.leader = leader }

    /// The members in `table` that still run.
    package mutating func living(in table: [ProcessEntry]) -> [ProcessEntry] {
        var childrenOf: [Int32: [ProcessEntry]] = [:]
        for entry in table { childrenOf[entry.parent, default: []].append(entry) }
        var members: [Int32: ProcessEntry] = [:]
        var pending = table.filter { entry in
            entry.session == leader || entry.group == leader || known[entry.pid] == entry.startTicks
        }
        while let entry = pending.popLast() {
            guard members.updateValue(entry, forKey: entry.pid) == nil else { continue }
            pending += childrenOf[entry.pid] ?? []
        }
        let living = members.values.filter { !$0.isZombie }.sorted { $0.pid < $1.pid }
        known = Dictionary(uniqueKeysWithValues: living.map { ($0.pid, $0.startTicks) })
        return living
    }
}
