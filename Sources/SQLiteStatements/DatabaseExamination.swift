import Dispatch
import GRDB

/// What a database of SQLite says of itself, for who looks after it.
package struct DatabaseExamination: Sendable {
    /// `PRAGMA user_version`.
    package private(set) var userVersion: Int64 = 0
    /// `PRAGMA journal_mode`.
    package private(set) var journal = ""
    /// The revision that MLflow's migrations have brought it to; nil where they keep none.
    package private(set) var alembicVersion: String?
    /// What `PRAGMA quick_check` complains of; empty for a sound database, nil when the time was not enough.
    package private(set) var complaints: [String]?

    /// Reads without writing; the check ends after `seconds`. Throws SQLite's errors. Blocks its thread.
    package init(path: String, seconds: Int) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(1)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let alarm = DispatchWorkItem { queue.interrupt() }
        defer { alarm.cancel() }
        try queue.inDatabase { db in
            userVersion = try db.integer("PRAGMA user_version") ?? 0
            journal = try db.first("PRAGMA journal_mode") { $0.text(0) } ?? ""
            if try db.integer("SELECT COUNT(*) FROM sqlite_master WHERE name = 'alembic_version'") ?? 0 > 0 {
                alembicVersion = try db.first("SELECT version_num FROM alembic_version LIMIT 1") { $0.text(0) }
            }
            DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: alarm)
            do {
                var found: [String] = []
                try db.forEachRow("PRAGMA quick_check(10)") { row in
                    if row.text(0) != "ok" { found.append(row.text(0)) }
                    return true
                }
                complaints = found
            } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
                complaints = nil
            }
        }
    }
}
