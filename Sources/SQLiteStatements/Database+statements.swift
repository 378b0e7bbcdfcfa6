package import GRDB
import GRDBSQLite

/// Tells SQLite to copy a bound text at once: SQLITE_TRANSIENT, a cast of -1 that the importer cannot express.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

extension Database {
    /// Runs a statement to its end, calling `body` for each row until it answers false.
    ///
    /// The statement is prepared once per connection; `body` must not run the same SQL again.
    /// - Parameter once: forgets the statement, for SQL that strangers give a shape of their own.
    package func forEachRow(
        _ sql: String, _ values: [SQLValue] = [], once: Bool = false, _ body: (SQLRow) throws -> Bool
    ) throws {
        // Held on to, for a statement that is forgotten ends with its last reference.
        let prepared = try once ? makeStatement(sql: sql) : cachedStatement(sql: sql)
        let statement = prepared.sqliteStatement
        defer { withExtendedLifetime(prepared) { _ = sqlite3_reset(statement) } }
        try bind(values, to: statement, of: sql)
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: if try !body(SQLRow(statement: statement)) { return }
            case SQLITE_DONE: return
            default: throw lastError(sql)
            }
        }
    }

    /// Runs a statement whose rows, if any, do not matter.
    package func run(_ sql: String, _ values: [SQLValue] = []) throws {
        try forEachRow(sql, values) { _ in true }
    }

    /// The first row made a value; nil when there is none.
    ///
    /// The statement still runs to its end, for SQLite commits a write only then.
    package func first<Value>(
        _ sql: String, _ values: [SQLValue] = [], _ make: (SQLRow) throws -> Value
    ) throws -> Value? {
        var value: Value?
        try forEachRow(sql, values) { row in
            if value == nil { value = try make(row) }
            return true
        }
        return value
    }

    /// The first column of the first row as a number; nil when there is no row.
    package func integer(_ sql: String, _ values: [SQLValue] = []) throws -> Int64? {
        try first(sql, values) { $0.integer(0) }
    }

    private func bind(_ values: [SQLValue], to statement: OpaquePointer, of sql: String) throws {
        var index: Int32 = 0
        for value in values {
            index += 1
            let code =
                switch value {
                case .null: sqlite3_bind_null(statement, index)
                case .integer(let number): sqlite3_bind_int64(statement, index, number)
                case .real(let number): sqlite3_bind_double(statement, index, number)
                case .text(var text):
                    text.withUTF8 { utf8 in
                        // An empty Swift text has no address, which SQLite would take for NULL.
                        utf8.withMemoryRebound(to: CChar.self) {
                            $0.baseAddress == nil
                                ? sqlite3_bind_text(statement, index, "", 0, copied)
                                : sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), copied)
                        }
                    }
                }
            guard code == SQLITE_OK else { throw lastError(sql) }
        }
    }

    private func lastError(_ sql: String) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(sqliteConnection)), message: lastErrorMessage,
            sql: sql)
    }
}

extension [Int64] {
    /// A JSON array, the one way to bind a list of any length; `json_each` unfolds it in this order.
    package var json: SQLValue { .text("[" + map(String.init).joined(separator: ",") + "]") }
}

extension Database {
    /// Runs `body` between `begin` and COMMIT; rolls back and throws on when anything fails.
    package func transaction<Value>(_ begin: String, _ body: (Database) throws -> Value) throws -> Value {
        try cachedStatement(sql: begin).execute()
        do {
            let value = try body(self)
            try cachedStatement(sql: "COMMIT").execute()
            return value
        } catch {
            // Some failures have rolled back already (a full disk, for one); what went wrong is the first error.
            // GRDB's own rollback goes through even when the task was cancelled, which other statements then refuse.
            if isInsideTransaction { try? rollback() }
            throw error
        }
    }
}
