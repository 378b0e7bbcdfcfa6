import Foundation
import GRDB
import MLflowService
import MLflowStores
import RunModel
import RunServices
import TestSupport
import Testing

/// Databases of other versions than MLflow's newest are read and written as they are.
@Suite struct OtherSchemaTests {
    /// The first revision that is supported, and those before and after something was changed that we use.
    private static let revisions = [
        (id: "97727af70f4d", since: "2022-08", hasWorkspaces: false),
        (id: "2d6e25af4d3e", since: "2023-09", hasWorkspaces: false),
        (id: "6953534de441", since: "2025-02", hasWorkspaces: false),
        (id: "1b5f0d9ad7c1", since: "2026-01", hasWorkspaces: true),
    ]

    /// Copies what MLflow's client wrote into the newest schema; only columns that both have.
    private func fill(_ path: String, from filled: String) async throws {
        let queue = try DatabaseQueue(path: path)
        try await queue.writeWithoutTransaction { db in
            try db.execute(sql: "ATTACH ? AS filled", arguments: [filled])
            for table in ["experiments", "experiment_tags", "runs", "tags", "params", "metrics", "latest_metrics"] {
                let columns = try String.fetchAll(
                    db,
                    sql: """
                        SELECT '"' || name || '"' FROM pragma_table_info(?1, 'main')
                        INTERSECT SELECT '"' || name || '"' FROM pragma_table_info(?1, 'filled')
                        """, arguments: [table]
                ).joined(separator: ", ")
                try db.execute(sql: "DELETE FROM main.\(table)")
                try db.execute(sql: "INSERT INTO main.\(table) (\(columns)) SELECT \(columns) FROM filled.\(table)")
            }
            try db.execute(sql: "DETACH filled")
        }
        try queue.close()
    }

    @Test func `older schemas, made by MLflow's own migrations`() async throws {
        let directory = try TemporaryDirectory()
        let filled = try await MLflowStores.directory() + "/mlflow.db"
        try await MLflowStores.makeDatabases(in: directory.path, revisions: Self.revisions.map(\.id))
        let clock = TestClock()
        var written: [(service: MLflowDatabase, scenario: MLflowScenario)] = []
        for revision in Self.revisions {
            let path = "\(directory.path)/\(revision.id).db"
            try await fill(path, from: filled)
            let before = try await DatabaseSchema(at: path)
            #expect(before.revision == [revision.id])
            #expect(before.objects.contains { $0.contains("workspace") } == revision.hasWorkspaces)
            let service = try MLflowDatabase(at: path) { clock.now }
            written.append((service, try await MLflowScenario(on: service, clock)))
            #expect(try await DatabaseSchema(at: path) == before)
        }
        // MLflow migrates the copies before it reads them, which it does only where all is as it expects.
        let copies = try TemporaryDirectory()
        for revision in Self.revisions {
            try FileManager.default.copyItem(
                atPath: "\(directory.path)/\(revision.id).db", toPath: "\(copies.path)/\(revision.id).db")
        }
        try await MLflowStores.upgradeDatabases(in: copies.path, revisions: Self.revisions.map(\.id))
        let contents = try await MLflowStores.read(Self.revisions.map { "sqlite:///\(copies.path)/\($0.id).db" })
        for (content, (service, scenario)) in zip(contents, written) {
            #expect(content.runs.count == 10 + 4)
            try scenario.check(content)
            try await MLflowComparison.check(service, content)
        }
    }

    @Test(arguments: ["f00f00f00f00", nil])
    func `a revision that nobody knows, or none`(_ revision: String?) async throws {
        let directory = try TemporaryDirectory()
        let (path, filled) = (directory.path + "/mlflow.db", try await MLflowStores.directory() + "/mlflow.db")
        try FileManager.default.copyItem(atPath: filled, toPath: path)
        let queue = try DatabaseQueue(path: path)
        try await queue.write { db in
            try db.execute(sql: "DELETE FROM alembic_version")
            if let revision {
                try db.execute(sql: "INSERT INTO alembic_version VALUES (?)", arguments: [revision])
            }
            // What a later version might add.
            try db.execute(sql: "ALTER TABLE runs ADD COLUMN colour TEXT NOT NULL DEFAULT 'none'")
            try db.execute(sql: "CREATE TABLE run_links (run_uuid VARCHAR(32) REFERENCES runs (run_uuid))")
        }
        let before = try await DatabaseSchema(at: path)
        let clock = TestClock()
        let service = try MLflowDatabase(at: path) { clock.now }
        let ours = try await service.runs(in: .all, matching: nil, limit: 100)
        let known = try MLflowDatabase(at: filled) { clock.now }
        #expect(try await known.runs(in: .all, matching: nil, limit: 100) == ours)
        let run = try #require(ours.first)
        #expect(try await service.rename(run.id, to: "renamed").name == "renamed")
        #expect(try await DatabaseSchema(at: path) == before)
    }
}
