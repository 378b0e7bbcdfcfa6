import GRDB
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// Nothing deletes runs yet but SQL; the changes tell of it all the same.
@Suite struct DeletedRunTests {
    private let directory: TemporaryDirectory
    private let store: LocalStore
    private let database: DatabaseQueue

    init() async throws {
        directory = try TemporaryDirectory()
        store = try await LocalStore.open(at: directory.path)
        database = try DatabaseQueue(path: directory.path + "/runs.db")
    }

    @Test func aDeletedRunIsGoneWithItsDescendants() async throws {
        let root = try await store.createRun(RunDraft(id: RunID("root"), experimentName: "e"))
        try await store.createRun(RunDraft(id: RunID("child"), experimentName: "e", parentID: root.id))
        try await store.createRun(
            RunDraft(
                id: RunID("grandchild"), experimentName: "e", parentID: RunID("child"), tags: Tags([("k", nil)]),
                source: RunSource(command: ["true"], directory: "/", host: "h")))
        let other = try await store.createRun(RunDraft(id: RunID("other"), experimentName: "e"))
        try await store.logMetrics([MetricEntry(key: "m", value: .number(1))], to: RunID("grandchild"))
        var replica = ChangeReplica()
        try await replica.catchUp(with: store)
        try await database.write { try $0.execute(sql: "DELETE FROM runs WHERE id = 'root'") }
        let batch = try await replica.pull(from: store, pageSize: 10)
        #expect(Set(batch.goneRuns.map(\.text)) == ["root", "child", "grandchild"])
        #expect(batch.runs.isEmpty)
        #expect(Array(replica.runs.keys) == [other.id])
        #expect(replica.experiments.values.map(\.counts.total) == [1])
        let leftovers = try await database.read { db in
            try ["tags", "sources", "metric_points", "latest_metrics"].map {
                try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \($0)") ?? -1
            }
        }
        #expect(leftovers == [0, 0, 0, 0])
    }

    @Test func aDeletedExperimentIsGoneWithItsRuns() async throws {
        let run = try await store.createRun(RunDraft(experimentName: "e"))
        var replica = ChangeReplica()
        try await replica.catchUp(with: store)
        try await database.write { try $0.execute(sql: "DELETE FROM experiments") }
        let batch = try await replica.pull(from: store, pageSize: 10)
        #expect(batch.goneRuns == [run.id])
        #expect(batch.goneExperiments == [run.experimentID])
        #expect(replica.runs.isEmpty)
        #expect(replica.experiments.isEmpty)
    }

    @Test func aRunCreatedAgainIsThere() async throws {
        try await store.createRun(RunDraft(id: RunID("same"), experimentName: "e", name: "first"))
        var replica = ChangeReplica()
        try await replica.catchUp(with: store)
        try await database.write { try $0.execute(sql: "DELETE FROM runs") }
        let again = try await store.createRun(RunDraft(id: RunID("same"), experimentName: "e", name: "second"))
        try await replica.catchUp(with: store, pageSize: 1)
        #expect(replica.runs == [again.id: again])
    }

    @Test func deletionsDuringAFullReadLeaveNothingBehind() async throws {
        try await store.createRuns((0..<30).map { RunDraft(id: RunID("r\($0)"), experimentName: "e") })
        var replica = ChangeReplica()
        for id in [29, 3, 17, 0, 28] {
            try await replica.pull(from: store, pageSize: 4)
            try await database.write { try $0.execute(sql: "DELETE FROM runs WHERE id = 'r\(id)'") }
        }
        try await replica.catchUp(with: store, pageSize: 4)
        let left = try await store.runs(in: .all, matching: nil, limit: 100)
        #expect(left.count == 25)
        #expect(Set(replica.runs.keys) == Set(left.map(\.id)))
    }
}
