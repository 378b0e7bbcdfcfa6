import Hummingbird
import MLflowWire
import RunModel
import RunServices

/// What runs log: `runs/log-metric`, `runs/log-parameter`, `runs/log-batch`.
extension MLflowEndpoints {
    var metrics: [MLflowEndpoint] {
        let id = MessageField.text("run_id").required
        let point: [MessageField] = [
            .text("key"), .number("value"), .integer("timestamp"), .integer("step"), .text("model_id"),
            .text("dataset_name"), .text("dataset_digest"),
        ]
        return [
            .post(
                "runs/log-metric",
                [
                    id, .text("key").required, .number("value").required, .integer("timestamp").required,
                    .integer("step"), .text("model_id"), .text("dataset_name"), .text("dataset_digest"),
                ]
            ) { message, _ in
                let metric = Self.metric(message)
                try MLflowLimits.check(metric)
                return try await record(MLflowChange(metrics: [metric]), on: message.runID)
            },
            .post("runs/log-parameter", [id, .text("key").required, .text("value")]) { message, _ in
                let param = WireEntry(key: message.text("key"), value: message.text("value"))
                return try await record(MLflowChange(params: [try MLflowLimits.param(param)]), on: message.runID)
            },
            .post(
                "runs/log-batch",
                [
                    id, .messages("metrics", point).demandingInEach("key", "value", "timestamp"),
                    .entries("params").demandingInEach("key"), .entries("tags").demandingInEach("key"),
                ]
            ) { message, _ in try await logBatch(message) },
        ]
    }

    private static func metric(_ message: Message) -> WireMetric {
        var metric = WireMetric(
            key: message.text("key"), value: message.number("value") ?? 0, timestamp: message.integer("timestamp") ?? 0,
            step: message.integer("step") ?? 0)
        metric.modelID = message.optionalText("model_id")
        metric.datasetName = message.optionalText("dataset_name")
        metric.datasetDigest = message.optionalText("dataset_digest")
        return metric
    }

    private func logBatch(_ message: Message) async throws -> Response {
        try MLflowLimits.checkRunID(message.runID)
        let metrics = message.messages("metrics").map(Self.metric)
        for (index, metric) in metrics.enumerated() { try MLflowLimits.check(metric, "metrics[\(index)]") }
        let (params, tags) = (message.entries("params"), message.entries("tags"))
        let kept = try params.enumerated().map { try MLflowLimits.param($1, "params[\($0)]") }
        let marks = try tags.enumerated().map { try MLflowLimits.tag($1, "tags[\($0)]") }
        try MLflowLimits.checkBatch(metrics: metrics.count, params: params.count, tags: tags.count)
        try MLflowLimits.checkUnique(params)
        return try await record(
            MLflowChange(tags: marks, params: kept, metrics: metrics), on: message.runID, isBatch: true)
    }
}
