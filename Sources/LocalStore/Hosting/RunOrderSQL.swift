import RunModel
import RunServices
import SQLiteStatements

/// The order of a search for runs as SQL, and what it joins.
struct RunOrderSQL {
    private(set) var keyset: KeysetSQL
    private(set) var joins = ""

    init(_ order: [RunOrder], _ sql: inout RunConditionSQL) {
        keyset = KeysetSQL(name: "\(order.map { "\(Self.name($0.key)) \($0.isDescending)" })")
        for (index, part) in order.enumerated() { add(part, "o\(index)", &sql) }
        if !order.contains(where: { $0.key == .started }) {
            keyset.append(Self.start, isDescending: true)
        }
        keyset.append("runs.id")
    }

    /// As the indexes by start have it.
    private static let start = "COALESCE(runs.started_at, runs.created_at)"

    private mutating func add(_ order: RunOrder, _ alias: String, _ sql: inout RunConditionSQL) {
        func maybeMissing(_ expression: String) {
            keyset.append(optional: expression, isDescending: order.isDescending)
        }
        func always(_ expression: String) {
            keyset.append(expression, isDescending: order.isDescending)
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
            keyset.append("CASE WHEN \(alias).run_pk IS NULL THEN 2 ELSE \(alias).value IS NULL END")
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
}
