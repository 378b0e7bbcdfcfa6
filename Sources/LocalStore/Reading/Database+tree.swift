import GRDB
import SQLiteStatements

extension Database {
    /// Keys of the direct children, oldest first.
    func children(of parent: Int64) throws -> [Int64] {
        var keys: [Int64] = []
        try forEachRow("SELECT pk FROM runs WHERE parent_pk = ? ORDER BY pk", [.integer(parent)]) {
            keys.append($0.integer(0))
            return true
        }
        return keys
    }

    /// Keys of all descendants, parents before children, oldest first within a depth.
    func descendants(of ancestor: Int64) throws -> [(key: Int64, depth: Int64)] {
        var found: [(Int64, Int64)] = []
        let sql = """
            WITH RECURSIVE tree (key, depth) AS (
                SELECT pk, 1 FROM runs WHERE parent_pk = ?
                UNION ALL SELECT pk, depth + 1 FROM runs JOIN tree ON parent_pk = tree.key
            )
            SELECT key, depth FROM tree ORDER BY depth, key
            """
        try forEachRow(sql, [.integer(ancestor)]) {
            found.append(($0.integer(0), $0.integer(1)))
            return true
        }
        return found
    }
}
