import GRDB
import RunModel
import RunServices
import TestSupport
import Testing

@testable import MLflowStores

/// Metrics of very many points in an `mlflow.db`.
@Suite struct LongDatabaseSeriesTests {
    private static let count: Int64 = 20_000

    private static let insert = """
        WITH RECURSIVE steps(n) AS (SELECT ? UNION ALL SELECT n + 1 FROM steps WHERE n + 1 < ?)
        INSERT INTO metrics (key, value, timestamp, step, run_uuid, is_nan)
        SELECT 'long', n, 1000 + n, n, ?, 0 FROM steps
        """

    private func series(_ stage: DatabaseStage, _ run: RunID, _ size: Int = 100) async throws -> MetricSeries {
        let key = MetricSeriesKey(run: run, metric: "long")
        return try #require(try await stage.service.metricSeries(for: [key], maxPoints: size).first)
    }

    private func filled() async throws -> (DatabaseStage, RunID) {
        let stage = try await DatabaseStage()
        let run = try #require(try await stage.run(named: "numbers")).id
        try await stage.commit(Self.insert, [0, Self.count, run.text])
        return (stage, run)
    }

    @Test func `what is appended is read, and nothing else`() async throws {
        let (stage, run) = try await filled()
        let first = try await series(stage, run)
        #expect(first.total == Int(Self.count) && first.points.count == 100)
        #expect((first.points.first?.step, first.points.last?.step) == (0, Self.count - 1))
        try await stage.commit(Self.insert, [Self.count, Self.count + 10, run.text])
        let sql = "INSERT INTO metrics (key, value, timestamp, step, run_uuid, is_nan) VALUES ('other', 1, 1, 1, ?, 0)"
        try await stage.commit(sql, [run.text])
        try await stage.commit(Self.insert, [-3, -2, run.text])
        let statements = try await stage.statements {
            let second = try await self.series(stage, run)
            #expect(second.total == Int(Self.count) + 11)
            #expect((second.points.first?.step, second.points.last?.step) == (-3, Self.count + 9))
        }
        #expect(statements.contains { $0.contains("rowid >") })
        #expect(!statements.contains { $0.contains("FROM metrics WHERE run_uuid = ? AND key = ?") })
        #expect(try await series(stage, run, 16).points.count == 16)
        #expect(try await series(stage, run, 2_000).points.count == 2_000)
    }

    @Test func `points that were replaced by others are read anew`() async throws {
        let (stage, run) = try await filled()
        _ = try await series(stage, run)
        try await stage.commit("DELETE FROM metrics WHERE run_uuid = ?", [run.text])
        try await stage.commit(Self.insert, [5, Self.count + 30, run.text])
        let again = try await series(stage, run)
        #expect(again.total == Int(Self.count) + 25)
        #expect((again.points.first?.step, again.points.last?.step) == (5, Self.count + 29))
    }
}
