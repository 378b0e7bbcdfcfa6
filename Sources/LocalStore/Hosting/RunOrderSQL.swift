import RunModel
import RunServices
import SQLiteStatements

/// The order of a search as SQL: what it joins, the values that it compares, and where a page begins.
struct RunOrderSQL {
    /// One value that decides, and its direction. A value that may be missing comes after another that says whether it is.
    struct Term {
        var expression: String
        var isDescending = false
        var column: Int32 = 0
    }

    private(set) var terms: [Term] = []
    private(set) var joins = ""
    let digest: UInt64

    init(_ order: [RunOrder], _ sql: inout RunConditionSQL) {
        digest = SearchToken.digest("\(order.map { "\(Self.name($0.key)) \($0.isDescending)" })")
        for (index, part) in order.enumerated() { add(part, "o\(index)", &sql) }
        if !order.contains(where: { $0.key == .started }) {
            terms.append(Term(expression: Self.start, isDescending: true))
        }
        terms.append(Term(expression: "runs.id"))
        for index in terms.indices { terms[index].column = Int32(index + 1) }
    }

    /// As the indexes by start have it.
    private static let start = "COALESCE(runs.started_at, runs.created_at)"

    private mutating func add(_ order: RunOrder, _ alias: String, _ sql: inout RunConditionSQL) {
        func maybeMissing(_ expression: String) {
            terms.append(Term(expression: "(\(expression) IS NULL)"))
            terms.append(Term(expression: expression, isDescending: order.isDescending))
        }
        func always(_ expression: String) {
            terms.append(Term(expression: expression, isDescending: order.isDescending))
        }
        switch order.key {
        case .started: always(Self.start)
        case .ended: maybeMissing("runs.ended_at")
        case .created: always("runs.created_at")
        case .status(let ranks):
            let words = ranks.sorted { $0.value < $1.value }
            let cases = words.map { "WHEN \(sql.bind(.text($0.key.word))) THEN \($0.value)" }.joined(separator: " ")
            if !words.isEmpty { maybeMissing("CASE runs.status \(cases) END") }
        case .name: always("runs.name")
        case .id: always("runs.id")
        case .user: maybeMissing("NULLIF(runs.user, '')")
        case .number: always("runs.number")
        case .artifactURI: maybeMissing("runs.artifact_uri")
        case .metric(let key):
            join("latest_metrics", alias, key, &sql)
            // NULL in a row that is there is NaN.
            terms.append(
                Term(expression: "CASE WHEN \(alias).run_pk IS NULL THEN 2 ELSE \(alias).value IS NULL END"))
            always("\(alias).value")
        case .param(let key):
            join("params", alias, key, &sql)
            maybeMissing("\(alias).value")
        case .tag(let key):
            join("tags", alias, key, &sql)
            maybeMissing("\(alias).value")
        case .property(let key):
            join("properties", alias, key, &sql)
            maybeMissing("\(alias).value")
        }
    }

    private mutating func join(_ table: String, _ alias: String, _ key: String, _ sql: inout RunConditionSQL) {
        joins +=
            " LEFT JOIN \(table) AS \(alias) ON \(alias).run_pk = runs.pk AND \(alias).key = \(sql.bind(.text(key)))"
    }

    private static func name(_ key: RunOrder.Key) -> String {
        if case .status(let ranks) = key {
            return "status \(ranks.map { "\($0.key.word)=\($0.value)" }.sorted())"
        }
        return "\(key)"
    }

    var columns: String { terms.map { ", " + $0.expression }.joined() }

    var clause: String { terms.map { $0.expression + ($0.isDescending ? " DESC" : "") }.joined(separator: ", ") }

    /// What holds for the rows after a place.
    func isAfter(_ values: [SearchValue], _ sql: inout RunConditionSQL) -> String {
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

    /// The values of a row whose columns `columns` begins with the second.
    func values(of row: SQLRow) -> [SearchValue] {
        terms.map { term in
            switch row.number(term.column) {
            case .integer(let number): .number(number)
            case .real(let number): .real(number)
            default: row.isNull(term.column) ? .missing : .text(row.text(term.column))
            }
        }
    }
}
