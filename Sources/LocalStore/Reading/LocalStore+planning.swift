import GRDB
import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore: PagePlanning {
    /// Walks over starts and ids alone, which takes a tenth of the time of reading the runs.
    package func pageStarts(
        in scope: RunScope, pageSize: Int, limit: Int
    ) async throws(RunServiceError) -> [PageToken] {
        try await connections.read { db in
            var (restriction, values) = ("", [SQLValue]())
            if case .experiment(let id) = scope {
                restriction = "experiment_pk = ? AND "
                values = [.integer(try db.key(of: id))]
            }
            let sql = """
                SELECT COALESCE(started_at, created_at), id FROM runs WHERE \(restriction)deleted_at IS NULL
                ORDER BY COALESCE(started_at, created_at) DESC, id
                """
            var tokens: [PageToken] = []
            var count = 0
            try db.forEachRow(sql, values) { row in
                count += 1
                if count % pageSize == 0 {
                    let start = Timestamp(milliseconds: row.integer(0)).milliseconds
                    tokens.append(
                        PageToken(
                            after: SortOrder.Position(
                                key: .number(Double(start)), start: start, id: RunID(row.text(1)))))
                }
                return tokens.count < limit
            }
            return tokens
        }
    }
}
