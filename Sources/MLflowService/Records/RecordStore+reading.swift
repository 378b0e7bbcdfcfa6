import RunModel
import RunServices

/// Runs read at a time, so that no read keeps a training script from its commit for long.
private let readingPage = 500

extension RecordStore {
    package func experiments() async throws(RunServiceError) -> [Experiment] {
        try await poll { ledger, _ in ledger.allExperiments.sorted { ($0.name, $0.id) < ($1.name, $1.id) } }
    }

    package func runs(
        in scope: RunScope, matching filter: Filter?, limit: Int
    ) async throws(RunServiceError) -> [Run] {
        let now = clock()
        let ids = try await read { session in
            var experiment: String?
            if case .experiment(let id) = scope {
                guard try session.experiments().contains(where: { $0.id == id.text }) else {
                    throw ChangeLedger.noExperiment(id)
                }
                experiment = id.text
            }
            return try session.ids(in: experiment)
        }
        return try await matching(ids, filter, limit: limit, at: now)
    }

    package func children(
        of id: RunID, recursive: Bool, matching filter: Filter?
    ) async throws(RunServiceError) -> [Run] {
        let ids = try await read { session in
            _ = try session.record(id)
            return try session.descendants(of: id.text, recursive: recursive)
        }
        return try await matching(ids, filter, limit: .max, at: clock())
    }

    /// The first `limit` of these runs that match, in their order.
    private func matching(
        _ ids: [String], _ filter: Filter?, limit: Int, at now: Timestamp
    ) async throws(RunServiceError) -> [Run] {
        var found: [Run] = []
        var rest = ids[...]
        while !rest.isEmpty && found.count < limit {
            let size = filter == nil ? min(readingPage, limit - found.count) : readingPage
            let page = Array(rest.prefix(size))
            rest = rest.dropFirst(size)
            let runs = try await read { session in try session.runs(from: session.records(page), at: now) }
            let matching = runs.filter { filter?.matches($0, at: now) ?? true }
            found += matching.prefix(limit - found.count)
        }
        return found
    }

    package func details(of id: RunID) async throws(RunServiceError) -> RunDetails {
        let now = clock()
        let (details, uri, commandLog) = try await read { session in
            let stored = try session.stored(id)
            let details = RunDetails(
                run: try session.runs(from: [stored], at: now)[0], source: MLflowMapping.source(of: stored.record),
                supervisor: MLflowSupervision(stored.record)?.state)
            return (details, stored.artifactURI, MLflowCommandLog.path(of: stored.record))
        }
        var complete = details
        do throws(RunServiceError) {
            if uri.isEmpty { return complete }
            guard let artifacts = ArtifactDirectory(uri: uri) else { throw ArtifactDirectory.outOfReach(uri) }
            complete.logs = try await BlockingCall.run { () throws(RunServiceError) in
                try artifacts.texts(commandLog: commandLog)
            }
        } catch {
            complete.logsError = error
        }
        return complete
    }

    package func metricSeries(
        for keys: [MetricSeriesKey], maxPoints: Int
    ) async throws(RunServiceError) -> [MetricSeries] {
        var found: [MetricSeries] = []
        for key in keys {
            let series = try await read { session in try session.series(key, maxPoints: max(2, maxPoints)) }
            if let series { found.append(series) }
        }
        return found
    }

    package func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk {
        let uri = try await read { session in try session.stored(id).artifactURI }
        let chunk = try await BlockingCall.run { () throws(RunServiceError) in
            try ArtifactDirectory(uri: uri)?.read(name, offset: offset, length: length)
        }
        if let chunk { return chunk }
        throw RunServiceError(
            .notFound, "The run has no log `\(Shown.text(name))`; it may not have written anything yet.")
    }
}

/// Which points of a long series are shown.
enum Sampling {
    /// At most `size` positions of `count`, evenly spread, the first and the last among them.
    static func positions(count: Int, size: Int) -> [Int] {
        if count <= size { return Array(0..<count) }
        return (0..<size).map { $0 * (count - 1) / (size - 1) }
    }
}
