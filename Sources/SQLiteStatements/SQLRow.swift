import GRDBSQLite

/// The current row of a statement, read by column position without a copy in between; valid until the next step.
package struct SQLRow {
    /// SQLite's own, for what is not asked for here.
    package let statement: OpaquePointer

    /// Whether the column holds NULL.
    package func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    /// 0 for NULL and for a text that is no number; a REAL beyond 64 bits is the nearest that fits.
    package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    /// 0 for NULL and for a text that is no number.
    package func real(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }

    /// A pid, an exit status or a signal. A number beyond 32 bits, which only a damaged or forged row holds, becomes 0.
    package func int32(_ column: Int32) -> Int32 { Int32(exactly: integer(column)) ?? 0 }

    /// Nil for NULL.
    package func optionalInt32(_ column: Int32) -> Int32? { isNull(column) ? nil : int32(column) }

    /// How many there are of something: never negative, and far from where sums overflow.
    package func count(_ column: Int32) -> Int { Int(min(max(integer(column), 0), 1 << 53)) }

    /// A number to be compared with its own column again, as it is stored; NULL for what is no number.
    package func number(_ column: Int32) -> SQLValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: .integer(integer(column))
        case SQLITE_FLOAT: .real(real(column))
        default: .null
        }
    }

    /// Nil for NULL.
    package func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

    /// The bytes of a text; empty for NULL.
    package func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
        // The text must be asked for before its length, which a conversion may change.
        let start = sqlite3_column_text(statement, column)
        return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
    }

    /// Empty for NULL; bytes that are no UTF-8 are replaced.
    package func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

    /// Nil for NULL.
    package func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
}
