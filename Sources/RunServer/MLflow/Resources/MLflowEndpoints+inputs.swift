import Foundation
import Hummingbird
import MLflowWire
import RunModel
import RunServices

/// What goes into runs and comes out: `runs/log-inputs`, `runs/outputs`, `runs/log-model`.
extension MLflowEndpoints {
    private static let (nameLimit, digestLimit, sourceLimit) = (500, 36, 65_535)
    private static let (schemaLimit, profileLimit) = (1_048_575, 16_777_215)
    /// The tag in which MLflow keeps what models a run logged.
    private static let modelHistory = "mlflow.log-model.history"

    var inputs: [MLflowEndpoint] {
        let id = MessageField.text("run_id").required
        let dataset: [MessageField] = ["name", "digest", "source_type", "source", "schema", "profile"].map {
            .text($0)
        }
        return [
            .post(
                "runs/log-inputs",
                [
                    id, .messages("datasets", [.entries("tags"), .message("dataset", dataset)]),
                    .messages("models", [.text("model_id")]),
                ]
            ) { message, _ in
                try MLflowLimits.checkRunID(message.runID)
                let edit = HostedRunEdit(
                    datasets: try message.messages("datasets").map(Self.input),
                    modelInputs: message.messages("models").map { ModelUse(modelID: $0.text("model_id")) })
                return try await record(MLflowChange(edit), on: message.runID)
            },
            .post("runs/outputs", [id, .messages("models", [.text("model_id"), .integer("step")]).required]) {
                message, _ in
                let edit = HostedRunEdit(
                    modelOutputs: message.messages("models").map {
                        ModelUse(modelID: $0.text("model_id"), step: $0.integer("step") ?? 0)
                    })
                return try await record(MLflowChange(edit), on: message.runID)
            },
            .post("runs/log-model", [id, .text("model_json").required]) { message, _ in
                try await logModel(message)
            },
        ]
    }

    private static func input(_ message: Message) throws(MLflowFault) -> DatasetInput {
        guard let dataset = message.message("dataset") else { throw .invalid("Dataset cannot be None") }
        let limits = [
            ("name", nameLimit), ("digest", digestLimit), ("source", sourceLimit), ("schema", schemaLimit),
            ("profile", profileLimit),
        ]
        for (name, limit) in limits where dataset.text(name).unicodeScalars.count > limit {
            throw .invalid("'\(name)' exceeds the maximum length of \(limit) characters")
        }
        return DatasetInput(
            dataset: Dataset(
                name: dataset.text("name"), digest: dataset.text("digest"), sourceType: dataset.text("source_type"),
                source: dataset.text("source"), schema: dataset.optionalText("schema"),
                profile: dataset.optionalText("profile")),
            tags: Tags(message.entries("tags").map { ($0.key, $0.value ?? "") }))
    }

    /// Notes what MLflow 2's clients log of a model, as a list in one tag.
    private func logModel(_ message: Message) async throws -> Response {
        let text = message.text("model_json")
        guard let model = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
            throw MLflowFault.invalid("Malformed model info. \n \(text) \n is not a valid JSON.")
        }
        let missing = ["artifact_path", "flavors", "utc_time_created", "run_id"].filter { model[$0] == nil }
        if !missing.isEmpty {
            let list = missing.map(PythonText.quoted).joined(separator: ", ")
            throw MLflowFault.invalid("Model json is missing mandatory fields: {\(list)}")
        }
        let run = try await activeRun(message.runID).run
        let tag = (run.tags.value(forKey: Self.modelHistory) ?? run.machineTags.value(forKey: Self.modelHistory)) ?? nil
        let known = tag.flatMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [Any] } ?? []
        let history = try JSONSerialization.data(
            withJSONObject: known + [Self.summary(of: model)], options: [.sortedKeys])
        let entry = WireEntry(key: Self.modelHistory, value: String(decoding: history, as: UTF8.self))
        return try await record(MLflowChange(tags: [entry]), on: message.runID)
    }

    /// `Model.get_tags_dict` in `mlflow/models/model.py`.
    private static func summary(of model: [String: Any]) -> [String: Any] {
        var summary = model.filter { ["run_id", "utc_time_created", "artifact_path", "model_uuid"].contains($0.key) }
        let flavors = model["flavors"] as? [String: Any] ?? [:]
        summary["flavors"] = flavors.mapValues { flavor in
            (flavor as? [String: Any]).map { $0.filter { $0.key != "config" } } ?? flavor
        }
        return summary
    }
}
