import GRDBSQLite
import RunModel
import SQLiteStatements

/// A metric's value as a column without affinity holds it: REAL, TEXT, or NULL for NaN, which SQLite cannot hold.
enum StoredMetricValue {
    static func decode(_ row: SQLRow, _ column: Int32) -> MetricValue {
        switch sqlite3_column_type(row.statement, column) {
        case SQLITE_NULL: .number(.nan)
        case SQLITE_TEXT: .text(row.text(column))
        default: .number(sqlite3_column_double(row.statement, column))
        }
    }

    static func encode(_ value: MetricValue) -> SQLValue {
        switch value {
        case .number(let number): number.isNaN ? .null : .real(number)
        case .text(let text): .text(text)
        }
    }
}
