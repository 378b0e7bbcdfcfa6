import GRDB
package import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    /// An id that exists already, in the store or earlier in the batch, answers with that run and writes nothing to it.
    @discardableResult
    package func createRuns(_ drafts: [RunDraft]) async throws(RunServiceError) -> [Run] {
        try requireWriting()
        let now = clock()
        return try await connections.write { db in
            let keys = try drafts.map { try db.create($0, at: now) }
            // The same id twice in a batch names one run, which is returned twice.
            var created: [Int64: Run] = [:]
            let page = try RunPage.read(.keys(Set(keys).sorted()), from: db)
            for (key, run) in zip(page.keys, page.runs) { created[key] = run }
            return keys.compactMap { created[$0] }
        }
    }
}

extension Database {
    /// Creates a run, or finds the one that has the draft's id already.
    /// - Parameter known: the experiment's key; nil goes by the draft's name for it.
    func create(_ draft: RunDraft, in known: Int64? = nil, at now: Timestamp) throws -> Int64 {
        let id = draft.id ?? RunID(RandomText.identifier())
        if draft.id != nil {
            try Validation.check(id.text, "run id")
            guard LogDirectory.component(id).utf8.count <= Validation.identifierLimit else {
                throw RunServiceError(.invalid, "The run id `\(Shown.text(id.text))` is too long; shorten it.")
            }
            if try integer("SELECT pk FROM runs WHERE id = ?", [.text(id.text)]) != nil {
                return try key(of: id, deleted: .isRefused)
            }
        }
        let name = draft.name ?? RandomText.runName()
        try Validation.check(name, "run name")
        let experiment = try known ?? experiment(named: draft.experimentName, at: now)
        var parent: Int64?
        var root: Int64?
        if let parentID = draft.parentID {
            parent = try key(of: parentID)
            root = try parent.flatMap { try integer("SELECT root_pk FROM runs WHERE pk = ?", [.integer($0)]) }
        }
        let number = try integer(
            "UPDATE experiments SET next_run_number = next_run_number + 1 WHERE pk = ? RETURNING next_run_number - 1",
            [.integer(experiment)])
        try run(
            """
            INSERT INTO runs (id, experiment_pk, parent_pk, root_pk, number, name, status, created_at, user, revision)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
            """,
            [
                .text(id.text), .integer(experiment), SQLValue(parent), SQLValue(root), SQLValue(number), .text(name),
                .text(RunStatus.notStarted.word), .integer(now.milliseconds), .text(draft.user),
            ])
        let key = lastInsertedRowID
        if root == nil { try run("UPDATE runs SET root_pk = pk WHERE pk = ?", [.integer(key)]) }
        // A run of this id that was deleted before is not gone any more.
        try run("DELETE FROM tombstones WHERE kind = 'run' AND id = ?", [.text(id.text)])
        try touch(key)
        try addParts(of: draft, to: key)
        return key
    }

    private func addParts(of draft: RunDraft, to key: Int64) throws {
        for tag in draft.tags.entries { try setTag(tag.key, tag.value, of: key) }
        try add(draft.properties, to: .properties, of: key)
        try add(draft.params, to: .params, of: key)
        guard let source = draft.source else { return }
        try run(
            "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                .integer(key), .text(source.command.json), .text(source.directory), .text(source.host),
                SQLValue(source.revision?.commit), SQLValue(source.revision?.branch),
                SQLValue(source.revision?.repository),
            ])
    }

    /// Makes the experiment when there is none of this name. Throws `deleted` for one that was deleted.
    func experiment(named name: String, at now: Timestamp) throws -> Int64 {
        if let key = try integer("SELECT pk FROM experiments WHERE name = ?", [.text(name)]) {
            try requireActive(experiment: key)
            return key
        }
        return try createExperiment(ExperimentDraft(name: name), at: now)
    }
}
