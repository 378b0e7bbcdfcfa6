import Foundation
import Glibc

/// What a process has used so far, as the kernel counts it.
struct ProcessUsage {
    /// Resident memory in MB (10^6 bytes).
    let residentMB: Double
    /// User and system time in seconds; the kernel counts in steps of 10 ms.
    let cpuSeconds: Double

    init(of pid: pid_t) {
        let lines = ProcFile.text("/proc/\(pid)/status").split(separator: "\n")
        let resident = lines.first { $0.hasPrefix("VmRSS:") }?.split(separator: " ", omittingEmptySubsequences: true)
        residentMB = (resident.flatMap { $0.count > 1 ? Double($0[1].filter(\.isNumber)) : nil } ?? 0) * 1_024 / 1e6
        // Fields are counted behind the command's name, which may hold blanks; utime and stime are the 14th and 15th.
        let fields = ProcFile.text("/proc/\(pid)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        let ticks = fields.count > 12 ? (Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0) : 0
        cpuSeconds = ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}

extension ProcessUsage {
    /// Resident memory of all processes of a group in MB (10^6 bytes); what they share counts for each.
    static func residentMB(ofGroup group: pid_t) -> Double {
        let pids = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { pid_t($0) } ?? []
        return pids.filter { getpgid($0) == group }.map { ProcessUsage(of: $0).residentMB }.reduce(0, +)
    }
}

/// Files of /proc, whose size is not known before they are read.
enum ProcFile {
    /// Empty when it cannot be read.
    static func text(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece.prefix(count)
        }
    }
}
