import GRDB
import RunServices
import SQLiteStatements

/// The schema of `runs.db` and its forward-only migrations, counted by `PRAGMA user_version`.
///
/// To change the schema append a migration; never edit one that was released. Adding a column is instant at any size in
/// SQLite.
enum StoreSchema {
    /// "rwdb" in ASCII: `PRAGMA application_id` of our files, so that another program's database is never taken for one.
    static let applicationID: Int64 = 0x7277_6462

    private static let migrations = [first, second, third]

    /// The version that this build reads and writes.
    static var version: Int64 { Int64(migrations.count) }

    /// What an existing file is to this build.
    enum State: Equatable {
        case current
        case older(Int64)
        case newer(Int64)
        case empty
        case foreign
    }

    static func state(of db: Database) throws -> State {
        let found = try db.integer("PRAGMA user_version") ?? 0
        if found > version { return .newer(found) }
        if found > 0 {
            guard try db.integer("PRAGMA application_id") == applicationID else { return .foreign }
            return found == version ? .current : .older(found)
        }
        return try db.integer("SELECT COUNT(*) FROM sqlite_master") == 0 ? .empty : .foreign
    }

    /// Brings an empty or older store up to `version`, each step all or nothing.
    static func migrate(_ db: Database) throws {
        // Stored in the file, so that only a store's creator pays for asking; not allowed inside a transaction.
        try db.run("PRAGMA journal_mode = WAL")
        // Several processes may open a new store at once: the first to get the lock creates it, the rest look again.
        try db.inTransaction(.immediate) {
            let done: Int64
            switch try state(of: db) {
            case .empty: done = 0
            case .older(let version): done = version
            case .current, .newer, .foreign: return .rollback
            }
            for (offset, sql) in migrations.enumerated().dropFirst(Int(done)) {
                try db.execute(sql: sql)
                try db.execute(sql: "PRAGMA user_version = \(offset + 1)")
            }
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            if done == 0 {
                try db.run("INSERT INTO store VALUES (1, ?, 0)", [.text(RandomText.identifier())])
            }
            return .commit
        }
    }
}
