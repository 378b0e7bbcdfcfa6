import GRDB
import RunModel
import RunServices
import SQLiteStatements

extension Database {
    /// Replaces the members that are given; the last writer wins, and warnings add up (contract clause H10).
    func change(documentOf key: Int64, by change: RunDocument) throws {
        if change == RunDocument() { return }
        let creator = change.creator
        let values: [SQLValue] = [
            .integer(key), SQLValue(change.runType), SQLValue(change.orchestrator),
            change.traits.isEmpty ? .null : .text(change.traits.json), SQLValue(change.target),
            SQLValue(change.scriptName), SQLValue(change.isHidden.map { $0 ? Int64(1) : 0 }),
            SQLValue(change.sendsHeartbeats.map { $0 ? Int64(1) : 0 }), SQLValue(creator?.name),
            SQLValue(creator?.objectID), SQLValue(creator?.tenantID), SQLValue(change.error),
        ]
        // Who created a run is told as one: another creator's name does not go with the ids of the first.
        let assignments = Self.members.map { "\($0) = COALESCE(excluded.\($0), \($0))" }
        let creators = Self.creatorMembers.map { "\($0) = " + (creator == nil ? $0 : "excluded.\($0)") }
        try run(
            """
            INSERT INTO run_documents (run_pk, \((Self.members + Self.creatorMembers + ["error"]).joined(separator: ", ")))
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET \((assignments + creators).joined(separator: ", ")),
                error = COALESCE(excluded.error, error)
            """, values)
        for (name, text) in change.others {
            try run(
                "INSERT OR REPLACE INTO run_document_members VALUES (?, ?, ?)",
                [.integer(key), .text(name), .text(text)])
        }
        for warning in change.warnings {
            try run(
                """
                INSERT INTO run_warnings
                SELECT ?1, COALESCE((SELECT MAX(seq) + 1 FROM run_warnings WHERE run_pk = ?1), 0), ?2, ?3
                """, [.integer(key), .text(warning.source), .text(warning.message)])
        }
    }

    private static let members = [
        "run_type", "orchestrator", "traits", "target", "script_name", "hidden", "heartbeats",
    ]
    private static let creatorMembers = ["creator_name", "creator_object", "creator_tenant"]
}
