import DashboardCore
import DashboardRuntime
import Glibc
import MLflowService
import MLflowStores
import RemotePolling
import RunModel
import RunServices
import TestSupport

/// Ticks on a tracking server and on an `mlflow.db` of 10,000 runs, three of them active, in which nothing happens.
enum MLflowTickBenchmark {
    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let database = try await setting.mlflowDatabase()
        return try await onServer(database, setting) + onDatabase(database, setting)
    }

    private static func onServer(_ path: String, _ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let server = try await MLflowTrackingServer(database: path)
        let clock = TestClock()
        let service = try MLflowServer(MLflowConnection(uri: server.address, environment: [:])) { clock.now }
        var cursor = try await loaded(service)
        var (times, bytes, requests) = ([Double](), [Double](), [Double]())
        let ticks = setting.isQuick ? 15 : 60
        let cpuBefore = cpuSeconds(ofGroup: server.processGroup)
        for _ in 0..<ticks {
            // The default interval of the dashboard: what is asked depends on the time since the last question.
            clock.advance(by: 2_000)
            let before = service.traffic
            let start = Stopwatch.now()
            cursor = try await service.changes(in: .all, since: cursor, pageSize: 0).cursor
            times.append(Stopwatch.now() - start)
            bytes.append(Double(service.traffic.bytes - before.bytes))
            requests.append(Double(service.traffic.requests - before.requests))
        }
        let cpu = (cpuSeconds(ofGroup: server.processGroup) - cpuBefore) * 1_000 / Double(ticks)
        let (spread, sizes) = (Distribution(times), Distribution(bytes))
        return [
            BenchmarkResult(
                name: "MLflow server, 10,000 runs, 3 active: bytes of a tick, worst", measured: sizes.worst,
                budget: 25_000, unit: "B", note: sizes.note),
            BenchmarkResult(
                name: "MLflow server: requests of a tick, worst", measured: Distribution(requests).worst, unit: ""),
            BenchmarkResult(
                name: "MLflow server: a tick, median", measured: spread.median, unit: "ms", note: spread.note),
            BenchmarkResult(name: "MLflow server: its processor time for a tick", measured: cpu, unit: "ms"),
        ]
    }

    private static func onDatabase(_ path: String, _ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let service = try MLflowDatabase(at: path) { SystemClock.now().wall }
        var cursor = try await loaded(service)
        var times: [Double] = []
        for _ in 0..<(setting.isQuick ? 100 : 1_000) {
            let start = Stopwatch.now()
            cursor = try await service.changes(in: .all, since: cursor, pageSize: 0).cursor
            times.append(Stopwatch.now() - start)
        }
        let spread = Distribution(times)
        return [
            BenchmarkResult(
                name: "mlflow.db, 10,000 runs: idle tick, median", measured: spread.median, budget: 0.2, unit: "ms",
                note: spread.note)
        ]
    }

    /// Reads all runs, as the dashboard does in the background.
    private static func loaded(_ service: any RunService) async throws -> ChangeCursor {
        var batch = try await service.changes(in: .all, since: nil, pageSize: 1_000)
        while batch.hasMore { batch = try await service.changes(in: .all, since: batch.cursor, pageSize: 1_000) }
        return batch.cursor
    }

    /// Of all processes of a group; the fifth field of `stat` is the group (proc(5)).
    private static func cpuSeconds(ofGroup group: Int32) -> Double {
        guard let directory = opendir("/proc") else { return 0 }
        defer { closedir(directory) }
        var total = 0.0
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard let pid = pid_t(name) else { continue }
            let fields = ProcFile.text("/proc/\(pid)/stat").split(separator: ")").last?.split(separator: " ") ?? []
            if fields.count > 2, Int32(fields[2]) == group { total += ProcessUsage(of: pid).cpuSeconds }
        }
        return total
    }
}
