/// One line of the process table: who a process is, whose child, and in which group and session.
package struct ProcessEntry: Equatable, Sendable {
    /// Its number.
    package var pid: Int32
    /// The pid of its parent; 1, or a subreaper's, once that has ended.
    package var parent: Int32
    /// The number of its process group.
    package var group: Int32
    /// The number of its session.
    package var session: Int32
    /// Clock ticks since boot, which tells a reused pid apart.
    package var startTicks: Int64
    /// It has exited and only waits for its parent to notice.
    package var isZombie: Bool
    /// A signal stopped it, and another must continue it.
    package var isStopped: Bool
    /// The name of its program, at most 15 bytes of it; a process may change it.
    package var name: String

    /// An entry made of its fields.
    package init(
        pid: Int32, parent: Int32, group: Int32, session: Int32, startTicks: Int64, isZombie: Bool = false,
        isStopped: Bool = false, name: String = ""
    ) {
        self.pid = pid
        self.parent = parent
        self.group = group
        self.session = session
        self.startTicks = startTicks
        self.isZombie = isZombie
        self.isStopped = isStopped
        self.name = name
    }

    /// Reads the text of `/proc/PID/stat`; nil when it is not one.
    ///
    /// The command name in parentheses may itself hold spaces and parentheses, so fields count from the last one:
    /// proc_pid_stat(5) numbers state 3, ppid 4, pgrp 5, session 6, starttime 22.
    package init?(stat: String) {
        guard let nameStart = stat.firstIndex(of: "("), let nameEnd = stat.lastIndex(of: ")"), nameStart < nameEnd,
            let pid = Int32(stat.prefix { $0 != " " })
        else { return nil }
        let fields = stat[stat.index(after: nameEnd)...].split(separator: " ")
        guard fields.count > 19, let parent = Int32(fields[1]), let group = Int32(fields[2]),
            let session = Int32(fields[3]), let startTicks = Int64(fields[19])
        else { return nil }
        self.init(
            pid: pid, parent: parent, group: group, session: session, startTicks: startTicks,
            isZombie: fields[0] == "Z" || fields[0] == "X", isStopped: fields[0] == "T",
            name: String(stat[stat.index(after: nameStart)..<nameEnd]))
    }
}
