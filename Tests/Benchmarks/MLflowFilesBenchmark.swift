import DashboardCore
import DashboardRuntime
import Foundation
import Glibc
import MLflowService
import MLflowStores
import RunModel
import RunServices
import TestSupport

/// An `mlruns` of 1,500 experiments, watched for a minute while five runs log six metrics each.
enum MLflowFilesBenchmark {
    private static let (experiments, active, metrics) = (1_500, 5, 6)

    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let place = try TemporaryDirectory()
        let root = place.path + "/mlruns"
        let runs = try fill(root)
        let service = try MLflowFileStore(at: root) { SystemClock.now().wall }
        var batch = try await service.changes(in: .all, since: nil, pageSize: 1_000)
        while batch.hasMore { batch = try await service.changes(in: .all, since: batch.cursor, pageSize: 1_000) }
        let keys = runs.flatMap { run in
            (0..<metrics).map { MetricSeriesKey(run: RunID(run), metric: "metric\($0)") }
        }
        // Ticks of the dashboard's default interval, one after the other: what they cost does not depend on the waiting.
        let ticks = 30
        var cpu = 0.0
        for step in 0..<(setting.isQuick ? 10 : ticks) {
            for run in runs { try log(step, of: run, in: root) }
            let before = cpuSeconds()
            batch = try await service.changes(in: .all, since: batch.cursor, pageSize: 0)
            _ = try await service.metricSeries(for: keys, maxPoints: 60)
            cpu += cpuSeconds() - before
        }
        let scale = setting.isQuick ? Double(ticks) / 10 : 1
        return [
            BenchmarkResult(
                name: "mlruns, 1,500 experiments, 5 active runs of 6 metrics: CPU per minute", measured: cpu * scale,
                unit: "s", note: "\(ticks) ticks")
        ]
    }

    /// Returns the ids of the active runs, which are in five of the experiments.
    private static func fill(_ root: String) throws -> [String] {
        let files = FileManager.default
        var runs: [String] = []
        for number in 0..<experiments {
            let folder = "\(root)/\(1_000 + number)"
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try write(
                """
                artifact_location: file://\(folder)
                creation_time: 1750000000000
                experiment_id: '\(1_000 + number)'
                lifecycle_stage: active
                name: experiment \(number)

                """, to: folder + "/meta.yaml")
            guard number % (experiments / active) == 0 else { continue }
            let id = String(format: "%032x", number)
            runs.append("\(id)")
            for part in ["artifacts", "metrics", "params", "tags"] {
                try files.createDirectory(atPath: "\(folder)/\(id)/\(part)", withIntermediateDirectories: true)
            }
            try write(
                "run_id: \(id)\nstart_time: 1750000000000\nstatus: 1\nlifecycle_stage: active\n",
                to: "\(folder)/\(id)/meta.yaml")
        }
        return runs
    }

    private static func log(_ step: Int, of run: String, in root: String) throws {
        let experiment = 1_000 + (Int(run, radix: 16) ?? 0)
        for metric in 0..<metrics {
            let path = "\(root)/\(experiment)/\(run)/metrics/metric\(metric)"
            guard let file = fopen(path, "a") else { throw POSIXError(.EIO) }
            fputs("\(1_750_000_000_000 + step) 0.\(step) \(step)\n", file)
            fclose(file)
        }
    }

    private static func write(_ text: String, to path: String) throws {
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    /// Of this process.
    private static func cpuSeconds() -> Double {
        // POSIX counts it in microseconds.
        Double(clock()) / 1e6
    }
}
