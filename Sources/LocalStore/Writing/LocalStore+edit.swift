import GRDB
package import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    /// One transaction, so a change that is refused takes back those before it.
    @discardableResult
    package func edit(_ id: RunID, _ edit: RunEdit) async throws(RunServiceError) -> Run {
        try require(edit)
        let now = clock()
        return try await connections.write { db in
            let key = try db.key(of: id, deleted: .isRefused)
            if let transition = edit.transition {
                let times = (edit.startedAt, edit.endedAt)
                try db.apply(transition, to: key, onBehalfOf: edit.origin, times: times, at: now)
            }
            let before = edit.isAnnotation ? try db.run(key) : nil
            try db.annotate(key, with: edit)
            if try db.append(edit.metrics, to: key, onBehalfOf: edit.origin, at: now) { try db.touch(key) }
            let after = try db.run(key)
            if let before, before != after { try db.touch(key) }
            return after
        }
    }
}

extension RunEdit {
    /// Whether it changes what is told of a run apart from its status and its metrics.
    var isAnnotation: Bool {
        name != nil || !tags.isEmpty || !properties.isEmpty || !params.isEmpty
    }
}

extension Database {
    /// Changes what `isAnnotation` looks at, which is left to the caller to count.
    func annotate(_ key: Int64, with edit: RunEdit) throws {
        for tag in edit.tags { try apply(tag, to: key) }
        if let name = edit.name { try rename(key, to: name) }
        try add(edit.properties, to: .properties, of: key)
        try add(edit.params, to: .params, of: key)
    }

    private func apply(_ edit: TagEdit, to key: Int64) throws {
        switch edit {
        case .set(let name, let value): try setTag(name, value, of: key)
        case .delete(let name):
            try run("DELETE FROM tags WHERE run_pk = ? AND key = ?", [.integer(key), .text(name)])
        }
    }

    private func rename(_ key: Int64, to name: String) throws {
        try Validation.check(name, "run name")
        try run("UPDATE runs SET name = ? WHERE pk = ?", [.text(name), .integer(key)])
    }

    func setTag(_ name: String, _ value: String?, of key: Int64) throws {
        try Validation.check(name, "tag key")
        try run("INSERT OR REPLACE INTO tags VALUES (?, ?, ?)", [.integer(key), .text(name), SQLValue(value)])
    }

    /// Throws `immutable` at the first key that has another value; the transaction around takes the others back.
    func add(_ values: KeyedValues<String>, to table: WriteOnceTable, of key: Int64) throws {
        for entry in values.entries {
            try Validation.check(entry.key, "\(table.noun) key")
            let row: [SQLValue] = [.integer(key), .text(entry.key)]
            let sql = "SELECT value FROM \(table.rawValue) WHERE \(table.owner) = ? AND key = ?"
            let existing = try first(sql, row) { $0.text(0) }
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
}
