import MLflowMeaning
import MLflowWire
import RemotePolling
package import RunModel
package import RunServices
import Synchronization

extension MLflowServer {
    /// An MLflow server knows no transactions: what was created before a failure is deleted again.
    @discardableResult
    package func createRuns(_ drafts: [RunDraft]) async throws(RunServiceError) -> [Run] {
        try requireWriting()
        for draft in drafts { try check(draft) }
        var created: [String] = []
        var newExperiments: [String] = []
        do throws(RunServiceError) {
            for parent in Set(drafts.compactMap(\.parentID)) { _ = try await take([try await api.run(parent.text)]) }
            var experiments: [String: String] = [:]
            var runs: [WireRun] = []
            for draft in drafts {
                if experiments[draft.experimentName] == nil {
                    let (experiment, isNew) = try await experiment(named: draft.experimentName)
                    if isNew { newExperiments.append(experiment) }
                    experiments[draft.experimentName] = experiment
                }
                let run = try await create(draft, in: experiments[draft.experimentName] ?? "")
                created.append(run.info.runID)
                runs.append(try await finish(draft, run))
            }
            return try await take(runs)
        } catch {
            for id in created {
                let _: WireNothing? = try? await api.post("runs/delete", WireRunReference(run_id: id))
                replica.withLock { $0.remove(RunID(id)) }
            }
            for id in newExperiments {
                let _: WireNothing? = try? await api.post("experiments/delete", ["experiment_id": id])
            }
            throw error
        }
    }

    private func check(_ draft: RunDraft) throws(RunServiceError) {
        if let id = draft.id {
            try MLflowName.checkName(id.text, "run id")
            throw RunServiceError(.unsupported, "An MLflow server chooses the ids of its runs; leave the id out.")
        }
        try MLflowName.checkName(draft.experimentName, "experiment name", limit: MLflowName.experimentLimit)
        if let name = draft.name { try MLflowName.checkName(name, "run name") }
        for key in draft.tags.keys { try MLflowName.checkTag(key) }
        for key in draft.properties.keys { try MLflowName.checkProperty(key) }
        for param in draft.params.entries {
            try MLflowName.check(param.key, "parameter key")
            _ = try StoredText.param(param.value, of: param.key)
        }
        _ = try tags(of: draft, at: clock())
    }

    private func tags(of draft: RunDraft, at now: Timestamp) throws(RunServiceError) -> [WireEntry] {
        try StoredText.storable(MLflowEdit(setTags: MLflowMapping.tags(of: draft, at: now))).setTags.map {
            WireEntry(key: $0.key, value: $0.value)
        }
    }

    private func create(_ draft: RunDraft, in experiment: String) async throws(RunServiceError) -> WireRun {
        let now = clock()
        let answer: WireRunAnswer = try await api.post(
            "runs/create",
            WireRunCreation(
                experiment_id: experiment, start_time: now.milliseconds, run_name: draft.name,
                user_id: draft.user.isEmpty ? nil : draft.user,
                tags: try tags(of: draft, at: now)),
            isRepeatable: false)
        return answer.run
    }

    /// A run is created as RUNNING, whatever one asks for.
    private func finish(_ draft: RunDraft, _ run: WireRun) async throws(RunServiceError) -> WireRun {
        var run = run
        let status = MLflowMapping.word(for: .notStarted)
        let _: WireNothing = try await api.post("runs/update", WireRunUpdate(run_id: run.info.runID, status: status))
        run.info.status = status
        let params = draft.params.entries.map { ($0.key, $0.value) }
        try await logParams(params, to: RunID(run.info.runID))
        run.data?.params = params.map { WireEntry(key: $0.0, value: $0.1) }
        return run
    }

    private func experiment(named name: String) async throws(RunServiceError) -> (id: String, isNew: Bool) {
        if let id = try await findExperiment(name) { return (id, false) }
        do throws(RunServiceError) {
            let created: WireCreatedExperiment = try await api.post(
                "experiments/create", WireExperimentCreation(name: name), isRepeatable: false)
            try await refreshExperiments()
            return (created.experimentID, true)
        } catch {
            // Another client may have been faster, or a deleted experiment holds the name.
            if let id = try await findExperiment(name) { return (id, false) }
            throw error
        }
    }

    private func findExperiment(_ name: String) async throws(RunServiceError) -> String? {
        do throws(RunServiceError) {
            let answer: WireExperimentAnswer = try await api.get(
                "experiments/get-by-name", [("experiment_name", name)])
            if answer.experiment.lifecycleStage == "deleted" {
                throw RunServiceError(
                    .conflict, "The experiment `\(Shown.text(name))` has been deleted; restore it or use another name.")
            }
            return answer.experiment.experimentID
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }
}
