import Foundation
import GRDB
import MLflowMeaning
import RunServices
import TestSupport

/// First rows over a server on which 200 runs have supervisors of this host that fell silent, beside the same server
/// without them: what becomes of dead supervisors must not stand before the first answer.
enum SilentRunsBenchmark {
    private static let silent = 200

    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let repetitions = setting.isQuick ? 3 : 10
        let calm = try await starts(over: setting.mlflowDatabase(), repetitions, setting)
        let place = try TemporaryDirectory()
        let starts = try await starts(over: database(in: place.path), repetitions, setting)
        return [
            BenchmarkResult(
                name: "MLflow server, \(silent) silent supervised runs: start to first rows, median",
                measured: starts.median, unit: "ms",
                note:
                    "\(ResultTable.fixed(starts.median / max(1, calm.median), 2)) times as long as without; \(starts.note)"
            )
        ]
    }

    private static func starts(
        over database: String, _ repetitions: Int, _ setting: BenchmarkSetting
    ) async throws -> Distribution {
        let server = try await MLflowTrackingServer(database: database)
        // The first time warms the caches and does not count.
        return Distribution(
            try (0...repetitions).map { _ in
                let dashboard = try setting.startDashboard(service: server.address)
                defer { dashboard.end() }
                return try dashboard.wait(for: "-10000") - dashboard.startedAt
            }.suffix(repetitions))
    }

    private static func database(in place: String) async throws -> String {
        let path = place + "/mlflow.db"
        try await MLflowSyntheticStore.makeDatabase(at: path, active: silent)
        let gone = try TestProcess()
        gone.kill()
        let supervisor = MLflowSupervision.encode(Stamps.here(gone.stamp))
        let queue = try DatabaseQueue(path: path)
        try await queue.write { db in
            for (key, value) in [(MLflowTag.supervisor, supervisor), (MLflowTag.heartbeat, "1750000000000")] {
                try db.execute(
                    sql:
                        "INSERT INTO tags (key, value, run_uuid) SELECT ?, ?, run_uuid FROM runs WHERE status = 'RUNNING'",
                    arguments: [key, value])
            }
        }
        try queue.close()
        return path
    }
}
