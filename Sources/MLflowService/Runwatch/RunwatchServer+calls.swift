package import RunModel
package import RunServices

/// Every call as it is, but for what this instance itself does not allow.
extension RunwatchServer {
    /// As the service behind the server tells them.
    package func experiments() async throws(RunServiceError) -> [Experiment] {
        try await api.call(.experiments, RemoteCall.Nothing())
    }

    /// One page of runs.
    package func runs(_ query: RunQuery) async throws(RunServiceError) -> Page<Run> {
        try await api.call(.runs, query)
    }

    /// Runs, and on wish those below them that are not over.
    package func inspect(_ ids: [RunID], activeDescendants: Bool) async throws(RunServiceError) -> [InspectedRun] {
        try await api.call(.inspect, RemoteCall.Inspection(ids: ids, activeDescendants: activeDescendants))
    }

    /// All that a run's own page shows.
    package func details(of id: RunID) async throws(RunServiceError) -> RunDetails {
        try await api.call(.details, id)
    }

    /// Samples of metrics.
    package func metricSeries(
        for keys: [MetricSeriesKey], maxPoints: Int
    ) async throws(RunServiceError) -> [MetricSeries] {
        try await api.call(.metricSeries, RemoteCall.Samples(keys: keys, maxPoints: maxPoints))
    }

    /// Tells what the question cost, as every server's adapter does.
    package func changes(
        in scope: RunScope, since cursor: ChangeCursor?, pageSize: Int
    ) async throws(RunServiceError) -> ChangeBatch {
        let question = RemoteCall.ChangeQuestion(scope: scope, cursor: cursor, pageSize: pageSize)
        let (answer, bytes): (ChangeBatch, Int) = try await api.measuredCall(.changes, question)
        var batch = answer
        batch.cost = PollCost(requests: 1, bytes: bytes)
        return batch
    }

    /// All of an edit, or nothing.
    @discardableResult
    package func edit(_ id: RunID, _ edit: RunEdit) async throws(RunServiceError) -> Run {
        try require(edit)
        // Points would be there twice.
        return try await api.call(
            .edit, RemoteCall.Editing(id: id, edit: edit), isRepeatable: edit.metrics.isEmpty)
    }

    /// As the service behind the server cancels.
    @discardableResult
    package func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        try requireWriting()
        return try await api.call(
            .cancel, RemoteCall.Cancelling(id: id, includingDescendants: includingDescendants))
    }

    /// All of the runs, or none.
    @discardableResult
    package func createRuns(_ drafts: [RunDraft]) async throws(RunServiceError) -> [Run] {
        try requireWriting()
        return try await api.call(.createRuns, drafts, isRepeatable: drafts.allSatisfy { $0.id != nil })
    }

    /// A piece of a log, of 4 MB at most.
    package func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk {
        let piece: RemoteCall.Piece = try await api.call(
            .readLog, RemoteCall.Reading(name: name, id: id, offset: offset, length: length))
        return LogChunk(offset: piece.offset, bytes: piece.bytes.bytes, size: piece.size)
    }

    /// One page of a folder.
    package func artifacts(
        in folder: String?, of id: RunID, after next: PageToken?
    ) async throws(RunServiceError) -> Page<Artifact> {
        try await api.call(.artifacts, RemoteCall.Folder(folder: folder, id: id, next: next))
    }

    /// Declares the owner of a run.
    package func attach(_ supervisor: Supervisor, to id: RunID) async throws(RunServiceError) {
        try requireWriting()
        let _: RemoteCall.Nothing = try await api.call(
            .attach, RemoteCall.Attachment(supervisor: supervisor, id: id))
    }

    /// Says that the owner lives, and is told the status.
    package func heartbeat(of id: RunID) async throws(RunServiceError) -> RunStatus {
        try requireWriting()
        return try await api.call(.heartbeat, id)
    }

    /// Lets go of a run whose command has ended.
    @discardableResult
    package func detach(
        from id: RunID, exit: CommandExit?, applying transition: Transition
    ) async throws(RunServiceError) -> Run {
        try requireWriting()
        return try await api.call(.detach, RemoteCall.Detachment(id: id, exit: exit, transition: transition))
    }

    /// Adds to a log.
    package func appendLog(_ bytes: [UInt8], named name: String, of id: RunID) async throws(RunServiceError) {
        try requireWriting()
        let _: RemoteCall.Nothing = try await api.call(
            .appendLog, RemoteCall.Appending(bytes: RemoteBytes(bytes), name: name, id: id), isRepeatable: false)
    }

    /// Asks the service behind the server to.
    package func publishLogs(of id: RunID, isFinal: Bool) async throws(RunServiceError) -> Bool {
        try requireWriting()
        return try await api.call(.publishLogs, RemoteCall.Publishing(id: id, isFinal: isFinal))
    }
}
