import Glibc
import ProcessTable

/// Measures what all processes of a command use together.
///
/// Processes that are not the command's are read once and then passed by: a machine has hundreds of them.
struct TreeUsage {
    /// What was found at one moment.
    struct Measurement: Equatable, Sendable {
        /// Ticks of processor time since the start, of ended processes too.
        var ticks: Int64 = 0
        /// Bytes in memory; what is shared counts as much as its greatest user has of it.
        var memory: Int64 = 0
        /// Bytes since the start.
        var read: Int64 = 0
        var written: Int64 = 0
        /// The pids of the processes that still run.
        var members: Set<Int32> = []
    }

    private var tree: CommandTree
    private let records: OwnershipRecords
    /// Whether all ended orphans of the command were this process's children, and none but the command's are.
    private let countsOwnChildren: Bool
    private var file = KernelFile()
    /// Processes of others, as they were read.
    private var strangers: [Int32: ProcessEntry] = [:]
    /// Seen once: the parent of one may have ended while the table was read, and then it may be the command's after all.
    private var newcomers: Set<Int32> = []
    private var looks = 0
    private var last = Measurement()

    /// After so many looks all is read anew, since a pid comes to be another's some day.
    private static let looksUntilAnew = 30

    init(_ tree: CommandTree, records: OwnershipRecords, countsOwnChildren: Bool) {
        self.tree = tree
        self.records = records
        self.countsOwnChildren = countsOwnChildren
    }

    /// What is used now. Counts never fall, though a process may end before its parent has asked what it used.
    mutating func measure() -> Measurement {
        let table = look()
        let members = tree.living(in: table, without: records.detachedSupervisors(in: table))
        var now = Measurement(members: Set(members.map(\.pid)))
        noteStrangers(in: table, without: now.members)
        if countsOwnChildren { now.ticks = Self.ticksOfEndedChildren() }
        var shared: Int64 = 0
        for member in members {
            let usage = usage(of: member.pid)
            now.ticks += usage.ticks
            now.memory += usage.ownMemory
            shared = max(shared, usage.sharedMemory)
            now.read += usage.read
            now.written += usage.written
        }
        now.memory += shared
        now.ticks = max(now.ticks, last.ticks)
        now.read = max(now.read, last.read)
        now.written = max(now.written, last.written)
        last = now
        return now
    }

    /// What was used in all, once nothing of the command runs any more.
    mutating func conclude() -> Measurement {
        last.members = []
        if countsOwnChildren { last.ticks = max(last.ticks, Self.ticksOfEndedChildren()) }
        return last
    }

    private mutating func look() -> [ProcessEntry] {
        looks += 1
        if looks % Self.looksUntilAnew == 0 { strangers = [:] }
        guard let directory = opendir("/proc") else { return [] }
        defer { closedir(directory) }
        var table: [ProcessEntry] = []
        while let item = readdir(directory) {
            let pid = withUnsafeBytes(of: item.pointee.d_name) { name in
                let digits = name.prefix { $0 != 0 }
                return digits.allSatisfy { (0x30...0x39).contains($0) }
                    ? Int32(truncatingIfNeeded: ProcessUsage.number(digits)) : 0
            }
            guard pid > 0 else { continue }
            if let known = strangers[pid] {
                table.append(known)
            } else if let entry = ProcessEntry.current(pid) {
                table.append(entry)
            }
        }
        return table
    }

    private mutating func noteStrangers(in table: [ProcessEntry], without members: Set<Int32>) {
        var seen: Set<Int32> = []
        var known: [Int32: ProcessEntry] = [:]
        for entry in table where !members.contains(entry.pid) {
            if newcomers.contains(entry.pid) || strangers[entry.pid] != nil {
                known[entry.pid] = entry
            } else {
                seen.insert(entry.pid)
            }
        }
        strangers = known
        newcomers = seen
    }

    private mutating func usage(of pid: Int32) -> ProcessUsage {
        var usage = ProcessUsage()
        if let stat = file.read("/proc/\(pid)/stat") { usage.take(stat: stat) }
        if let statm = file.read("/proc/\(pid)/statm") { usage.take(statm: statm, pageSize: Self.pageSize) }
        if let io = file.read("/proc/\(pid)/io") { usage.take(io: io) }
        return usage
    }

    private static let pageSize = Int64(sysconf(Int32(_SC_PAGESIZE)))

    private static func ticksOfEndedChildren() -> Int64 {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage) == 0 else { return 0 }
        let seconds = Int64(usage.ru_utime.tv_sec) + Int64(usage.ru_stime.tv_sec)
        let microseconds = Int64(usage.ru_utime.tv_usec) + Int64(usage.ru_stime.tv_usec)
        let perSecond = ProcessTable.ticksPerSecond
        return seconds * perSecond + microseconds * perSecond / 1_000_000
    }
}
