import RunModel
import RunServices

extension RecordStore {
    @discardableResult
    package func apply(
        _ transition: Transition, to id: RunID, onBehalfOf origin: TransitionOrigin
    ) async throws(RunServiceError) -> Run {
        try requireWriting()
        return try await change(id) { record, now in
            try MLflowMapping.edit(applying: transition, to: record, onBehalfOf: origin, at: now)
        }
    }

    @discardableResult
    package func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        try requireWriting()
        let now = clock()
        return try await write { store in
            let run = try store.run(id, at: now)
            var ids = [id.text]
            if includingDescendants {
                ids = Array((ids + (try store.descendants(of: id.text, recursive: true))).reversed())
            }
            var changed: [String] = []
            for stored in try store.records(ids) {
                guard let edit = MLflowMapping.cancelEdit(of: stored.record, at: now) else { continue }
                try store.write(edit, to: stored.record)
                changed.append(stored.record.id)
            }
            if changed.isEmpty && run.status.isTerminal {
                throw RunServiceError(
                    .conflict, "The run is \(Shown.text(run.status.word)), so it cannot be canceled.")
            }
            return try store.runs(from: store.records(changed), at: now)
        }
    }

    @discardableResult
    package func editTags(_ edits: [TagEdit], of id: RunID) async throws(RunServiceError) -> Run {
        if let reason = capabilities.editTags.reason { throw RunServiceError(.unsupported, reason) }
        return try await change(id) { record, _ in try MLflowMapping.edit(tags: edits, of: record) }
    }

    @discardableResult
    package func rename(_ id: RunID, to name: String) async throws(RunServiceError) -> Run {
        if let reason = capabilities.editTags.reason { throw RunServiceError(.unsupported, reason) }
        return try await change(id) { record, _ in try MLflowMapping.edit(renamingTo: name, record) }
    }

    @discardableResult
    package func addProperties(_ properties: Properties, to id: RunID) async throws(RunServiceError) -> Run {
        try requireWriting()
        return try await change(id) { record, _ in try MLflowMapping.edit(adding: properties, to: record) }
    }

    @discardableResult
    package func logParams(_ params: Params, to id: RunID) async throws(RunServiceError) -> Run {
        try requireWriting()
        let now = clock()
        return try await write { store in
            let record = try store.record(id)
            let new = try MLflowMapping.newParams(params, for: record)
            if !new.isEmpty { try store.add(new, to: record) }
            return try store.run(id, at: now)
        }
    }

    package func logMetrics(_ entries: [MetricEntry], to id: RunID) async throws(RunServiceError) {
        try requireWriting()
        let now = clock()
        try await write { store in
            let record = try store.record(id)
            let points = try MetricEntry.points(entries, after: record, at: now)
            if !points.isEmpty { try store.append(points, to: record) }
        }
    }

    /// Writes what `decide` makes of the run, in one transaction, and returns the run as it is afterwards.
    func change(
        _ id: RunID, _ decide: @Sendable (MLflowRecord, Timestamp) throws -> MLflowEdit
    ) async throws(RunServiceError) -> Run {
        let now = clock()
        return try await write { store in
            let record = try store.record(id)
            let edit = try decide(record, now)
            if !edit.isEmpty { try store.write(edit, to: record) }
            return try store.run(id, at: now)
        }
    }
}

extension MetricEntry {
    /// The points to be written, with steps and times filled in. Throws `unsupported` for a text, `invalid` for a key.
    static func points(
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
