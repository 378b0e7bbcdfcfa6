import Foundation
import Glibc
import TestSupport

/// `runwatch serve` beside a real `mlflow server` on the same 10,000 runs and 1,100,000 points, asked by the same client.
enum ServeBenchmark {
    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        // Copies, since what is measured writes.
        let place = try TemporaryDirectory()
        let database = place.path + "/mlflow.db"
        try FileManager.default.copyItem(atPath: try await setting.mlflowDatabase(), toPath: database)
        let store = place.path + "/store"
        try FileManager.default.copyItem(atPath: try await setting.servedStore(), toPath: store)

        var results = try await starts(setting, store: store)
        let ours = try await ServeProcess(setting, store: store)
        let begin = Stopwatch.now()
        let their = try await MLflowTrackingServer(database: database)
        let theirStart = Stopwatch.now() - begin
        let theirPort = their.address.split(separator: ":").last.flatMap { Int($0) } ?? 0
        results[0].note += "; mlflow server \(ResultTable.fixed(theirStart, 0)) ms"

        results += try await calls(setting, ours.port, theirPort)
        let memory = ProcessUsage(of: ours.pid).residentMB
        let theirMemory = ProcessUsage.residentMB(ofGroup: their.processGroup)
        results.append(
            BenchmarkResult(
                name: "serve: resident memory after these calls", measured: memory, budget: 60, unit: "MB",
                note: "mlflow server \(ResultTable.fixed(theirMemory, 0)) MB"))
        results += try await loads(setting, ours, theirPort)
        return results
    }

    /// The first one warms the caches and does not count; each is a new process.
    private static func starts(_ setting: BenchmarkSetting, store: String) async throws -> [BenchmarkResult] {
        var times: [Double] = []
        var memory = 0.0
        for _ in 0...(setting.isQuick ? 3 : 10) {
            let server = try await ServeProcess(setting, store: store)
            times.append(server.startTime)
            memory = ProcessUsage(of: server.pid).residentMB
        }
        let spread = Distribution(Array(times.dropFirst()))
        return [
            BenchmarkResult(
                name: "serve: start to the first answer, median", measured: spread.median, budget: 100, unit: "ms",
                note: spread.note),
            BenchmarkResult(name: "serve: resident memory after the start", measured: memory, budget: 60, unit: "MB"),
        ]
    }

    private static func calls(
        _ setting: BenchmarkSetting, _ ours: Int, _ theirs: Int
    ) async throws -> [BenchmarkResult] {
        let all = Array(1...50)
        let (our, their) = (ServeLoad(port: ours), ServeLoad(port: theirs))
        let (ourRun, theirRun) = (try await our.newRun(), try await their.newRun())
        var pairs: [(ServeCall, ServeCall)] = [
            .search("runs/search, 100", all, #""max_results":100"#),
            .search("runs/search, 1,000", all, #""max_results":1000"#),
            .search(
                "runs/search, 100 by a metric below a value", all,
                #""max_results":100,"filter":"metrics.loss < 0.15","order_by":["metrics.loss"]"#),
            .search(
                "runs/search, 1,000 by a metric below a value", all,
                #""max_results":1000,"filter":"metrics.loss < 0.15","order_by":["metrics.loss"]"#),
            .search("runs/search, 100 of one experiment", [7], #""max_results":100"#),
        ].map { ($0, $0) }
        pairs += [
            (.logMetric(ourRun), .logMetric(theirRun)), (.logBatch(ourRun, points: 1), .logBatch(theirRun, points: 1)),
            (.logBatch(ourRun, points: 1_000, from: 10), .logBatch(theirRun, points: 1_000, from: 10)),
            (.getRun(ourRun), .getRun(theirRun)),
            (
                .history(ourRun, "single", "metrics/get-history, some points"),
                .history(theirRun, "single", "metrics/get-history, some points")
            ),
            (
                .history(ourRun, "batch", "metrics/get-history, thousands of points"),
                .history(theirRun, "batch", "metrics/get-history, thousands of points")
            ),
        ]
        var results: [BenchmarkResult] = []
        for (call, other) in pairs {
            let count = setting.isQuick ? 10 : 30
            // Of calls that write both make as many, so that both have as much to find afterwards.
            let seconds = setting.isQuick ? 4.0 : 20
            let mine = try await call.times(count, on: ours, seconds: seconds)
            let others = try await other.times(count, on: theirs, seconds: seconds)
            let share = others.median / max(0.001, mine.median)
            results.append(
                BenchmarkResult(
                    name: "serve: \(call.name), median", measured: mine.median, budget: others.median / 10, unit: "ms",
                    note: "\(ResultTable.fixed(share, 0))x; p95 \(text(mine.quantile(0.95))); mlflow server "
                        + "\(text(others.median)), p95 \(text(others.quantile(0.95)))"))
        }
        return results
    }

    private static func text(_ number: Double) -> String { ResultTable.fixed(number, 2) }

    private static func loads(
        _ setting: BenchmarkSetting, _ ours: ServeProcess, _ theirs: Int
    ) async throws -> [BenchmarkResult] {
        let (our, their) = (ServeLoad(port: ours.port), ServeLoad(port: theirs))
        var results: [BenchmarkResult] = []
        func add(_ name: String, _ rate: Double, goal: Double?, _ note: String) {
            results.append(
                BenchmarkResult(
                    name: "serve: \(name)", measured: 1_000_000 / rate,
                    budget: goal.map { 1_000_000 / $0 }, unit: "µs each", note: "\(Int(rate)) a second\(note)"))
        }
        let calls = setting.isQuick ? 40 : 400
        for clients in [1, 8, 64] {
            let rate = try await our.rate(clients: clients, calls: clients == 1 ? calls * 5 : calls) { .logMetric($0) }
            var note = ""
            if clients == 8 {
                let other = try await their.rate(clients: 8, calls: calls / 20) { .logMetric($0) }
                note = "; mlflow server \(Int(other))"
            }
            add("points from single calls of \(clients) clients", rate, goal: clients == 64 ? 5_000 : nil, note)
        }
        let batches = try await our.rate(clients: 8, calls: calls / 20) { .logBatch($0, points: 1_000) }
        let others = try await their.rate(clients: 8, calls: max(1, calls / 100)) { .logBatch($0, points: 1_000) }
        add(
            "points in batches of 1,000 from 8 clients", batches * 1_000, goal: 100_000,
            "; mlflow server \(Int(others * 1_000))")
        let polling = try await our.dashboards(200, seconds: setting.isQuick ? 6 : 20, pid: ours.pid)
        results += [
            BenchmarkResult(
                name: "serve: 200 dashboards polling every 2 s: CPU", measured: polling.cpuShare * 100,
                unit: "% of a core"),
            BenchmarkResult(
                name: "serve: log-metric meanwhile, median", measured: polling.calls.median, unit: "ms",
                note: polling.calls.note),
            BenchmarkResult(
                name: "serve: resident memory in the end", measured: ProcessUsage(of: ours.pid).residentMB, unit: "MB"),
        ]
        return results
    }
}
