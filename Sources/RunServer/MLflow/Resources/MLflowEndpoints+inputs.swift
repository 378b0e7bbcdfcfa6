import Foundation
import Hummingbird
import MLflowWire
import RunModel
import RunServices

/// What goes into runs and comes out: `runs/log-inputs`, `runs/outputs`, `runs/log-model`, `experiments/search-datasets`.
extension MLflowEndpoints {
    private static let (nameLimit, digestLimit, sourceLimit) = (500, 36, 65_535)
    private static let (schemaLimit, profileLimit) = (1_048_575, 16_777_215)
    private static let (tagKeyLimit, tagLimit) = (255, 500)
    /// Of a question for data sets, and of its answer.
    private static let (experimentLimit, summaryLimit) = (20, 1_000)
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

    /// `experiments/search-datasets`, served below `/ajax-api` only, as MLflow's server has it.
    var datasets: MLflowEndpoint {
        .post("experiments/search-datasets", [.texts("experiment_ids")]) { message, _ in
            let ids = message.texts("experiment_ids")
            if ids.isEmpty {
                throw MLflowFault.invalid("SearchDatasets request must specify at least one experiment_id.")
            }
            if ids.count > Self.experimentLimit {
                throw MLflowFault.invalid(
                    "SearchDatasets request cannot specify more than \(Self.experimentLimit) experiment_ids. "
                        + "Received \(ids.count) experiment_ids.")
            }
            let summaries = try await service.datasets(in: experiments(ids), limit: Self.summaryLimit)
            var json = JSONWriter(capacity: 1_024)
            json.object {
                $0.field("dataset_summaries", summaries) { json, summary in
                    json.object {
                        $0.field("experiment_id", summary.experimentID.text)
                        $0.field("name", summary.name)
                        $0.field("digest", summary.digest)
                        $0.field("context", summary.context)
                    }
                }
            }
            return .json(json.bytes)
        }
    }

    private static func input(_ message: Message) throws(MLflowFault) -> DatasetInput {
        guard let dataset = message.message("dataset") else { throw .invalid("Dataset cannot be None") }
        let limits = [
            ("name", nameLimit), ("digest", digestLimit), ("source", sourceLimit), ("schema", schemaLimit),
            ("profile", profileLimit),
        ]
        for (name, limit) in limits { try MLflowLimits.checkLength(dataset.text(name), limit, name) }
        let tags = message.entries("tags")
        for tag in tags {
            try MLflowLimits.checkLength(tag.key, tagKeyLimit, "key")
            try MLflowLimits.checkLength(tag.value ?? "", tagLimit, "value")
        }
        return DatasetInput(
            dataset: Dataset(
                name: dataset.text("name"), digest: dataset.text("digest"), sourceType: dataset.text("source_type"),
                source: dataset.text("source"), schema: dataset.optionalText("schema"),
                profile: dataset.optionalText("profile")),
            tags: Tags(tags.map { ($0.key, $0.value ?? "") }))
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
