import Algorithms
import AzureMLWire
import MLflowMeaning
import RemotePolling
package import RunModel
package import RunServices
import Synchronization

extension AzureMLWorkspace {
    /// One request for up to 100 runs of one experiment, which is all or nothing. Run history deletes no runs, so of longer
    /// or mixed batches what was created before a failure is canceled and hidden.
    @discardableResult
    package func createRuns(_ drafts: [RunDraft]) async throws(RunServiceError) -> [Run] {
        try requireWriting()
        for draft in drafts { try Self.check(draft) }
        let (ids, existing) = try await identify(drafts)
        try await checkParents(of: drafts)
        let now = clock()
        var new: [(experiment: String, run: CreateRunDto)] = []
        var planned: Set<RunID> = []
        for (draft, id) in zip(drafts, ids) where existing[id] == nil && planned.insert(id).inserted {
            new.append((draft.experimentName, Self.message(draft, id: id, at: now)))
        }
        var found = existing
        do throws(RunServiceError) {
            for name in new.map(\.experiment).uniqued() { try await makeExperiment(name) }
            for part in new.chunked(by: { $0.experiment == $1.experiment }).flatMap({ $0.chunks(ofCount: 100) }) {
                let made = try await create(part.map(\.run), in: part.first?.experiment ?? "")
                found.merge(made.map { (RunID($0.runId), $0) }) { $1 }
            }
        } catch {
            for id in found.keys where existing[id] == nil { await takeBack(id) }
            throw error
        }
        var runs: [RunID: Run] = [:]
        for run in try await take(ids.uniqued().compactMap { found[$0] }) { runs[run.id] = run }
        return ids.compactMap { runs[$0] }
    }

    private static func check(_ draft: RunDraft) throws(RunServiceError) {
        if let id = draft.id {
            try MLflowName.checkName(id.text, "run id")
            guard AzureMLAPI.isRunID(id.text), !id.text.contains("/") else {
                throw RunServiceError(.invalid, "`\(Shown.text(id.text))` cannot be the id of a run; leave it out.")
            }
        }
        try MLflowName.checkName(draft.experimentName, "experiment name")
        if let name = draft.name { try MLflowName.checkName(name, "run name") }
        for key in draft.tags.keys {
            try MLflowName.checkName(key, "tag key")
            if MLflowTag.isOurs(key) && key != MLflowTag.execution {
                throw RunServiceError(.invalid, "The tag `\(Shown.text(key))` is kept by runwatch; use another name.")
            }
        }
        for key in draft.properties.keys { try MLflowName.checkName(key, "property key") }
        for key in draft.params.keys { try MLflowName.checkName(key, "parameter key") }
    }

    /// The ids of the runs to be, and those of them that exist.
    private func identify(
        _ drafts: [RunDraft]
    ) async throws(RunServiceError) -> (ids: [RunID], existing: [RunID: RunDto]) {
        let ids = drafts.map { $0.id ?? RunID(RandomText.identifier()) }
        let chosen = drafts.compactMap(\.id).uniqued()
        let found = try await fetch(Array(chosen))
        return (ids, Dictionary(found.map { (RunID($0.runId), $0) }) { $1 })
    }

    /// Throws `notFound` for a parent that neither exists nor comes earlier in the batch.
    private func checkParents(of drafts: [RunDraft]) async throws(RunServiceError) {
        var earlier: Set<RunID> = []
        for draft in drafts {
            if let parent = draft.parentID, !earlier.contains(parent) {
                _ = try await record(of: parent)
                earlier.insert(parent)
            }
            if let id = draft.id { earlier.insert(id) }
        }
    }

    private static func message(_ draft: RunDraft, id: RunID, at now: Timestamp) -> CreateRunDto {
        var dto = CreateRunDto(runId: id.text)
        dto.parentRunId = draft.parentID?.text
        dto.status = RunStatus.notStarted.word
        dto.displayName = draft.name
        // As the SDK names runs that were given no name.
        dto.name = draft.name ?? "run_\(id.text)"
        dto.runTypeV2 = RunTypeV2(orchestrator: "External", traits: ["unspecified"])
        dto.target = "local"
        var properties: [String: AzureText] = [:]
        for entry in draft.properties.entries { properties[entry.key] = AzureText(entry.value) }
        for entry in draft.params.entries { properties[AzureRecord.paramPrefix + entry.key] = AzureText(entry.value) }
        dto.properties = properties
        var tags: [String: AzureText?] = [:]
        // What a run is made from is told as on MLflow's servers; what that protocol lacks is told by members of its own.
        var bare = RunDraft(experimentName: draft.experimentName, user: draft.user)
        bare.source = draft.source
        for tag in MLflowMapping.tags(of: bare, at: now) where ![MLflowTag.created, MLflowTag.status].contains(tag.key)
        {
            tags.updateValue(AzureText(tag.value), forKey: tag.key)
        }
        for entry in draft.tags.entries where entry.key != RunEdit.descriptionTag {
            tags.updateValue(entry.value.map(AzureText.init), forKey: entry.key)
        }
        dto.description = draft.tags.value(forKey: RunEdit.descriptionTag) ?? nil
        dto.tags = tags
        return dto
    }

    private func makeExperiment(_ name: String) async throws(RunServiceError) {
        guard let found = try await api.experiment(named: name) else {
            _ = try await api.createExperiment(named: name)
            return try await refreshExperiments()
        }
        if found.archivedTime != nil {
            throw RunServiceError(
                .conflict, "The experiment `\(Shown.text(name))` is archived; restore it or use another name.")
        }
    }

    private func create(_ runs: [CreateRunDto], in experiment: String) async throws(RunServiceError) -> [RunDto] {
        if runs.count == 1 { return [try await api.put(runs[0], in: experiment)] }
        let made = try await api.put(runs, in: experiment)
        return runs.compactMap { made[$0.runId ?? ""] }
    }

    /// As far as run history lets one.
    private func takeBack(_ id: RunID) async {
        var hidden = CreateRunDto()
        hidden.hidden = true
        try? await api.post(.of(id, "Canceled", at: clock()), to: id)
        _ = try? await api.change(id, hidden)
        replica.withLock { $0.remove(id) }
    }
}
