import Hummingbird
import MLflowWire
import RunModel
import RunServices

/// `experiments/…`.
extension MLflowEndpoints {
    var experiments: [MLflowEndpoint] {
        let id = MessageField.text("experiment_id").required
        let search: [MessageField] = [
            .word("view_type", Self.views), .integer("max_results"), .texts("order_by"), .text("filter"),
            .text("page_token"),
        ]
        return [
            .post("experiments/create", [.text("name").required, .text("artifact_location"), .entries("tags")]) {
                message, _ in try await createExperiment(message)
            },
            .get("experiments/get", [id]) { message, _ in
                Self.answer("experiment", Self.wire(try await experiment(message.text("experiment_id"))))
            },
            .get("experiments/get-by-name", [.text("experiment_name").required]) { message, _ in
                Self.answer("experiment", Self.wire(try await experiment(named: message.text("experiment_name"))))
            },
            .get("experiments/search", search) { message, _ in try await searchExperiments(message) },
            .post("experiments/search", search) { message, _ in try await searchExperiments(message) },
            .post("experiments/update", [id, .text("new_name").required]) { message, _ in
                try await renameExperiment(message)
            },
            .post("experiments/delete", [id]) { message, _ in
                try await setStage(.deleted, ofExperiment: message.text("experiment_id"))
            },
            .post("experiments/restore", [id]) { message, _ in
                try await setStage(.active, ofExperiment: message.text("experiment_id"))
            },
            .post("experiments/set-experiment-tag", [id, .text("key").required, .text("value")]) { message, _ in
                try await setExperimentTag(message)
            },
            .post("experiments/delete-experiment-tag", [id, .text("key").required]) { message, _ in
                try await deleteExperimentTag(message)
            },
        ]
    }

    /// Numbers of an enumeration begin at 1.
    static let views = ["", "ACTIVE_ONLY", "DELETED_ONLY", "ALL"]

    static func view(_ message: Message, _ field: String) -> LifecycleView {
        switch message.word(field, of: views) {
        case "DELETED_ONLY": .deleted
        case "ALL": .all
        default: .active
        }
    }

    static func wire(_ experiment: HostedExperiment) -> WireExperiment {
        WireExperiment(
            experimentID: experiment.id.text, name: experiment.name,
            artifactLocation: ArtifactAddress.experiment(experiment), lifecycleStage: experiment.stage.rawValue,
            creationTime: experiment.createdAt.milliseconds, lastUpdateTime: experiment.updatedAt.milliseconds,
            tags: experiment.tags.entries.map { WireEntry(key: $0.key, value: $0.value ?? "") },
            workspace: "default")
    }

    /// Deleted ones too; an empty id means the one named Default, as in MLflow.
    func experiment(_ id: String) async throws -> HostedExperiment {
        let id = id.isEmpty ? "0" : id
        do throws(RunServiceError) {
            return try await service.experiment(.id(ExperimentID(id)))
        } catch {
            guard error.code == .notFound else { throw error }
            guard let number = Int64(id) else {
                throw Self.noExperimentID(id)
            }
            throw MLflowFault(.resourceDoesNotExist, "No Experiment with id=\(number) exists")
        }
    }

    static func noExperimentID(_ id: String) -> MLflowFault {
        .invalid("Invalid experiment ID '\(id)'. Experiment ID must be a valid integer.")
    }

    /// Throws for a deleted one what MLflow says where it wants an active one.
    func activeExperiment(_ id: String) async throws -> HostedExperiment {
        let experiment = try await experiment(id)
        if experiment.stage == .active { return experiment }
        throw MLflowFault.invalid(
            "The experiment \(experiment.id) must be in the 'active' state. Current state is deleted.")
    }

    private func experiment(named name: String) async throws -> HostedExperiment {
        do throws(RunServiceError) {
            return try await service.experiment(.name(name))
        } catch {
            guard error.code == .notFound else { throw error }
            throw MLflowFault(.resourceDoesNotExist, "Could not find experiment with name '\(name)'")
        }
    }

    private func createExperiment(_ message: Message) async throws -> Response {
        let name = message.text("name")
        try MLflowLimits.checkExperimentName(name)
        let tags = message.entries("tags")
        for tag in tags { try MLflowLimits.checkExperimentTag(tag) }
        let location = message.text("artifact_location")
        if location.hasPrefix("runs:") {
            throw MLflowFault.invalid("Artifact location cannot be a runs:/ URI. Given: '\(location)'")
        }
        if let mark = location.firstIndex(of: "#"), location.index(after: mark) < location.endIndex {
            throw MLflowFault.invalid("'artifact_location' URL can't include fragments or params.")
        }
        let draft = ExperimentDraft(
            name: name, tags: Tags(tags.map { ($0.key, $0.value ?? "") }),
            artifactLocation: location.isEmpty ? nil : location)
        do throws(RunServiceError) {
            let id = try await service.createExperiment(draft).id.text
            var json = JSONWriter()
            json.object { $0.field("experiment_id", id) }
            return .json(json.bytes)
        } catch {
            guard error.code == .conflict else { throw error }
            throw MLflowFault(.resourceAlreadyExists, "Experiment(name=\(name)) already exists. \(error.message)")
        }
    }

    private func searchExperiments(_ message: Message) async throws -> Response {
        let limit = message.integer("max_results") ?? 0
        try Self.checkPageSize(limit)
        let search = ExperimentSearch(
            matching: try ExperimentConditionMapping.condition(message.text("filter")),
            view: Self.view(message, "view_type"),
            order: try ExperimentConditionMapping.orders(message.texts("order_by")), limit: Int(limit),
            page: try WireToken.decode(message.text("page_token")))
        let page = try await service.experiments(search)
        return Self.page("experiments", page.items.map(Self.wire), next: page.next)
    }

    private func renameExperiment(_ message: Message) async throws -> Response {
        let name = message.text("new_name")
        try MLflowLimits.checkExperimentName(name)
        let experiment = try await experiment(message.text("experiment_id"))
        guard experiment.stage == .active else {
            throw MLflowFault(.invalidState, "Cannot rename a non-active experiment.")
        }
        do throws(RunServiceError) {
            try await service.edit(.id(experiment.id), ExperimentEdit(name: name))
        } catch {
            guard error.code == .conflict else { throw error }
            throw MLflowFault(.badRequest, error.message)
        }
        return Self.nothing
    }

    private func setStage(_ stage: LifecycleStage, ofExperiment id: String) async throws -> Response {
        let experiment = try await experiment(id)
        if experiment.stage == stage {
            throw MLflowFault(.resourceDoesNotExist, "No Experiment with id=\(experiment.id) exists")
        }
        try await service.edit(.id(experiment.id), ExperimentEdit(stage: stage))
        return Self.nothing
    }

    private func setExperimentTag(_ message: Message) async throws -> Response {
        let tag = WireEntry(key: message.text("key"), value: message.text("value"))
        try MLflowLimits.checkExperimentTag(tag)
        let experiment = try await activeExperiment(message.text("experiment_id"))
        try await service.edit(
            .id(experiment.id), ExperimentEdit(tags: [.set(key: tag.key, value: tag.value ?? "")]))
        return Self.nothing
    }

    private func deleteExperimentTag(_ message: Message) async throws -> Response {
        let key = message.text("key")
        let experiment = try await activeExperiment(message.text("experiment_id"))
        guard experiment.tags.contains(key) else {
            throw MLflowFault(
                .resourceDoesNotExist, "No tag with name: \(key) in experiment with id \(experiment.id)")
        }
        try await service.edit(.id(experiment.id), ExperimentEdit(tags: [.delete(key: key)]))
        return Self.nothing
    }

    /// Throws what MLflow says of a page of nothing, or of too much.
    static func checkPageSize(_ limit: Int64) throws(MLflowFault) {
        if limit < 1 {
            throw .invalid(
                "Invalid value \(limit) for parameter 'max_results' supplied. It must be a positive integer")
        }
        if limit > 50_000 {
            throw .invalid("Invalid value \(limit) for parameter 'max_results' supplied. It must be at most 50000")
        }
    }
}
