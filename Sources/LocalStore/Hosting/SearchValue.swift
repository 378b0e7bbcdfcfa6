import SQLiteStatements

/// A value that a search orders by.
enum SearchValue: Hashable {
    case number(Int64)
    case real(Double)
    case text(String)
    case missing

    var sql: SQLValue {
        switch self {
        case .number(let number): .integer(number)
        case .real(let number): .real(number)
        case .text(let text): .text(text)
        case .missing: .null
        }
    }
}
