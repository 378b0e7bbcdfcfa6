import MLflowMeaning
import RunModel
import RunServices

extension RecordStore {
    /// Checks all drafts before anything is written; an id that exists answers with that run.
    @discardableResult
    package func createRuns(_ drafts: [RunDraft]) async throws(RunServiceError) -> [Run] {
        try requireWriting()
        let now = clock()
        return try await write { store in
            let plan = try CreationPlan(drafts, in: store, at: now)
            for var record in plan.records {
                record.experimentID = try store.experiment(named: record.experimentName, at: now)
                try store.create(record)
            }
            var created: [String: Run] = [:]
            for run in try store.runs(from: store.records(Array(Set(plan.ids))), at: now) {
                created[run.id.text] = run
            }
            return plan.ids.compactMap { created[$0] }
        }
    }
}

/// What a batch of drafts creates, checked whole before any of it is written.
private struct CreationPlan {
    /// Of each draft, in order; the same id twice names one run, which is returned twice.
    private(set) var ids: [String] = []
    /// Of the runs that do not exist yet, without their experiments' ids.
    private(set) var records: [MLflowRecord] = []

    init(_ drafts: [RunDraft], in store: some RecordTransaction, at now: Timestamp) throws {
        var planned: Set<String> = []
        for draft in drafts {
            let id = draft.id?.text ?? String(RandomText.identifier().filter { $0 != "-" })
            try MLflowName.checkRunID(id)
            if try draft.id == nil || (!planned.contains(id) && store.records([id]).isEmpty) {
                if let parent = draft.parentID, !planned.contains(parent.text) { _ = try store.record(parent) }
                records.append(try Self.record(of: draft, id: id, at: now))
                planned.insert(id)
            }
            ids.append(id)
        }
    }

    private static func record(of draft: RunDraft, id: String, at now: Timestamp) throws -> MLflowRecord {
        try MLflowName.checkName(draft.experimentName, "experiment name", limit: MLflowName.storedExperimentLimit)
        var draft = draft
        let name = draft.name ?? RandomText.runName()
        draft.name = name
        try MLflowName.checkName(name, "run name")
        for tag in draft.tags.entries { try MLflowName.checkTag(tag.key) }
        for property in draft.properties.entries { try MLflowName.checkProperty(property.key) }
        for param in draft.params.entries { try MLflowName.check(param.key, "parameter key") }
        // MLflow's own tags in a draft win over those made from its other parts, each once.
        var tags: [(key: String, value: String)] = []
        for tag in MLflowMapping.tags(of: draft, at: now) {
            if let index = tags.firstIndex(where: { $0.key.isExactly(tag.key) }) {
                tags[index] = tag
            } else {
                tags.append(tag)
            }
        }
        return MLflowRecord(
            id: id, experimentID: "", experimentName: draft.experimentName, name: name,
            status: MLflowMapping.word(for: .notStarted), startTime: now.milliseconds, user: draft.user, tags: tags,
            params: draft.params.entries.map { ($0.key, $0.value) })
    }
}

extension MLflowName {
    /// Characters; what the stores' column and every file system take.
    static let storedExperimentLimit = 250

    /// Throws `invalid` unless MLflow would take `id` as a run's (`_RUN_ID_REGEX` in its `utils/validation.py`).
    static func checkRunID(_ id: String) throws(RunServiceError) {
        try checkName(id, "run id")
        let isPlain = id.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        if isPlain && !id.hasPrefix("-") && !id.hasPrefix("_") { return }
        throw RunServiceError(
            .invalid,
            "MLflow takes no run id `\(Shown.text(id))`; use ASCII letters, digits, `_` and `-`, a letter or digit first."
        )
    }
}
