import GRDB
import SQLiteStatements

extension Database {
    /// Keys of the direct children, oldest first; a deleted one is none.
    func children(of parent: Int64) throws -> [Int64] {
        var keys: [Int64] = []
        try forEachRow("SELECT pk FROM runs WHERE parent_pk = ? AND deleted_at IS NULL ORDER BY pk", [.integer(parent)])
        {
            keys.append($0.integer(0))
            return true
        }
        return keys
    }

    /// Keys of all descendants, parents before children, oldest first within a depth; a deleted one is none, nor is what is
    /// below it, unless `withDeleted`.
    ///
    /// Level by level, each run once: rows that are each other's ancestors, as a damaged or forged file may hold, have no
    /// end otherwise.
    func descendants(of ancestor: Int64, withDeleted: Bool = false) throws -> [Int64] {
        var found: [Int64] = []
        var seen: Set<Int64> = [ancestor]
        var level = [ancestor]
        let sql = """
            SELECT pk FROM json_each(?) AS wanted CROSS JOIN runs ON parent_pk = wanted.value
            \(withDeleted ? "" : "WHERE deleted_at IS NULL") ORDER BY pk
            """
        while !level.isEmpty {
            var below: [Int64] = []
            try forEachRow(sql, [level.json]) {
                if seen.insert($0.integer(0)).inserted { below.append($0.integer(0)) }
                return true
            }
            found += below
            level = below
        }
        return found
    }
}
