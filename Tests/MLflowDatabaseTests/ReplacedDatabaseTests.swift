import Foundation
import GRDB
import Glibc
import RunModel
import RunServices
import TestSupport
import Testing

@testable import MLflowStores

/// An `mlflow.db` that is taken away, replaced or thinned out while it is watched.
@Suite struct ReplacedDatabaseTests {
    @Test func `another file in its place is shown from the next tick on`() async throws {
        let stage = try await DatabaseStage()
        var replica = ChangeReplica()
        try await replica.catchUp(with: stage.service)
        let old = try #require(replica.runs.values.first)
        let other = stage.directory.path + "/other.db"
        try await MLflowStores.copy("empty.db", to: other)
        let expected = try await MLflowDatabase(at: other) { TestClock().now }.createRun(
            RunDraft(experimentName: "another", name: "another"))
        try #require(rename(other, stage.path) == 0)
        // A cursor of the old file says nothing of the new one.
        let error = await refusal { [cursor = replica.cursor] in
            try await stage.service.changes(in: .all, since: cursor, pageSize: 10)
        }
        #expect(error?.code == .invalid)
        replica = ChangeReplica()
        try await replica.catchUp(with: stage.service)
        #expect(Array(replica.runs.keys) == [expected.id])
        #expect(replica.experiments.values.map(\.name) == ["another"])
        #expect(await refusal { try await stage.service.details(of: old.id) }?.code == .notFound)
        // What is written goes into the file that is there.
        try await stage.service.editTags([.set(key: "k", value: "v")], of: expected.id)
        let reader = try MLflowDatabase(at: stage.path) { TestClock().now }
        #expect(try await reader.details(of: expected.id).run.tags.contains("k"))
    }

    @Test func `a file that is gone is told of, and read again when it is back`() async throws {
        let stage = try await DatabaseStage()
        var replica = ChangeReplica()
        try await replica.catchUp(with: stage.service)
        let run = try #require(replica.runs.values.first)
        let aside = stage.path + ".aside"
        try #require(rename(stage.path, aside) == 0)
        let cursor = replica.cursor
        for question: @Sendable () async throws -> Void in [
            { _ = try await stage.service.changes(in: .all, since: cursor, pageSize: 0) },
            { _ = try await stage.service.details(of: run.id) },
            { _ = try await stage.service.editTags([.set(key: "k", value: "v")], of: run.id) },
        ] {
            let error = await refusal { try await question() }
            #expect(error?.code == .unavailable)
            #expect(error?.message.contains("was deleted or moved away") == true, "\(error?.message ?? "")")
        }
        #expect(!FileManager.default.fileExists(atPath: stage.path))
        try #require(rename(aside, stage.path) == 0)
        try await replica.catchUp(with: stage.service)
        #expect(try await stage.service.details(of: run.id).run == run)
    }

    /// As `mlflow gc` does.
    private func removal(of id: String) -> String {
        ["latest_metrics", "metrics", "params", "tags", "runs"].map { "DELETE FROM \($0) WHERE run_uuid = '\(id)';" }
            .joined()
    }

    @Test func `a run that takes the row of one removed since the last tick`() async throws {
        let stage = try await DatabaseStage()
        let newest = try await stage.other.read {
            try String.fetchOne($0, sql: "SELECT run_uuid FROM runs ORDER BY rowid DESC LIMIT 1")
        }
        // Deleted with its experiment, and restored here.
        try await stage.commit(
            "UPDATE experiments SET lifecycle_stage = 'active'; UPDATE runs SET lifecycle_stage = 'active'")
        var replica = ChangeReplica()
        try await replica.catchUp(with: stage.service)
        let old = RunID(try #require(newest))
        try #require(replica.runs[old] != nil)
        let id = "feedfeedfeedfeedfeedfeedfeedfeed"
        try await stage.commit(
            removal(of: old.text) + """
                INSERT INTO runs (run_uuid, name, source_type, status, start_time, lifecycle_stage, artifact_uri,
                    experiment_id)
                SELECT '\(id)', 'new', 'LOCAL', 'FINISHED', 1, 'active', '', experiment_id FROM experiments
                WHERE name = 'first'
                """)
        let top = try await stage.other.read {
            try String.fetchOne($0, sql: "SELECT run_uuid FROM runs ORDER BY rowid DESC LIMIT 1")
        }
        try #require(top == id)
        let batch = try await replica.pull(from: stage.service, pageSize: 0)
        #expect(batch.goneRuns == [old])
        #expect(batch.runs.map(\.id) == [RunID(id)])
    }

    @Test func `points that take the rows of a removed run's`() async throws {
        let stage = try await DatabaseStage()
        let (active, finished) = (
            try #require(try await stage.run(named: "child")), try #require(try await stage.run(named: "finished"))
        )
        let last = try await stage.other.read {
            try String.fetchOne($0, sql: "SELECT run_uuid FROM metrics ORDER BY rowid DESC LIMIT 1")
        }
        var replica = ChangeReplica()
        try await replica.catchUp(with: stage.service)
        let points = [active, finished].map { run in
            """
            INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ('m', 1, 1, '\(run.id)', 1, 0);
            INSERT INTO latest_metrics (key, value, timestamp, run_uuid, step, is_nan)
            VALUES ('m', 1, 1, '\(run.id)', 1, 0);
            """
        }
        try await stage.commit(removal(of: try #require(last)) + points.joined())
        try await replica.pull(from: stage.service, pageSize: 0)
        #expect(replica.runs[active.id]?.metrics.value(forKey: "m") != nil)
        stage.clock.advance(by: 20_000)
        try await replica.catchUp(with: stage.service)
        #expect(replica.runs[finished.id]?.metrics.value(forKey: "m") != nil)
    }

    @Test func `a deleted run is called deleted, and one that is removed is not called a wrong id`() async throws {
        let stage = try await DatabaseStage()
        let run = try #require(try await stage.run(named: "finished"))
        try await stage.commit("UPDATE runs SET lifecycle_stage = 'deleted' WHERE run_uuid = '\(run.id)'")
        let questions: [@Sendable () async throws -> Void] = [
            { _ = try await stage.service.details(of: run.id) },
            { _ = try await stage.service.heartbeat(of: run.id) },
            { try await stage.service.appendLog([1], named: LogFile.output, of: run.id) },
        ]
        for question in questions {
            let error = await refusal { try await question() }
            #expect(error?.code == .notFound)
            #expect(error?.message.contains("was deleted") == true, "\(error?.message ?? "")")
        }
        try await stage.commit(removal(of: run.id.text))
        for question in questions {
            let error = await refusal { try await question() }
            #expect(error?.code == .notFound)
            #expect(error?.message.contains("removed for good") == true, "\(error?.message ?? "")")
        }
    }
}
