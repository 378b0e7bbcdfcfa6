import MLflowMeaning
import RunModel
import RunServices

extension RecordStore {
    /// Writes parameters, points, then tags and status, in one transaction.
    @discardableResult
    package func edit(_ id: RunID, _ edit: RunEdit) async throws(RunServiceError) -> Run {
        try require(edit)
        let now = clock()
        return try await write { store in
            let record = try store.record(id)
            let writing = try MLflowWriting(edit, of: record, at: now)
            if !writing.params.isEmpty { try store.add(writing.params, to: record) }
            if !writing.points.isEmpty { try store.append(writing.points, to: record) }
            if !writing.edit.isEmpty { try store.write(writing.edit, to: record) }
            return try store.run(id, at: now)
        }
    }

    /// Writes the run and its descendants in one transaction, children first.
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

    /// Writes what `decide` makes of the run, in one transaction, and returns the run as it is afterwards.
    func change(
        _ id: RunID, _ decide: @escaping @Sendable (MLflowRecord, Timestamp) throws -> MLflowEdit
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
