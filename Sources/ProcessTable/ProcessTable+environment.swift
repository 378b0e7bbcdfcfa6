import Glibc

extension ProcessTable {
    /// Bytes of an environment that are looked through; Linux lets arguments and environment have a quarter of the stack,
    /// 2 MiB by default (execve(2)).
    private static let environmentLimit = 4 << 20

    /// Whether the process is this user's and was started with `entry`, such as `NAME=value`, in its environment.
    ///
    /// False for what cannot be read.
    package static func carries(_ entry: String, pid: Int32) -> Bool {
        guard pid > 0 else { return false }
        let file = open("/proc/\(pid)/environ", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        var info = stat()
        // Root may read every environment, and is not therefore the owner of every process.
        guard fstat(file, &info) == 0, info.st_uid == geteuid() else { return false }
        let wanted = Array(entry.utf8)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < environmentLimit {
            let count = read(file, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { break }
            bytes += buffer.prefix(count)
        }
        return bytes.split(separator: 0).contains { $0.elementsEqual(wanted) }
    }

    /// Clock ticks since boot, as the start times of processes are counted (proc_pid_stat(5), field 22).
    package static var ticksNow: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Int64(time.tv_sec) * ticksPerSecond + Int64(time.tv_nsec) * ticksPerSecond / 1_000_000_000
    }

    /// The kernel's unit of start times, in which it reports to programs (sysconf(3)).
    package static let ticksPerSecond = Int64(sysconf(Int32(_SC_CLK_TCK)))
}
