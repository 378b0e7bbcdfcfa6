import Algorithms
import MLflowWire
package import RunModel
package import RunServices
import Synchronization

extension MLflowServer {
    @discardableResult
    package func apply(
        _ transition: Transition, to id: RunID, onBehalfOf origin: TransitionOrigin
    ) async throws(RunServiceError) -> Run {
        try requireWriting()
        let (_, record) = try await runAndRecord(of: id)
        let edit = try MLflowMapping.edit(applying: transition, to: record, onBehalfOf: origin, at: clock())
        return try await write(edit, to: record)
    }

    @discardableResult
    package func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        try requireWriting()
        let (run, record) = try await runAndRecord(of: id)
        let below = includingDescendants ? try await descendants(of: id, recursive: true).reversed() : []
        var changed: [Run] = []
        for child in below where child.status.isActive {
            let (_, record) = try await runAndRecord(of: child.id)
            if let edit = MLflowMapping.cancelEdit(of: record, at: clock()) {
                changed.append(try await write(edit, to: record))
            }
        }
        if let edit = MLflowMapping.cancelEdit(of: record, at: clock()) {
            changed.append(try await write(edit, to: record))
        } else if changed.isEmpty, run.status.isTerminal {
            throw RunServiceError(
                .conflict, "The run is \(Shown.text(run.status.word)), so it cannot be canceled.")
        }
        return changed
    }

    @discardableResult
    package func editTags(_ edits: [TagEdit], of id: RunID) async throws(RunServiceError) -> Run {
        if let reason = capabilities.editTags.reason { throw RunServiceError(.unsupported, reason) }
        let (_, record) = try await runAndRecord(of: id)
        return try await write(try MLflowMapping.edit(tags: edits, of: record), to: record)
    }

    @discardableResult
    package func rename(_ id: RunID, to name: String) async throws(RunServiceError) -> Run {
        if let reason = capabilities.editTags.reason { throw RunServiceError(.unsupported, reason) }
        let (_, record) = try await runAndRecord(of: id)
        return try await write(try MLflowMapping.edit(renamingTo: name, record), to: record)
    }

    @discardableResult
    package func addProperties(_ properties: Properties, to id: RunID) async throws(RunServiceError) -> Run {
        try requireWriting()
        let (_, record) = try await runAndRecord(of: id)
        return try await write(try MLflowMapping.edit(adding: properties, to: record), to: record)
    }

    @discardableResult
    package func logParams(_ params: Params, to id: RunID) async throws(RunServiceError) -> Run {
        try requireWriting()
        let (run, record) = try await runAndRecord(of: id)
        let new = try MLflowMapping.newParams(params, for: record)
        if new.isEmpty { return run }
        try await logParams(new, to: id)
        return try await runAndRecord(of: id).0
    }

    package func logMetrics(_ entries: [MetricEntry], to id: RunID) async throws(RunServiceError) {
        try requireWriting()
        let (_, record) = try await runAndRecord(of: id)
        var lastStep = Dictionary(record.metrics.map { ($0.key, $0.point.step) }, uniquingKeysWith: max)
        let now = clock().milliseconds
        var metrics: [WireMetric] = []
        for entry in entries {
            try MLflowName.check(entry.key, "metric key")
            guard let number = entry.value.number else {
                throw RunServiceError(
                    .unsupported, "MLflow keeps numbers only; set the text `\(Shown.text(entry.key))` as a tag.")
            }
            let step = entry.step ?? lastStep[entry.key].map { $0 == .max ? .max : $0 + 1 } ?? 0
            lastStep[entry.key] = max(step, lastStep[entry.key] ?? step)
            metrics.append(
                WireMetric(
                    key: entry.key, value: number, timestamp: entry.timestamp?.milliseconds ?? now, step: step))
        }
        // MLflow's limit for one batch.
        for part in metrics.chunks(ofCount: 1_000) {
            let _: WireNothing = try await api.post("runs/log-batch", WireBatch(run_id: id.text, metrics: Array(part)))
        }
    }

    func write(_ edit: MLflowEdit, to record: MLflowRecord) async throws(RunServiceError) -> Run {
        let edit = try StoredText.storable(edit)
        for step in edit.steps { try await writeStep(step, to: record) }
        let now = clock()
        return replica.withLock { $0.takeWritten(edit.applied(to: record), at: now) }
    }

    private func writeStep(_ edit: MLflowEdit, to record: MLflowRecord) async throws(RunServiceError) {
        // MLflow's limit for one batch.
        for part in edit.setTags.chunks(ofCount: 100) {
            let tags = part.map { WireEntry(key: $0.key, value: $0.value) }
            let _: WireNothing = try await api.post("runs/log-batch", WireBatch(run_id: record.id, tags: tags))
        }
        if edit.status != nil || edit.endTime != nil {
            let _: WireNothing = try await api.post(
                "runs/update",
                WireRunUpdate(run_id: record.id, status: edit.status ?? record.status, end_time: edit.endTime))
        }
        for key in edit.deletedTags {
            do throws(RunServiceError) {
                let _: WireNothing = try await api.post(
                    "runs/delete-tag", WireTagDeletion(run_id: record.id, key: key))
            } catch {
                // Somebody else was faster.
                if error.code != .notFound { throw error }
            }
        }
    }

    func logParams(_ params: [(key: String, value: String)], to id: RunID) async throws(RunServiceError) {
        for param in params { _ = try StoredText.param(param.value, of: param.key) }
        for part in params.chunks(ofCount: 100) {
            let params = part.map { WireEntry(key: $0.key, value: $0.value) }
            let _: WireNothing = try await api.post("runs/log-batch", WireBatch(run_id: id.text, params: params))
        }
    }
}
