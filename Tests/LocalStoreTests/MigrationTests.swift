import GRDB
import RunModel
import RunServices
import TestSupport
import Testing

@testable import LocalStore

@Suite struct MigrationTests {
    @Test func aStoreOfTheFirstVersionKeepsItsRunsAndTakesRevisions() async throws {
        let directory = try TemporaryDirectory()
        let queue = try DatabaseQueue(path: directory.path + "/runs.db")
        try await queue.write { db in
            try db.execute(sql: StoreSchema.first)
            try db.execute(
                sql: """
                    INSERT INTO store VALUES (1, 'first', 0);
                    INSERT INTO experiments VALUES (1, 'e', 'e', 0, 2, 0);
                    INSERT INTO runs VALUES (1, 'old', 1, NULL, 1, 1, 'old', 'Completed', 1, 1, 2, 'ana', NULL, NULL, 1);
                    INSERT INTO sources VALUES (1, '["true"]', '/d', 'h');
                    PRAGMA user_version = 1;
                    """)
            try db.execute(sql: "PRAGMA application_id = \(StoreSchema.applicationID)")
        }
        try queue.close()
        let store = try await LocalStore.open(at: directory.path)
        let old = try await store.details(of: RunID("old"))
        #expect(old.run.status == .completed)
        #expect(old.source == RunSource(command: ["true"], directory: "/d", host: "h"))
        for revision in [
            SourceRevision(commit: "c0ffee"), SourceRevision(commit: "c0ffee", branch: "main", repository: "r"),
        ] {
            let source = RunSource(command: ["true"], directory: "/d", host: "h", revision: revision)
            let run = try await store.createRun(RunDraft(experimentName: "e", source: source))
            #expect(try await store.details(of: run.id).source == source)
        }
    }

    @Test func aStoreOfTheSecondVersionKeepsAllAndIsServed() async throws {
        let directory = try TemporaryDirectory()
        let queue = try DatabaseQueue(path: directory.path + "/runs.db")
        try await queue.write { db in
            try db.execute(sql: StoreSchema.first)
            try db.execute(sql: StoreSchema.second)
            try db.execute(
                sql: """
                    INSERT INTO store VALUES (1, 'second', 0);
                    INSERT INTO experiments VALUES (1, '7df7f855-8096-4f11-ac37-90c127519ceb', 'e', 5, 3, 0);
                    INSERT INTO runs VALUES (1, 'old', 1, NULL, 1, 1, 'old', 'Completed', 1, 1, 2, 'ana', NULL, NULL, 1);
                    INSERT INTO runs VALUES (2, 'child', 1, 1, 1, 2, 'child', 'Running', 1, 1, NULL, '', NULL, NULL, 2);
                    INSERT INTO tags VALUES (1, 'k', NULL), (1, 'mlflow.source.name', 'x');
                    INSERT INTO latest_metrics VALUES (1, 'm', 0, 2, 0, 1, 4, 9, NULL);
                    INSERT INTO metric_points VALUES (1, 0, 0, 3, 8, 0.5), (1, 0, 1, 4, 9, NULL);
                    UPDATE store SET revision = 10;
                    PRAGMA user_version = 2;
                    """)
            try db.execute(sql: "PRAGMA application_id = \(StoreSchema.applicationID)")
        }
        try queue.close()
        let store = try await LocalStore.open(at: directory.path)
        let experiment = try await store.experiment(.name("e"))
        #expect(experiment.id == ExperimentID("7df7f855-8096-4f11-ac37-90c127519ceb"))
        #expect(experiment.createdAt == experiment.updatedAt && experiment.stage == .active)
        let old = try await store.hostedRun(RunID("old"))
        #expect(old.run.tags == Tags([("k", nil)]) && old.run.machineTags == Tags([("mlflow.source.name", "x")]))
        let history = try await store.metricHistory(of: .init(run: old.run.id, metric: "m"), limit: 9, page: nil)
        #expect(history.items.map(\.value) == [.number(0.5), .number(.nan)])
        #expect(try await store.childCounts(of: [old.run.id]) == [old.run.id: 1])
        #expect(try await store.createExperiment(ExperimentDraft(name: "next")).id == ExperimentID("2"))
        var replica = ChangeReplica()
        try await replica.catchUp(with: store)
        try await store.setStage(.deleted, of: [old.run.id])
        try await replica.catchUp(with: store)
        #expect(Array(replica.runs.keys) == [RunID("child")])
        #expect(try await store.experiments().first { $0.name == "e" }?.counts == StatusCounts([.running: 1]))
    }
}
