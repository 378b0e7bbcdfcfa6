import RunModel
import RunServices

extension RecordStore {
    /// As MLflow deletes: the run is marked, and nothing of it removed.
    package func deleteRun(_ id: RunID) async throws(RunServiceError) {
        try requireDeleting()
        let now = clock()
        try await write { store in try store.setDeleted(at: now, id.text) }
    }

    /// Takes the mark away.
    package func restoreRun(_ id: RunID) async throws(RunServiceError) {
        try requireDeleting()
        try await write { store in try store.setDeleted(at: nil, id.text) }
    }

    /// All on one page: a store has to look at every run for each.
    package func deletedRuns(after next: PageToken?) async throws(RunServiceError) -> Page<DeletedRun> {
        if next != nil { return Page([]) }
        return try await read { session in Page(try session.deletedRuns()) }
    }
}

extension RunServiceError {
    static func noRun(_ id: String) -> RunServiceError {
        RunServiceError(
            .notFound,
            "There is no run \(Shown.text(id)) in this store: it was removed for good, or its id is another.")
    }
}
