package import RunModel
package import RunServices

/// All that one `RunEdit` writes to a run of MLflow's.
package struct MLflowWriting: Sendable {
    /// Status, end and tags.
    package var edit = MLflowEdit()
    /// Parameters that the run does not have yet.
    package var params: [(key: String, value: String)] = []
    /// Points with their steps and times.
    package var points: [(key: String, point: MetricPoint)] = []

    /// What `edit` writes to a run as `record` has it, checked as a whole before any of it is written.
    ///
    /// Throws `conflict`, `immutable`, `invalid` and `unsupported` as the contract says; nothing needs to be taken back then.
    package init(_ edit: RunEdit, of record: MLflowRecord, at now: Timestamp) throws(RunServiceError) {
        var record = record
        if let transition = edit.transition {
            let step = try MLflowMapping.edit(
                applying: transition, to: record, onBehalfOf: edit.origin, startingAt: edit.startedAt,
                endingAt: edit.endedAt, at: now)
            take(step, &record)
        }
        if !edit.tags.isEmpty { take(try MLflowMapping.edit(tags: edit.tags, of: record), &record) }
        if let name = edit.name { take(try MLflowMapping.edit(renamingTo: name, record), &record) }
        if !edit.properties.isEmpty { take(try MLflowMapping.edit(adding: edit.properties, to: record), &record) }
        self.edit = try StoredText.storable(self.edit)
        params = try MLflowMapping.newParams(edit.params, for: record)
        for param in params { _ = try StoredText.param(param.value, of: param.key) }
        points = try MLflowMapping.points(edit.metrics, after: record, at: now)
    }

    private mutating func take(_ step: MLflowEdit, _ record: inout MLflowRecord) {
        edit.append(step)
        record = step.applied(to: record)
    }
}

extension MLflowMapping {
    /// The points to be written, with steps and times filled in. Throws `unsupported` for a text, `invalid` for a key.
    package static func points(
        _ entries: [MetricEntry], after record: MLflowRecord, at now: Timestamp
    ) throws(RunServiceError) -> [(key: String, point: MetricPoint)] {
        var last: [ExactText: Int64] = [:]
        for metric in record.metrics { last[ExactText(metric.key)] = metric.point.step }
        var points: [(key: String, point: MetricPoint)] = []
        for entry in entries {
            try MLflowName.check(entry.key, "metric key")
            guard case .number = entry.value else {
                throw RunServiceError(
                    .unsupported,
                    "MLflow keeps numbers only, so `\(Shown.text(entry.key))` cannot be a text; use a tag.")
            }
            let key = ExactText(entry.key)
            let step = entry.step ?? last[key].map { $0 == .max ? .max : $0 + 1 } ?? 0
            last[key] = max(last[key] ?? step, step)
            points.append(
                (entry.key, MetricPoint(step: step, timestamp: entry.timestamp ?? now, value: entry.value)))
        }
        return points
    }
}
