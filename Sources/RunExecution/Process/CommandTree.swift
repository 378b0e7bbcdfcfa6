/// The processes that belong to one command: its session and process group, and all that descends from them.
///
/// A nested `runwatch exec` puts its command in a session of its own, out of reach of a signal to the outer group, so
/// descent counts too. A process once seen stays a member when its parent dies. A supervisor that adopts orphans finds
/// all members among its own descendants, wherever they went.
package struct CommandTree: Sendable {
    /// The pid of the command's first process, which is its group's number.
    package let leader: Int32
    /// The supervisor, and its helper on a terminal; empty for one who does not supervise the command.
    private let adopters: Set<Int32>
    private var known: [Int32: Int64] = [:]

    /// A tree of which no member has been seen yet.
    ///
    /// `adopters` are processes whose children are members, and they themselves are not.
    package init(leader: Int32, adopters: Set<Int32> = []) {
        self.leader = leader
        self.adopters = adopters
    }

    /// The members in `table` that still run.
    ///
    /// `detached` processes and what descends from them belong to runs that were made to go on by themselves.
    package mutating func living(in table: [ProcessEntry], without detached: Set<Int32> = []) -> [ProcessEntry] {
        var childrenOf: [Int32: [ProcessEntry]] = [:]
        for entry in table { childrenOf[entry.parent, default: []].append(entry) }
        let outside = adopters.union(detached)
        var members: [Int32: ProcessEntry] = [:]
        var pending = table.filter { entry in
            let isOwn =
                adopters.isEmpty
                ? entry.session == leader || entry.group == leader : adopters.contains(entry.parent)
            return isOwn || known[entry.pid] == entry.startTicks
        }
        while let entry = pending.popLast() {
            if outside.contains(entry.pid) { continue }
            guard members.updateValue(entry, forKey: entry.pid) == nil else { continue }
            pending += childrenOf[entry.pid] ?? []
        }
        let living = members.values.filter { !$0.isZombie }.sorted { $0.pid < $1.pid }
        known = Dictionary(uniqueKeysWithValues: living.map { ($0.pid, $0.startTicks) })
        return living
    }
}
