import Foundation
import TestSupport

/// From exec to the first rows of 10,000 runs that MLflow keeps; beside it, what MLflow's own command line takes for one
/// experiment of them.
enum MLflowStartBenchmark {
    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let database = try await setting.mlflowDatabase()
        let server = try await MLflowTrackingServer(database: database)
        let repetitions = setting.isQuick ? 3 : 10
        var results: [BenchmarkResult] = []
        for (name, service, uri, budget, memoryBudget) in [
            ("mlflow.db", database, "sqlite:///" + database, 50.0 as Double?, 45.0),
            ("MLflow server", server.address, server.address, nil, 55),
        ] {
            let starts = Distribution(try times(repetitions) { try firstRows(of: service, setting) })
            let theirs = Distribution(try times(setting.isQuick ? 1 : 3) { try runsList(uri) })
            results += [
                BenchmarkResult(
                    name: "\(name), 10,000 runs: start to first rows, median", measured: starts.median, budget: budget,
                    unit: "ms", note: starts.note),
                BenchmarkResult(
                    name: "\(name): mlflow runs list, median", measured: theirs.median, unit: "ms",
                    note: "\(ResultTable.fixed(theirs.median / max(1, starts.median), 0)) times as long; \(theirs.note)"
                ),
                BenchmarkResult(
                    name: "\(name), 10,000 runs: resident memory", measured: try memory(service, setting),
                    budget: memoryBudget, unit: "MB"),
            ]
        }
        return results
    }

    /// The first time warms the caches and does not count.
    private static func times(_ count: Int, _ measure: () throws -> Double) throws -> [Double] {
        try (0...count).map { _ in try measure() }.suffix(count)
    }

    private static func firstRows(of service: String, _ setting: BenchmarkSetting) throws -> Double {
        let dashboard = try setting.startDashboard(service: service)
        defer { dashboard.end() }
        // The newest run, which comes first; its name ends in its number.
        return try dashboard.wait(for: "-10000") - dashboard.startedAt
    }

    /// When everything is loaded.
    private static func memory(_ service: String, _ setting: BenchmarkSetting) throws -> Double {
        let dashboard = try setting.startDashboard(service: service)
        defer { dashboard.end() }
        _ = try dashboard.wait(for: "-10000")
        // A server takes 2 s and more for each page, in which nothing happens here.
        try dashboard.settle(quiet: 8_000)
        return ProcessUsage(of: dashboard.pid).residentMB
    }

    private static func runsList(_ uri: String) throws -> Double {
        let process = Process()
        process.executableURL = try MLflowPython.checkedExecutable()
        process.arguments = ["-m", "mlflow", "runs", "list", "--experiment-id", "1"]
        process.environment = ProcessInfo.processInfo.environment.merging([
            "MLFLOW_TRACKING_URI": uri, "MLFLOW_ENABLE_TELEMETRY": "false", "DO_NOT_TRACK": "true",
        ]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return try Stopwatch.time {
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                throw TerminalProcess.Failure(description: "mlflow runs list fails on \(uri).")
            }
        }
    }
}
