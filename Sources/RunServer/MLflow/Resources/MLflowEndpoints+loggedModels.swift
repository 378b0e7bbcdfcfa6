import HTTPTypes
import Hummingbird
import MLflowWire
import RunModel
import RunServices

/// `logged-models/…`, as far as logging models needs them.
extension MLflowEndpoints {
    private static let statuses = [
        "LOGGED_MODEL_STATUS_UNSPECIFIED", "LOGGED_MODEL_PENDING", "LOGGED_MODEL_READY", "LOGGED_MODEL_UPLOAD_FAILED",
    ]

    var loggedModels: [MLflowEndpoint] {
        let creation: [MessageField] = [
            .text("experiment_id").required, .text("name"), .text("model_type"), .text("source_run_id"),
            .entries("params"), .entries("tags"),
        ]
        return [
            .post("logged-models", creation) { message, _ in try await createModel(message) },
            .post("logged-models/search", ModelSearchMapping.fields) { message, _ in
                let experiments = try await experiments(message.texts("experiment_ids"))
                let page = try await service.models(try ModelSearchMapping.search(message, in: experiments))
                return Self.page("models", page.items.map(Self.wire), next: page.next)
            },
            .get("logged-models/:model", []) { _, call in
                Self.answer("model", Self.wire(try await model(call.parameter("model"))))
            },
            MLflowEndpoint(
                method: .patch, path: "logged-models/:model",
                fields: [.word("status", Self.statuses).required, .text("model_id")]
            ) { message, call in
                try await edit(call, LoggedModelEdit(status: Self.status(message)), tells: true)
            },
            MLflowEndpoint(method: .delete, path: "logged-models/:model", fields: []) { _, call in
                try await service.deleteModel(try await model(call.parameter("model")).id)
                return Self.nothing
            },
            .post("logged-models/:model/params", [.entries("params")]) { message, call in
                let params = Params(message.entries("params").map { ($0.key, $0.value ?? "") })
                return try await edit(call, LoggedModelEdit(params: params))
            },
            MLflowEndpoint(method: .patch, path: "logged-models/:model/tags", fields: [.entries("tags")]) {
                message, call in
                let tags = message.entries("tags").map { TagEdit.set(key: $0.key, value: $0.value ?? "") }
                return try await edit(call, LoggedModelEdit(tags: tags))
            },
            MLflowEndpoint(method: .delete, path: "logged-models/:model/tags/:key", fields: []) { _, call in
                try await deleteTag(call)
            },
            .get("logged-models/:model/artifacts/directories", [.text("artifact_directory_path")]) { message, call in
                let folder = try message.optionalText("artifact_directory_path").map(ArtifactPath.checked)
                let model = try await model(call.parameter("model"))
                return try await list(folder, below: try Self.place(of: model), address: ArtifactAddress.model(model))
            },
        ]
    }

    /// `mlflow/logged-models/MODEL/artifacts/files`, served below `/ajax-api` only.
    var modelFile: MLflowEndpoint {
        .get("logged-models/:model/artifacts/files", []) { _, call in
            guard let path = call.request.queryItems.first(where: { $0.name == "artifact_file_path" })?.value else {
                throw MLflowFault(.badRequest, "Request must include the \"artifact_file_path\" query parameter.")
            }
            let model = try await model(call.parameter("model"))
            return try await send(path, below: try Self.place(of: model), call.request)
        }
    }

    private static func status(_ message: Message) -> LoggedModel.Status {
        switch message.word("status", of: statuses) {
        case "LOGGED_MODEL_READY": .ready
        case "LOGGED_MODEL_UPLOAD_FAILED": .failed
        default: .pending
        }
    }

    private func model(_ id: String) async throws -> LoggedModel {
        do throws(RunServiceError) {
            return try await service.model(id)
        } catch {
            guard error.code == .notFound else { throw error }
            throw MLflowFault(.resourceDoesNotExist, "Logged model with ID '\(id)' not found.")
        }
    }

    private func edit(_ call: MLflowCall, _ edit: LoggedModelEdit, tells: Bool = false) async throws -> Response {
        let model = try await model(call.parameter("model"))
        let changed = try await service.editModel(model.id, edit)
        return tells ? Self.answer("model", Self.wire(changed)) : Self.nothing
    }

    private func deleteTag(_ call: MLflowCall) async throws -> Response {
        let (id, key) = (call.parameter("model"), call.parameter("key"))
        guard try await model(id).tags.contains(key) else {
            throw MLflowFault(
                .resourceDoesNotExist,
                "No tag with key \(PythonText.quoted(key)) found for model with ID \(PythonText.quoted(id)).")
        }
        try await service.editModel(id, LoggedModelEdit(tags: [.delete(key: key)]))
        return Self.nothing
    }

    private func createModel(_ message: Message) async throws -> Response {
        let name = message.text("name")
        if name.contains(where: { "/:.%\"'".contains($0) }) {
            throw MLflowFault.invalid(
                "Invalid model name (\(PythonText.quoted(name))) provided. Model name must be a non-empty string and "
                    + "cannot contain the following characters: ('/', ':', '.', '%', '\"', \"'\")")
        }
        let experiment = try await activeExperiment(message.text("experiment_id"))
        let run = message.text("source_run_id")
        let draft = LoggedModelDraft(
            experimentID: experiment.id, name: name.isEmpty ? nil : name,
            sourceRunID: run.isEmpty ? nil : RunID(run), modelType: message.text("model_type"),
            tags: Tags(message.entries("tags").map { ($0.key, $0.value ?? "") }),
            params: Params(message.entries("params").map { ($0.key, $0.value ?? "") }))
        return Self.answer("model", Self.wire(try await service.createModel(draft)))
    }

    static func wire(_ model: LoggedModel) -> WireLoggedModel {
        let status =
            switch model.status {
            case .pending: statuses[1]
            case .ready: statuses[2]
            case .failed: statuses[3]
            }
        return WireLoggedModel(
            info: WireLoggedModel.Info(
                model_id: model.id, experiment_id: model.experimentID.text, name: model.name,
                creation_timestamp_ms: model.createdAt.milliseconds,
                last_updated_timestamp_ms: model.updatedAt.milliseconds, artifact_uri: ArtifactAddress.model(model),
                status: status, model_type: model.modelType, source_run_id: model.sourceRunID?.text ?? "",
                tags: model.tags.entries.map { WireEntry(key: $0.key, value: $0.value ?? "") }),
            params: model.params.entries.map { WireEntry(key: $0.key, value: $0.value) },
            metrics: model.metrics.compactMap(wire))
    }

    private static func wire(_ metric: ModelMetric) -> WireMetric? {
        guard case .number(let number) = metric.point.value else { return nil }
        var wire = WireMetric(
            key: metric.key, value: number, timestamp: metric.point.timestamp.milliseconds, step: metric.point.step,
            runID: metric.runID?.text)
        wire.modelID = metric.modelID
        wire.datasetName = metric.datasetName
        wire.datasetDigest = metric.datasetDigest
        return wire
    }
}
