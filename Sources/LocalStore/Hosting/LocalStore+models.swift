import GRDB
import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    /// One transaction.
    package func createModel(_ draft: LoggedModelDraft) async throws(RunServiceError) -> LoggedModel {
        try requireWriting()
        let now = clock()
        return try await connections.write { db in
            let experiment = try db.key(of: .id(draft.experimentID))
            try db.requireActive(experiment: experiment)
            if let run = draft.sourceRunID { _ = try db.key(of: run, deleted: .counts) }
            let name = draft.name ?? RandomText.runName()
            try Validation.check(name, "model's name", limit: Validation.experimentLimit)
            let id = "m-" + RandomText.identifier().replacing("-", with: "")
            try db.run(
                """
                INSERT INTO logged_models (id, experiment_pk, name, source_run, status, model_type, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(id), .integer(experiment), .text(name), SQLValue(draft.sourceRunID?.text),
                    .text(LoggedModel.Status.pending.rawValue), .text(draft.modelType), .integer(now.milliseconds),
                    .integer(now.milliseconds),
                ])
            let key = db.lastInsertedRowID
            for tag in draft.tags.entries { try db.setModelTag(tag.key, tag.value, of: key) }
            try db.addModelParams(draft.params, to: key)
            return try Self.only(db.models([key]))
        }
    }

    /// One snapshot.
    package func model(_ id: String) async throws(RunServiceError) -> LoggedModel {
        try await connections.readSnapshot { db in try Self.only(db.models([db.modelKey(id)])) }
    }

    /// One transaction.
    @discardableResult
    package func editModel(_ id: String, _ edit: LoggedModelEdit) async throws(RunServiceError) -> LoggedModel {
        try requireWriting()
        let now = clock()
        return try await connections.write { db in
            let key = try db.modelKey(id)
            if let status = edit.status {
                try db.run(
                    "UPDATE logged_models SET status = ?, updated_at = ? WHERE pk = ?",
                    [.text(status.rawValue), .integer(now.milliseconds), .integer(key)])
            }
            for tag in edit.tags {
                switch tag {
                case .set(let name, let value): try db.setModelTag(name, value, of: key)
                case .delete(let name):
                    try db.run(
                        "DELETE FROM model_tags WHERE model_pk = ? AND key = ?", [.integer(key), .text(name)])
                }
            }
            try db.addModelParams(edit.params, to: key)
            return try Self.only(db.models([key]))
        }
    }

    /// The row stays, with the time of its deletion.
    package func deleteModel(_ id: String) async throws(RunServiceError) {
        try requireWriting()
        let now = clock()
        try await connections.write { db in
            let moment = SQLValue.integer(now.milliseconds)
            try db.run(
                "UPDATE logged_models SET deleted_at = ?, updated_at = ? WHERE pk = ?",
                [moment, moment, .integer(db.modelKey(id))])
        }
    }

    private static func only(_ models: [LoggedModel]) throws -> LoggedModel {
        if let model = models.first { return model }
        throw RunServiceError(.notFound, "The logged model is not in this store any more.")
    }
}

extension Database {
    fileprivate func setModelTag(_ name: String, _ value: String?, of key: Int64) throws {
        try Validation.check(name, "tag key")
        try run("INSERT OR REPLACE INTO model_tags VALUES (?, ?, ?)", [.integer(key), .text(name), SQLValue(value)])
    }

    fileprivate func addModelParams(_ params: Params, to key: Int64) throws {
        try add(params, to: .modelParams, of: key)
    }
}
