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
}
