import GRDB
package import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    @discardableResult
    package func editTags(_ edits: [TagEdit], of id: RunID) async throws(RunServiceError) -> Run {
        if let reason = capabilities.editTags.reason { throw RunServiceError(.unsupported, reason) }
        return try await connections.write { db in
            let key = try db.key(of: id)
            let before = try db.run(key)
            for edit in edits {
                switch edit {
                case .set(let name, let value): try db.setTag(name, value, of: key)
                case .delete(let name):
                    try db.run("DELETE FROM tags WHERE run_pk = ? AND key = ?", [.integer(key), .text(name)])
                }
            }
            return try db.touchIfChanged(key, since: before)
        }
    }

    @discardableResult
    package func rename(_ id: RunID, to name: String) async throws(RunServiceError) -> Run {
        if let reason = capabilities.editTags.reason { throw RunServiceError(.unsupported, reason) }
        return try await connections.write { db in
            let key = try db.key(of: id)
            let before = try db.run(key)
            try Validation.check(name, "run name")
            try db.run("UPDATE runs SET name = ? WHERE pk = ?", [.text(name), .integer(key)])
            return try db.touchIfChanged(key, since: before)
        }
    }

    @discardableResult
    package func addProperties(_ properties: Properties, to id: RunID) async throws(RunServiceError) -> Run {
        try await add(properties, to: .properties, of: id)
    }

    @discardableResult
    package func logParams(_ params: Params, to id: RunID) async throws(RunServiceError) -> Run {
        try await add(params, to: .params, of: id)
    }

    private func add(
        _ values: KeyedValues<String>, to table: WriteOnceTable, of id: RunID
    ) async throws(RunServiceError) -> Run {
        try requireWriting()
        return try await connections.write { db in
            let key = try db.key(of: id)
            let before = try db.run(key)
            try db.add(values, to: table, of: key)
            return try db.touchIfChanged(key, since: before)
        }
    }
}

/// The two kinds of values that never change once set.
enum WriteOnceTable: String, Sendable {
    case properties
    case params

    /// What a person calls one of them.
    var noun: String { self == .properties ? "property" : "parameter" }
}

extension Database {
    func setTag(_ name: String, _ value: String?, of key: Int64) throws {
        try Validation.check(name, "tag key")
        try run("INSERT OR REPLACE INTO tags VALUES (?, ?, ?)", [.integer(key), .text(name), SQLValue(value)])
    }

    /// Throws `immutable` at the first key that has another value; the transaction around takes the others back.
    func add(_ values: KeyedValues<String>, to table: WriteOnceTable, of key: Int64) throws {
        for entry in values.entries {
            try Validation.check(entry.key, "\(table.noun) key")
            let row: [SQLValue] = [.integer(key), .text(entry.key)]
            let existing = try first("SELECT value FROM \(table.rawValue) WHERE run_pk = ? AND key = ?", row) {
                $0.text(0)
            }
            guard let existing else {
                try run("INSERT INTO \(table.rawValue) VALUES (?, ?, ?)", row + [.text(entry.value)])
                continue
            }
            // Compared byte by byte: what looks equal to Swift may be another text.
            if !existing.utf8.elementsEqual(entry.value.utf8) {
                throw RunServiceError(
                    .immutable,
                    "The \(table.noun) `\(Shown.text(entry.key))` is `\(Shown.text(existing))` and cannot become "
                        + "`\(Shown.text(entry.value))`; nothing was changed.")
            }
        }
    }

    /// The run as it is now, counted as changed only when it differs.
    fileprivate func touchIfChanged(_ key: Int64, since before: Run) throws -> Run {
        let after = try run(key)
        if after != before { try touch(key) }
        return after
    }
}
