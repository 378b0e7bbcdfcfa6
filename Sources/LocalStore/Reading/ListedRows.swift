import GRDB
import RunModel
import RunServices
import SQLiteStatements

/// The rows that a listing looks through, newest start first, in pages.
struct ListedRows {
    /// Rows read at a time while a listing looks for what matches.
    static let pageSize = 1_000

    /// The rows that count, before their order and place; ends in `AND `.
    private var restriction = "deleted_at IS NULL AND "
    private var values: [SQLValue] = []
    /// Rows of the first page: enough where every row counts.
    private let firstSize: Int

    /// Throws `notFound` for an experiment that does not exist.
    init(_ query: RunQuery, in scope: RunScope, statusIsStored: Bool, at now: Timestamp, _ db: Database) throws {
        if case .experiment(let id) = scope {
            restriction += "experiment_pk = ? AND "
            values = [.integer(try db.key(of: id))]
        }
        let pushdown = try FilterPushdown(query.filter, statusIsStored: statusIsStored, at: now, db)
        restriction += pushdown.clause
        values += pushdown.values
        let readsFew = query.filter == nil && (query.order ?? .standard) == .standard && query.limit < Self.pageSize
        firstSize = readsFew ? query.limit + 1 : Self.pageSize
    }

    /// Reads from the runs on that started at `start` (UTC milliseconds; nil begins with the newest) until `body` has enough.
    func forEachPage(from start: Int64?, _ db: Database, _ body: (RunPage) throws -> Bool) throws {
        // Start and id of the last row read: where the next page begins. The start as it is stored, since a moment that is
        // bounded would skip rows or never end.
        var (start, id) = (SQLValue.integer(start ?? .max), "")
        var size = firstSize
        while true {
            let page = try RunPage.read(
                RunPage.Selection(
                    clause: """
                        runs WHERE \(restriction)COALESCE(started_at, created_at) <= ?
                            AND (COALESCE(started_at, created_at) < ? OR id > ?)
                        ORDER BY COALESCE(started_at, created_at) DESC, id LIMIT ?
                        """,
                    values: values + [start, start, .text(id), .integer(Int64(size))]),
                from: db)
            guard try body(page), page.runs.count == size, let last = page.runs.last else { return }
            (start, id) = (page.lastStart, last.id.text)
            size = Self.pageSize
        }
    }
}
