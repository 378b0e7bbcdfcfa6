import RunModel
import RunServices
import SQLiteStatements

/// SQL that is being made of a search: the values that it binds, and the tests that it calls.
protocol SearchSQL {
    var values: [SQLValue] { get set }
    var tests: SQLTests { get }
}

extension SearchSQL {
    /// A placeholder in the clause that is being made; values are bound in the order in which these are asked for.
    mutating func bind(_ value: SQLValue) -> String {
        values.append(value)
        return "?\(values.count)"
    }

    /// A clause that is never NULL, false for what is no text.
    mutating func test(_ expression: String, _ test: @escaping @Sendable (String) -> Bool) -> String {
        let number = bind(
            tests.add { value in if case .text(let text) = value { test(text) } else { false } })
        return "COALESCE(run_test(\(number), \(expression)), 0)"
    }

    /// A clause that is never NULL, false for what is no number.
    mutating func number(_ expression: String, _ test: @escaping @Sendable (Double) -> Bool) -> String {
        let number = bind(tests.add { value in value.number.map(test) ?? false })
        return "COALESCE(run_test(\(number), \(expression)), 0)"
    }

    /// What `FilterComparator.holds` says of a text, NULL where there is none.
    mutating func compare(_ expression: String, _ comparator: FilterComparator, _ texts: [String]) -> String {
        switch comparator {
        case .isNull: return "(\(expression) IS NULL)"
        case .isNotNull: return "(\(expression) IS NOT NULL)"
        case .equal:
            // SQLite's own where its bytes and Swift's characters agree on it.
            guard texts.count == 1, texts[0].utf8.allSatisfy({ $0 < 0x80 }) else { break }
            return "COALESCE(\(expression) = \(bind(.text(texts[0]))), 0)"
        default: break
        }
        return test(expression) { comparator.holds(for: $0, texts) }
    }

    /// What `FilterComparator.holds` says of a number that is there; NULL stands for NaN.
    mutating func compare(_ expression: String, _ comparator: FilterComparator, _ value: Double) -> String {
        let sign: String
        switch comparator {
        case .isNull: return "0"
        case .isNotNull: return "1"
        case .less, .lessOrEqual, .equal, .greater, .greaterOrEqual: sign = comparator.rawValue
        // NaN equals nothing.
        case .notEqual: return "(\(expression) <> \(bind(.real(value))) OR \(expression) IS NULL)"
        default: return "0"
        }
        return "COALESCE(\(expression) \(sign) \(bind(.real(value))), 0)"
    }

    func joined(_ parts: [String], _ separator: String, _ empty: String) -> String {
        parts.isEmpty ? empty : "(" + parts.joined(separator: separator) + ")"
    }
}
