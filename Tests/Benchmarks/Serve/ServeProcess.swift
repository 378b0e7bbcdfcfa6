import Foundation
import Glibc
import RunServices
import TestSupport

/// `runwatch serve` of the binary that is measured, on a port of its own; ends with the last reference.
final class ServeProcess {
    let port: Int
    /// Milliseconds from its start to the first answer.
    let startTime: Double
    private let process: TestProcess
    private let place: TemporaryDirectory

    var pid: pid_t { process.stamp.pid }

    init(_ setting: BenchmarkSetting, store: String) async throws {
        place = try TemporaryDirectory()
        // Whoever takes the port in between makes the start fail, which a benchmark may.
        let holder = try FaultServer { _ in .json("{}") }
        port = holder.port
        holder.stop()
        let start = Stopwatch.now()
        process = try TestProcess(
            "exec '\(setting.binary)' serve --port \(port) --store '\(store)' >'\(place.path)/words' 2>&1 </dev/null")
        while (try? await RawConnection.ask(port, "GET", "/health").status) != 200 {
            if process.hasEnded || Stopwatch.now() - start > 30_000 {
                let words = (try? String(contentsOfFile: place.path + "/words", encoding: .utf8)) ?? ""
                throw TerminalProcess.Failure(description: "runwatch serve does not answer: \(words)")
            }
            usleep(300)
        }
        startTime = Stopwatch.now() - start
    }
}
