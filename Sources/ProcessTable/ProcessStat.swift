import FileAccess
import Glibc

/// The few fields of /proc/PID/stat that tell processes apart (proc_pid_stat(5)).
struct ProcessStat {
    var state: UInt8
    var group: Int32
    var startTicks: Int64

    /// Zombie or dead: nothing of it runs, only its parent has not asked for its exit status.
    var isDead: Bool { [UInt8(ascii: "Z"), UInt8(ascii: "X"), UInt8(ascii: "x")].contains(state) }

    enum Reading {
        case found(ProcessStat)
        case absent
        /// It exists, and /proc does not show it to this user (the hidepid mount option).
        case hidden
    }

    static func read(pid: Int32) -> Reading {
        guard pid > 0 else { return .absent }
        if let bytes = contents(of: "/proc/\(pid)/stat"), let stat = ProcessStat(parsing: bytes) { return .found(stat) }
        return kill(pid, 0) == 0 || errno == EPERM ? .hidden : .absent
    }

    /// The command name stands in parentheses and may hold parentheses and spaces itself: fields count from the last one.
    init?(parsing bytes: [UInt8]) {
        guard let close = bytes.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = bytes[(close + 1)...].split(separator: UInt8(ascii: " "))
        // Field 3 (state) comes first here, so field 5 (pgrp) is at 2 and field 22 (starttime) at 19.
        guard fields.count > 19, let state = fields[0].first,
            let group = Int32(String(decoding: fields[2], as: UTF8.self)),
            let startTicks = Int64(String(decoding: fields[19], as: UTF8.self))
        else { return nil }
        self.state = state
        self.group = group
        self.startTicks = startTicks
    }

    /// Whether any process of the group, zombies aside, exists; walks /proc, so only for leaders already known to be gone.
    static func hasLivingMember(group: Int32) -> Bool {
        guard case .success(let names) = FileAccess.names(in: "/proc") else { return true }
        return names.contains { name in
            guard let pid = Int32(name), case .found(let stat) = read(pid: pid) else { return false }
            return stat.group == group && !stat.isDead
        }
    }

    /// The whole of a small file; nil when it cannot be read.
    static func contents(of path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        // A stat line is at most some 400 bytes and must be read in one go to be consistent.
        var buffer = [UInt8](repeating: 0, count: 1024)
        let count = Glibc.read(file, &buffer, buffer.count)
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }
}
