import Glibc
package import RunServices

/// What this host's kernel knows of processes: who they are, and whether they are gone.
package enum ProcessTable {
    /// This process; nil where /proc cannot be read.
    package static func current() -> ProcessStamp? { identity(of: getpid()) }

    /// The process that has `pid` now; nil when there is none, or none that this user can see.
    package static func identity(of pid: Int32) -> ProcessStamp? {
        guard let bootID, case .found(let stat) = ProcessStat.read(pid: pid) else { return nil }
        return ProcessStamp(pid: pid, startTicks: stat.startTicks, bootID: bootID)
    }

    /// Whether the process still runs; nil when that cannot be told from here. A zombie counts as gone.
    package static func isAlive(pid: Int32, startTicks: Int64, bootID: String) -> Bool? {
        if let answer = answerByBoot(bootID) { return answer.value }
        switch ProcessStat.read(pid: pid) {
        case .found(let stat): return stat.startTicks == startTicks && !stat.isDead
        case .absent: return false
        case .hidden: return nil
        }
    }

    /// Whether the process runs no further until a signal continues it (ctrl-z); false when that cannot be told from here.
    package static func isStopped(pid: Int32, startTicks: Int64, bootID: String) -> Bool {
        guard bootID == Self.bootID, case .found(let stat) = ProcessStat.read(pid: pid) else { return false }
        return stat.startTicks == startTicks && stat.state == UInt8(ascii: "T")
    }

    /// Whether the group that the process led has a member left, be it the leader or a child that outlived it.
    ///
    /// The kernel gives no new process the pid of a group that still exists, so a reused pid proves the group gone.
    package static func isGroupAlive(leader pid: Int32, startTicks: Int64, bootID: String) -> Bool? {
        if let answer = answerByBoot(bootID) { return answer.value }
        switch ProcessStat.read(pid: pid) {
        case .found(let stat):
            if stat.startTicks != startTicks { return false }
            return stat.isDead ? ProcessStat.hasLivingMember(group: pid) : true
        case .absent: return groupExists(pid) ? ProcessStat.hasLivingMember(group: pid) : false
        case .hidden: return nil
        }
    }

    /// Sends `signal` to the whole group that the process led; false when the group is gone or is not provably that one.
    @discardableResult
    package static func signalGroup(leader pid: Int32, startTicks: Int64, bootID: String, signal: Int32) -> Bool {
        // Pids 0 and 1 would address our own group and every process.
        guard pid > 1, isGroupAlive(leader: pid, startTicks: startTicks, bootID: bootID) == true else { return false }
        return kill(-pid, signal) == 0
    }

    /// This host's name as gethostname(2) gives it; empty when it has none.
    package static let hostName: String = {
        // HOST_NAME_MAX of Linux is 64, and one byte ends the text.
        var buffer = [CChar](repeating: 0, count: 65)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "" }
        return text(buffer)
    }()

    /// Nil where /proc cannot be read.
    package static let bootID: String? = {
        guard let bytes = ProcessStat.contents(of: "/proc/sys/kernel/random/boot_id") else { return nil }
        let boot = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        var buffer = [CChar](repeating: 0, count: 64)
        guard !boot.isEmpty, readlink("/proc/self/ns/pid", &buffer, buffer.count - 1) > 0 else { return nil }
        return boot + "+" + text(buffer)
    }()

    private struct Answer { let value: Bool? }

    /// Another boot: gone. Another pid namespace (a container on the same kernel): nothing can be told.
    private static func answerByBoot(_ bootID: String) -> Answer? {
        guard let here = Self.bootID else { return Answer(value: nil) }
        if bootID == here { return nil }
        let sameBoot = bootID.prefix { $0 != "+" } == here.prefix { $0 != "+" }
        return Answer(value: sameBoot ? nil : false)
    }

    private static func groupExists(_ group: Int32) -> Bool { kill(-group, 0) == 0 || errno == EPERM }

    private static func text(_ buffer: [CChar]) -> String {
        String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
