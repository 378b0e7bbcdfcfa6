import Hummingbird
import MLflowMeaning
import MLflowWire
import RunModel
import RunServices

/// `runs/…` but for searches and what runs log.
extension MLflowEndpoints {
    var runs: [MLflowEndpoint] {
        let id = MessageField.text("run_id").required
        return [
            .post(
                "runs/create",
                [
                    .text("experiment_id"), .integer("start_time"), .text("run_name"), .text("user_id"),
                    .entries("tags"),
                ]
            ) { message, _ in try await createRun(message) },
            .get("runs/get", [id]) { message, _ in
                Self.answer("run", RunMapping.wire(try await run(message.runID)))
            },
            .post("runs/update", [id, .integer("end_time"), .word("status", Self.statuses), .text("run_name")]) {
                message, _ in try await updateRun(message)
            },
            .post("runs/delete", [id]) { message, _ in try await setStage(.deleted, ofRun: message.runID) },
            .post("runs/restore", [id]) { message, _ in try await setStage(.active, ofRun: message.runID) },
            .post("runs/set-tag", [id, .text("key").required, .text("value")]) { message, _ in
                let tag = WireEntry(key: message.text("key"), value: message.text("value"))
                return try await record(MLflowChange(tags: [try MLflowLimits.tag(tag)]), on: message.runID)
            },
            .post("runs/delete-tag", [id, .text("key").required]) { message, _ in
                try await deleteTag(message.text("key"), of: message.runID)
            },
        ]
    }

    /// Numbers of an enumeration begin at 1.
    private static let statuses = ["", "RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"]

    /// Deleted ones too.
    func run(_ id: String) async throws -> HostedRun {
        if let run = try await service.hostedRuns([RunID(id)]).first { return run }
        throw Self.noRun(id)
    }

    /// Throws for a deleted one what MLflow says where it wants an active one.
    func activeRun(_ id: String) async throws -> HostedRun {
        let run = try await run(id)
        if run.stage == .active { return run }
        throw Self.deletedRun(id)
    }

    /// Makes a change, and tells in MLflow's words why it cannot be made.
    func record(_ change: MLflowChange, on id: String, isBatch: Bool = false) async throws -> Response {
        var edit = change.edit
        do throws(RunServiceError) {
            try await service.record(edit, on: RunID(id))
        } catch {
            switch error.code {
            case .notFound where edit.parentID != nil:
                // MLflow keeps the name of a parent that it does not know.
                edit.parentID = nil
                _ = try await run(id)
                try await service.record(edit, on: RunID(id))
            case .notFound:
                // What else the change names may be what is missing.
                _ = try await run(id)
                throw error
            case .deleted: throw Self.deletedRun(id)
            case .immutable: throw try await changedParams(edit.run.params, of: id, isBatch) ?? error
            default: throw error
            }
        }
        return Self.nothing
    }

    private static func noRun(_ id: String) -> MLflowFault {
        MLflowFault(.resourceDoesNotExist, "Run with id=\(id) not found")
    }

    private static func deletedRun(_ id: String) -> MLflowFault {
        .invalid("The run \(id) must be in the 'active' state. Current state is deleted.")
    }

    /// Nil where it was no parameter that cannot change.
    private func changedParams(_ params: Params, of id: String, _ isBatch: Bool) async throws -> MLflowFault? {
        let known = try await run(id).run.params
        let changed = params.entries.compactMap { param -> (key: String, old: String, new: String)? in
            guard let old = known.value(forKey: param.key), !old.isExactly(param.value) else { return nil }
            return (param.key, old, param.value)
        }
        guard let first = changed.first else { return nil }
        if !isBatch {
            return .invalid(
                "Changing param values is not allowed. Param with key='\(first.key)' was already logged with "
                    + "value='\(first.old)' for run ID='\(id)'. Attempted logging new value '\(first.new)'.")
        }
        let list = changed.map {
            "{'key': \(PythonText.quoted($0.key)), 'old_value': \(PythonText.quoted($0.old)), "
                + "'new_value': \(PythonText.quoted($0.new))}"
        }
        return .invalid(
            "Changing param values is not allowed. Params were already logged='[\(list.joined(separator: ", "))]' "
                + "for run ID='\(id)'.")
    }

    private func createRun(_ message: Message) async throws -> Response {
        let id = message.text("experiment_id")
        // A run that was meant for another experiment is not to be found in the default one.
        if id.isEmpty { throw MLflowFault(.badRequest, "Missing value for required parameter 'experiment_id'.") }
        let experiment = try await activeExperiment(id)
        let tags = message.entries("tags")
        let (name, tagged) = (message.text("run_name"), tags.last { $0.key == MLflowTag.runName }?.value ?? "")
        if !name.isEmpty, !tagged.isEmpty, name != tagged {
            throw MLflowFault.invalid(
                "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values "
                    + "(run_name='\(name)', mlflow.runName='\(tagged)').")
        }
        let draft = Self.draft(
            in: experiment, name: name.isEmpty ? tagged : name, tags, user: message.text("user_id"),
            start: message.integer("start_time"))
        var created: HostedRun
        do throws(RunServiceError) {
            created = try await service.createHosted(draft)
        } catch {
            guard error.code == .notFound, draft.run.parentID != nil else { throw error }
            var orphan = draft
            orphan.run.parentID = nil
            created = try await service.createHosted(orphan)
        }
        var wire = RunMapping.wire(created)
        wire.outputs = nil
        return Self.answer("run", wire)
    }

    private static func draft(
        in experiment: HostedExperiment, name: String, _ tags: [WireEntry], user: String, start: Int64?
    ) -> HostedRunDraft {
        let change = MLflowChange(tags: tags).edit
        let kept = change.run.tags.compactMap { edit -> (String, String?)? in
            if case .set(let key, let value) = edit { (key, value) } else { nil }
        }
        let id = RandomText.identifier().replacing("-", with: "")
        let source = MLflowMapping.source(
            of: MLflowRecord(
                id: id, experimentID: "", status: "", startTime: 0, tags: tags.map { ($0.key, $0.value ?? "") }))
        let run = RunDraft(
            id: RunID(id), experimentName: experiment.name, name: name.isEmpty ? nil : name,
            parentID: change.parentID, user: user.isEmpty ? tags.last { $0.key == MLflowTag.user }?.value ?? "" : user,
            tags: Tags(kept), properties: change.run.properties, source: source)
        return HostedRunDraft(
            run, experimentID: experiment.id, status: .running, startedAt: start.map(Timestamp.init(milliseconds:)),
            artifactURI: ArtifactAddress.run(id, in: experiment), existing: .refuses)
    }

    private func updateRun(_ message: Message) async throws -> Response {
        var change = MLflowChange()
        change.apply(status: message.word("status", of: Self.statuses), end: message.integer("end_time"))
        let name = message.text("run_name")
        if !name.isEmpty { change.rename(name) }
        _ = try await record(change, on: message.runID)
        return Self.answer("run_info", RunMapping.info(try await run(message.runID)))
    }

    private func setStage(_ stage: LifecycleStage, ofRun id: String) async throws -> Response {
        do throws(RunServiceError) {
            try await service.setStage(stage, of: [RunID(id)])
        } catch {
            throw error.code == .notFound ? Self.noRun(id) : error
        }
        return Self.nothing
    }

    private func deleteTag(_ key: String, of id: String) async throws -> Response {
        let run = try await activeRun(id).run
        // What is told as a tag, and is a fact of the run here, stays.
        if key == MLflowTag.runName { return Self.nothing }
        guard run.tags.contains(key) || run.machineTags.contains(key) else {
            throw MLflowFault(.resourceDoesNotExist, "No tag with name: \(key) in run with id \(id)")
        }
        var change = MLflowChange()
        change.delete(key)
        return try await record(change, on: id)
    }
}
