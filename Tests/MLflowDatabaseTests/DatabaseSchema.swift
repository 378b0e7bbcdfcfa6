import GRDB
import RunServices

/// All of a database that is not rows of runs: what a migration would change.
struct DatabaseSchema: Equatable {
    let revision: [String]
    let objects: [String]
    let journalMode: String?

    init(at path: String) async throws {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        (revision, objects, journalMode) = try await queue.read { db in
            (
                try String.fetchAll(db, sql: "SELECT version_num FROM alembic_version"),
                try String.fetchAll(db, sql: "SELECT type || name || COALESCE(sql, '') FROM sqlite_master ORDER BY 1"),
                try String.fetchOne(db, sql: "PRAGMA journal_mode")
            )
        }
        try queue.close()
    }

    init(of service: any SupervisedRunService) async throws {
        try await self.init(at: String(service.address.dropFirst("sqlite:///".count)))
    }
}
