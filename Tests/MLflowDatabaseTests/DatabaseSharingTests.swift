import Foundation
import GRDB
import RunModel
import RunServices
import Synchronization
import TestSupport
import Testing

@testable import MLflowStores

/// A training script and runwatch on one database: neither keeps the other from its work.
@Suite struct DatabaseSharingTests {
    @Test(arguments: ["delete", "wal"])
    func `an idle tick is one PRAGMA data_version`(_ journalMode: String) async throws {
        let stage = try await DatabaseStage(journalMode: journalMode)
        var replica = ChangeReplica()
        try await replica.catchUp(with: stage.service)
        for _ in 0..<3 {
            stage.clock.advance(by: 2_000)
            var batch: ChangeBatch?
            let statements = try await stage.statements {
                batch = try await stage.service.changes(in: .all, since: replica.cursor, pageSize: 0)
            }
            #expect(statements == ["PRAGMA data_version"])
            #expect(batch?.runs.isEmpty == true)
        }
        // A commit wakes it, and then it rests again.
        let run = try #require(try await stage.run(named: "finished"))
        try await stage.commit("UPDATE runs SET name = 'woken' WHERE run_uuid = ?", [run.id.text])
        let awake = try await stage.statements { try await replica.pull(from: stage.service, pageSize: 0) }
        #expect(awake.count > 1)
        #expect(replica.runs[run.id]?.name == "woken")
        let asleep = try await stage.statements { try await replica.pull(from: stage.service, pageSize: 0) }
        #expect(asleep == ["PRAGMA data_version"])
        #expect(try await DatabaseSchema(at: stage.path).journalMode == journalMode)
    }

    @Test func `a writer without patience gets the write lock before every statement of a tick`() async throws {
        let stage = try await DatabaseStage()
        let refused = Mutex<[String]>([])
        var replica = ChangeReplica()
        // The first tick reads everything, the second one change, the third nothing.
        var counts: [Int] = []
        for name in ["one", "two", "three"] {
            let statements = try await stage.statements {
                try await replica.catchUp(with: stage.service, pageSize: 3)
            } onEach: { sql in
                do {
                    try stage.other.inTransaction(.immediate) { db in
                        try db.execute(sql: "UPDATE runs SET name = name")
                        return .rollback
                    }
                } catch {
                    refused.withLock { $0.append("\(sql): \(error)") }
                }
            }
            counts.append(statements.count)
            // Nothing of the tick is left that would stand in the way of a commit.
            if name == "one" {
                try await stage.commit("UPDATE runs SET name = 'changed' WHERE name = 'finished'")
            }
        }
        #expect(refused.withLock { $0 } == [])
        #expect(counts[0] > 5 && counts[1] > 5)
        #expect(counts[2] < 5)
        #expect(replica.runs.values.contains { $0.name == "changed" })
    }

    @Test func `a commit goes through after every question`() async throws {
        let stage = try await DatabaseStage()
        let run = try #require(try await stage.run(named: "numbers"))
        let questions: [@Sendable () async throws -> Void] = [
            { _ = try await stage.service.experiments() },
            { _ = try await stage.service.runs(in: .all, matching: nil, limit: 2) },
            { _ = try await stage.service.details(of: run.id) },
            { _ = try await stage.service.children(of: run.id, recursive: true, matching: nil) },
            {
                let key = MetricSeriesKey(run: run.id, metric: "loss")
                _ = try await stage.service.metricSeries(for: [key], maxPoints: 2)
            },
            { _ = try await stage.service.editTags([.set(key: "k", value: "v")], of: run.id) },
            { _ = await refusal { try await stage.service.details(of: RunID("none")) } },
            {
                let edits = [TagEdit.set(key: "k", value: "w"), .set(key: "👍", value: "v")]
                _ = await refusal { try await stage.service.editTags(edits, of: run.id) }
            },
        ]
        for (number, question) in questions.enumerated() {
            try await question()
            try await stage.commit("UPDATE runs SET source_version = ?", ["\(number)"])
        }
        #expect(try await stage.service.details(of: run.id).run.tags.value(forKey: "k") == "v")
    }

    @Test func `while another writes for long, reading works and writing tells why it does not`() async throws {
        let stage = try await DatabaseStage()
        let run = try #require(try await stage.run(named: "root"))
        try await stage.other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        let error = await refusal { try await stage.service.editTags([.set(key: "k", value: "v")], of: run.id) }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("stayed locked by another process") == true)
        #expect(try await stage.service.details(of: run.id).run == run)
        var replica = ChangeReplica()
        try await replica.catchUp(with: stage.service)
        #expect(replica.runs[run.id] == run)
        try await stage.other.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        #expect(try await stage.service.editTags([.set(key: "k", value: "v")], of: run.id).tags.contains("k"))
    }

    @Test func `writes wait for the short ones of others`() async throws {
        let stage = try await DatabaseStage()
        let run = try #require(try await stage.run(named: "root"))
        let isOver = Mutex(false)
        async let busy: Void = {
            while !isOver.withLock({ $0 }) {
                try await stage.other.writeWithoutTransaction { db in
                    // Impatient itself, so it may find the lock taken.
                    do { try db.execute(sql: "BEGIN IMMEDIATE") } catch { return }
                    try db.execute(sql: "UPDATE runs SET source_version = 'x'")
                    while (try? db.execute(sql: "COMMIT")) == nil {}
                }
            }
        }()
        for number in 0..<50 {
            try await stage.service.editTags([.set(key: "k", value: "\(number)")], of: run.id)
        }
        isOver.withLock { $0 = true }
        try await busy
        #expect(try await stage.service.details(of: run.id).run.tags.value(forKey: "k") == "49")
    }

    @Test func `a read that fails in the middle loses no change`() async throws {
        let stage = try await DatabaseStage()
        var replica = ChangeReplica()
        try await replica.catchUp(with: stage.service)
        let id = "feedfeedfeedfeedfeedfeedfeedfeed"
        try await stage.commit(
            """
            INSERT INTO runs (run_uuid, name, source_type, status, start_time, lifecycle_stage, artifact_uri, experiment_id)
            SELECT ?, 'new', 'LOCAL', 'FINISHED', 1, 'active', '', experiment_id FROM experiments WHERE name = 'first'
            """, [id])
        let error = Mutex<RunServiceError?>(nil)
        _ = try await stage.statements {
            let cursor = replica.cursor
            let found = await refusal { try await stage.service.changes(in: .all, since: cursor, pageSize: 0) }
            error.withLock { $0 = found }
        } onEach: { sql in
            // The run was found by then, and is about to be read.
            if sql.contains("artifact_uri") { stage.service.connections.reader.interrupt() }
        }
        #expect(error.withLock { $0?.code } == .cancelled)
        try await replica.catchUp(with: stage.service)
        #expect(replica.runs[RunID(id)]?.name == "new")
    }
}
