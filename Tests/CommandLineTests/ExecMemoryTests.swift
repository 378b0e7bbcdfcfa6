import Glibc
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct ExecMemoryTests {
    @Test func burstsOfOutputPassThroughWithoutPilingUp() async throws {
        let binary = try Binary()
        #expect(mkfifo(binary.place.path + "/go", 0o600) == 0)
        let status = try await binary.calling(
            "exec", "--", "sh", "-c", "yes 0123456789abcde | head -c 52428800; read line < \(binary.place.path)/go"
        ) { pid in
            _ = try await eventually("all output is in the log") { () -> Bool? in
                guard let run = try await binary.runs().first else { return nil }
                return try await binary.service().details(of: run.id).logs.first?.size == 52_428_800 ? true : nil
            }
            let peak = try #require(peakMemory(of: pid))
            // A debug build holds 30 MB by itself; piling up would add the 50 MB of output.
            #expect(peak < 60 << 20)
            let gate = open(binary.place.path + "/go", O_WRONLY)
            close(gate)
        }
        #expect(status == 1)
    }

    /// Bytes, from the line `VmHWM: N kB` of proc_pid_status(5).
    private func peakMemory(of pid: pid_t) -> Int? {
        guard let file = fopen("/proc/\(pid)/status", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let fields = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                .split { $0.isWhitespace }
            if fields.first == "VmHWM:", fields.count > 1 { return Int(fields[1]).map { $0 << 10 } }
        }
        return nil
    }
}
