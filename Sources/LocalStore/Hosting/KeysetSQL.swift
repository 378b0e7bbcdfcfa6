import GRDB
import RunModel
import RunServices
import SQLiteStatements

/// The order of a search as SQL: values that decide one after the other, and where a page begins.
///
/// The last value differs in every row, so that no page shifts or repeats.
struct KeysetSQL {
    /// One value that decides, and its direction.
    private struct Term {
        let expression: String
        let isDescending: Bool
    }

    /// Tells orders apart.
    let digest: UInt64
    private var terms: [Term] = []

    /// An order that nothing decides yet.
    /// - Parameter name: what no other order has.
    init(name: String) { digest = StableHash(name).value }

    /// Adds a value that every row has.
    mutating func append(_ expression: String, isDescending: Bool = false) {
        terms.append(Term(expression: expression, isDescending: isDescending))
    }

    /// Adds a value that may be missing, which then comes last whichever the direction.
    mutating func append(optional expression: String, isDescending: Bool = false) {
        append("(\(expression) IS NULL)")
        append(expression, isDescending: isDescending)
    }

    /// To be selected after the row's key.
    var columns: String { terms.map { ", " + $0.expression }.joined() }

    var clause: String { terms.map { $0.expression + ($0.isDescending ? " DESC" : "") }.joined(separator: ", ") }

    /// What holds for the rows after the place that a token names. Throws `invalid` for a token of another order.
    func isAfter(_ page: PageToken, _ sql: inout some SearchSQL) throws(RunServiceError) -> String {
        let values = try SearchToken(page, order: digest, count: terms.count).values
        var clause = "0"
        for (term, value) in zip(terms, values).reversed() {
            let bound = sql.bind(value.sql)
            clause =
                "(\(term.expression) \(term.isDescending ? "<" : ">") \(bound)"
                + " OR (\(term.expression) IS \(bound) AND \(clause)))"
        }
        // The first value alone bounds what an index is read from.
        guard let first = terms.first, let value = values.first, value != .missing else { return clause }
        return "\(first.expression) \(first.isDescending ? "<=" : ">=") \(sql.bind(value.sql)) AND \(clause)"
    }

    /// The place of a row whose columns from the second on are `columns`.
    func token(of row: SQLRow) -> PageToken {
        let values = terms.indices.map { index -> SearchValue in
            let column = Int32(index + 1)
            return switch row.number(column) {
            case .integer(let number): .number(number)
            case .real(let number): .real(number)
            default: row.isNull(column) ? .missing : .text(row.text(column))
            }
        }
        return SearchToken(order: digest, values: values).token
    }
}

extension Database {
    /// The keys of the rows on one page of a search over `table`, which may be joined to others.
    func searchPage(
        _ table: String, joins: String = "", where conditions: [String], by order: KeysetSQL, limit: Int,
        page: PageToken?, _ sql: inout some SearchSQL
    ) throws -> Page<Int64> {
        var conditions = conditions
        if let page { conditions.append(try order.isAfter(page, &sql)) }
        if limit <= 0 { return Page([]) }
        let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
        let text =
            "SELECT \(table).pk\(order.columns) FROM \(table)\(joins)\(filter) ORDER BY \(order.clause)"
            + (limit == .max ? "" : " LIMIT \(limit + 1)")
        var keys: [Int64] = []
        var last: PageToken?
        var next: PageToken?
        try forEachRow(text, sql.values, once: true) { row in
            if keys.count == limit {
                next = last
                return false
            }
            keys.append(row.integer(0))
            if keys.count == limit { last = order.token(of: row) }
            return true
        }
        return Page(keys, next: next)
    }
}
