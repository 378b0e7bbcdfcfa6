import Foundation
import GRDB
import RunModel
import RunServices
import TestSupport
import Testing

@testable import MLflowStores

/// What others do to `mlflow.db` while it is watched.
@Suite struct DatabaseChangesTests {
    @Test func `runs and experiments are deleted and restored`() async throws {
        let stage = try await DatabaseStage()
        var replica = ChangeReplica()
        try await replica.catchUp(with: stage.service)
        let all = replica.runs
        let (first, deleted) = ("(SELECT experiment_id FROM experiments WHERE name = 'first')", "name = 'deleted'")
        // As `mlflow runs delete`, `mlflow runs restore` and the same of experiments do it.
        let steps: [(sql: String, names: Int)] = [
            ("UPDATE runs SET lifecycle_stage = 'deleted', deleted_time = 1 WHERE name = 'finished'", 9),
            ("UPDATE runs SET lifecycle_stage = 'active', deleted_time = NULL WHERE name = 'finished'", 10),
            ("UPDATE runs SET lifecycle_stage = 'active', deleted_time = NULL WHERE \(deleted)", 11),
            ("UPDATE experiments SET lifecycle_stage = 'deleted' WHERE experiment_id = \(first)", 1),
            ("UPDATE experiments SET lifecycle_stage = 'active' WHERE experiment_id = \(first)", 11),
            ("UPDATE experiments SET lifecycle_stage = 'active' WHERE name = 'gone'", 11),
            ("UPDATE runs SET lifecycle_stage = 'active' WHERE name = 'in a deleted experiment'", 12),
        ]
        for step in steps {
            try await stage.commit(step.sql)
            stage.clock.advance(by: 2_000)
            try await replica.catchUp(with: stage.service)
            let listed = try await stage.service.runs(in: .all, matching: nil, limit: 100)
            #expect(listed.count == step.names, "\(step.sql)")
            #expect(replica.runs == Dictionary(uniqueKeysWithValues: listed.map { ($0.id, $0) }), "\(step.sql)")
            let experiments = try await stage.service.experiments()
            #expect(replica.experiments == Dictionary(uniqueKeysWithValues: experiments.map { ($0.id, $0) }))
            #expect(experiments.map(\.counts.total).reduce(0, +) == listed.count, "\(step.sql)")
        }
        for (id, run) in all { #expect(replica.runs[id] == run) }
    }

    @Test func `what a training script logs`() async throws {
        let stage = try await DatabaseStage()
        var replica = ChangeReplica()
        try await replica.catchUp(with: stage.service)
        let run = try #require(try await stage.run(named: "child"))
        let id = run.id.text
        let steps: [(sql: String, isSeen: (Run) -> Bool)] = [
            (
                """
                INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ('val/f1', 0.5, 1, '\(id)', 3, 0);
                INSERT INTO latest_metrics (key, value, timestamp, run_uuid, step, is_nan)
                VALUES ('val/f1', 0.5, 1, '\(id)', 3, 0)
                """, { $0.metrics.value(forKey: "val/f1")?.value == .number(0.5) }
            ),
            ("INSERT INTO params VALUES ('depth', '4', '\(id)')", { $0.params.value(forKey: "depth") == "4" }),
            ("INSERT INTO tags VALUES ('mark', 'a', '\(id)')", { $0.tags.value(forKey: "mark") == "a" }),
            ("UPDATE tags SET value = 'b' WHERE key = 'mark'", { $0.tags.value(forKey: "mark") == "b" }),
            ("DELETE FROM tags WHERE key = 'mark'", { !$0.tags.contains("mark") }),
            (
                "UPDATE runs SET status = 'FINISHED', end_time = 1750000200000 WHERE run_uuid = '\(id)'",
                { $0.status == .completed && $0.endedAt?.milliseconds == 1_750_000_200_000 }
            ),
        ]
        for step in steps {
            try await stage.commit(step.sql)
            let batch = try await replica.pull(from: stage.service, pageSize: 0)
            #expect(batch.runs.map(\.id) == [run.id], "\(step.sql)")
            #expect(replica.runs[run.id].map(step.isSeen) == true, "\(step.sql)")
        }
        #expect(try await stage.service.details(of: run.id).run == replica.runs[run.id])
    }

    /// The files as a script leaves them that is killed in the middle of a commit.
    private func copyInTheMiddleOfACommit(of stage: DatabaseStage, to path: String) async throws {
        try await stage.other.writeWithoutTransaction { db in
            // Pages leave the cache for the file at once, after the journal that could undo it.
            try db.execute(sql: "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE")
            try db.execute(sql: "UPDATE tags SET value = hex(randomblob(2000)); UPDATE runs SET name = 'half done'")
            for ending in ["", "-journal"] {
                try FileManager.default.copyItem(atPath: stage.path + ending, toPath: path + ending)
            }
            try db.execute(sql: "ROLLBACK")
        }
    }

    @Test func `a script killed in the middle of a commit`() async throws {
        let stage = try await DatabaseStage()
        let directory = try TemporaryDirectory()
        let path = directory.path + "/mlflow.db"
        try await copyInTheMiddleOfACommit(of: stage, to: path)
        let before = FileManager.default.contents(atPath: path)
        #expect(before != FileManager.default.contents(atPath: stage.path))
        // Who must not write cannot undo it either, and says so.
        let error = await refusal { try MLflowDatabase(at: path, readOnly: true) { TestClock().now } }
        #expect(error?.message.contains("left half written by a process that died") == true, "\(error?.message ?? "")")
        #expect(FileManager.default.contents(atPath: path) == before)
        let service = try MLflowDatabase(at: path) { TestClock().now }
        let expected = try await stage.service.runs(in: .all, matching: nil, limit: 100)
        #expect(try await service.runs(in: .all, matching: nil, limit: 100) == expected)
        // The same once more, under a service that is open already.
        for ending in ["", "-journal"] { try? FileManager.default.removeItem(atPath: path + ending + ".new") }
        try await copyInTheMiddleOfACommit(of: stage, to: path + ".new")
        try overwrite(path, with: path + ".new")
        #expect(try await service.runs(in: .all, matching: nil, limit: 100) == expected)
        #expect(!FileManager.default.fileExists(atPath: path + "-journal"))
    }

    /// Puts the bytes of one database into the file of another, its journal first.
    private func overwrite(_ path: String, with new: String) throws {
        let bytes = try #require(FileManager.default.contents(atPath: new))
        try FileManager.default.moveItem(atPath: new + "-journal", toPath: path + "-journal")
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.write(contentsOf: bytes)
        try file.truncate(atOffset: UInt64(bytes.count))
        try file.close()
    }
}
