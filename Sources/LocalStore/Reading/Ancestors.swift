import GRDB
import RunModel
import SQLiteStatements

/// The runs above those of a page, each read once; siblings share one copy of their parent's id.
struct Ancestors {
    private struct Row {
        var id: RunID
        var parent: Int64?
    }

    private var rows: [Int64: Row?] = [:]

    /// Levels looked up: far beyond any real tree, and little enough that a forged chain costs nothing.
    private static let depthLimit = 1_000

    /// Nil when there is no such run, or it was deleted.
    mutating func id(of key: Int64, _ db: Database) throws -> RunID? { try row(key, db)?.id }

    /// Whether the run `key` is found on the way up from `itself`, its parent, as in a file that is damaged or forged.
    mutating func isAbove(_ key: Int64, itself parent: Int64, _ db: Database) throws -> Bool {
        var next: Int64? = parent
        for _ in 0..<Self.depthLimit {
            guard let current = next else { return false }
            if current == key { return true }
            next = try row(current, db)?.parent
        }
        return false
    }

    private mutating func row(_ key: Int64, _ db: Database) throws -> Row? {
        if let known = rows[key] { return known }
        let found = try db.first("SELECT id, parent_pk FROM runs WHERE pk = ? AND deleted_at IS NULL", [.integer(key)])
        {
            Row(id: RunID($0.text(0)), parent: $0.optionalInteger(1))
        }
        rows.updateValue(found, forKey: key)
        return found
    }
}
