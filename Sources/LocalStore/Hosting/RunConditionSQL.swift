import GRDB
import RunModel
import RunServices
import SQLiteStatements

/// A condition on runs as SQL over `runs`, never NULL.
struct RunConditionSQL: SearchSQL {
    var values: [SQLValue] = []
    let tests = SQLTests()
    let silent: [Int64]
    let now: Timestamp
    let db: Database

    /// - Parameter silent: runs that are shown as NotResponding though the store says otherwise.
    init(silent: [Int64], at now: Timestamp, _ db: Database) {
        self.silent = silent
        self.now = now
        self.db = db
    }

    mutating func clause(_ condition: RunCondition) throws -> String {
        switch condition {
        case .and(let parts): try joined(parts.map { try clause($0) }, " AND ", "1")
        case .or(let parts): try joined(parts.map { try clause($0) }, " OR ", "0")
        case .not(let part): try "NOT " + clause(part)
        case .filter(let filter): try clause(filter.predicate)
        case .field(let field, let comparator, let texts): clause(field, comparator, texts)
        }
    }

    mutating func clause(_ predicate: FilterPredicate) throws -> String {
        switch predicate {
        case .and(let parts): return joined(try parts.map { try clause($0) }, " AND ", "1")
        case .or(let parts): return joined(try parts.map { try clause($0) }, " OR ", "0")
        case .not(let part): return "NOT " + (try clause(part))
        case .never: return "0"
        case .isPresent(let key): return present(key)
        case .nameOrID(let word):
            return "(" + test("runs.name", word.isContained) + " OR " + test("runs.id", word.isContained) + ")"
        case .status(let test): return try status(test)
        case .text(.experiment, let test, let negated): return try experiment(test, negated)
        case .text(let key, let test, let negated): return text(key, test, negated: negated)
        case .anyEntry(let key, let word): return anyEntry(key, word)
        case .metric(let key, let test, let negated): return metric(key, test, negated: negated)
        case .number(let test, let negated):
            let number = number("runs.number") { test.passes($0) != negated }
            return number
        case .span(let key, let range, let negated): return span(key, range, negated: negated)
        case .attention(let wanted, let negated): return attention(wanted, negated: negated)
        }
    }
}
