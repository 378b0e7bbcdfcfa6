import Algorithms
import MLflowMeaning
import MLflowWire
import RemotePolling
package import RunModel
package import RunServices
import Synchronization

extension MLflowServer {
    /// Sends parameters and metrics before tags and status; a failure in between leaves the earlier requests in force.
    @discardableResult
    package func edit(_ id: RunID, _ edit: RunEdit) async throws(RunServiceError) -> Run {
        try require(edit)
        let (run, record) = try await runAndRecord(of: id)
        let writing = try MLflowWriting(edit, of: record, at: clock())
        // One request, which the server keeps whole or not at all, where the values fit into one.
        try await logBatch(params: writing.params, points: writing.points, to: record.id)
        if !writing.edit.isEmpty {
            let edited = try await write(writing.edit, to: record)
            if writing.params.isEmpty && writing.points.isEmpty { return edited }
        } else if writing.params.isEmpty && writing.points.isEmpty {
            return run
        }
        return try await runAndRecord(of: id).0
    }

    /// Reads each descendant again just before it is written; runs canceled before a failure stay canceled.
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
                // Another client was faster.
                if error.code != .notFound { throw error }
            }
        }
    }

    /// MLflow's limits for one batch: 1,000 values, of which 100 parameters and 100 tags.
    private func logBatch(
        params: [(key: String, value: String)], points: [(key: String, point: MetricPoint)], to id: String
    ) async throws(RunServiceError) {
        var (params, metrics) = (
            params.map { WireEntry(key: $0.key, value: $0.value) }[...], points.map(WireMetric.init)[...]
        )
        while !params.isEmpty || !metrics.isEmpty {
            var batch = WireBatch(run_id: id)
            batch.params = Array(params.prefix(100))
            params = params.dropFirst(100)
            let room = 1_000 - batch.params.count
            batch.metrics = Array(metrics.prefix(room))
            metrics = metrics.dropFirst(room)
            let _: WireNothing = try await api.post("runs/log-batch", batch)
        }
    }

    func logParams(_ params: [(key: String, value: String)], to id: RunID) async throws(RunServiceError) {
        for param in params { _ = try StoredText.param(param.value, of: param.key) }
        try await logBatch(params: params, points: [], to: id.text)
    }
}

extension WireMetric {
    fileprivate init(key: String, point: MetricPoint) {
        self.init(
            key: key, value: point.value.number ?? .nan, timestamp: point.timestamp.milliseconds, step: point.step)
    }
}
