import Algorithms
import FileAccess
import MLflowArtifacts
import MLflowMeaning
import RunModel
import RunServices

/// Runs read at a time, so that no read keeps a training script from its commit for long.
private let readingPage = 500

extension RecordStore {
    /// The counts are those of the ledger, which is brought up to date first.
    package func experiments() async throws(RunServiceError) -> [Experiment] {
        try await poll { ledger, _ in ledger.allExperiments }
    }

    /// Reads 500 runs at a time, so that no read keeps a training script from its commit for long.
    package func runs(_ query: RunQuery) async throws(RunServiceError) -> Page<Run> {
        let now = clock()
        switch query.subject {
        case .scope(let scope):
            var selection = try RunSelection(query, at: now)
            if query.limit <= 0 { return selection.page() }
            var rest = try await ids(in: scope, from: query)[...]
            while !rest.isEmpty && !selection.isFull {
                let readsFew = query.filter == nil && query.order == nil && query.limit < readingPage
                let page = Array(rest.prefix(readsFew ? query.limit + 1 : readingPage))
                rest = rest.dropFirst(page.count)
                for run in try await runs(page, at: now) { selection.offer(run) }
            }
            return selection.page()
        case .children(let id, let recursive):
            let ids = try await read { session in
                _ = try session.record(id)
                return try session.descendants(of: id.text, recursive: recursive)
            }
            return try query.page(of: await allRuns(ids, at: now), at: now)
        case .runs(let ids): return try query.page(of: await allRuns(ids.map(\.text), at: now), at: now)
        }
    }

    /// Reads targets and descendants in one read of the store.
    package func inspect(
        _ ids: [RunID], activeDescendants: Bool
    ) async throws(RunServiceError) -> [InspectedRun] {
        let now = clock()
        return try await read { session in
            var known: Set<String> = []
            let targets = ids.map(\.text).filter { known.insert($0).inserted }
            var below: [String] = []
            if activeDescendants {
                for target in targets {
                    below += try session.descendants(of: target, recursive: true).filter { known.insert($0).inserted }
                }
            }
            let stored = try session.records(targets + below)
            let asked = Set(targets)
            return zip(try session.runs(from: stored, at: now), stored).filter { run, _ in
                asked.contains(run.id.text) || !run.status.isTerminal
            }.map { InspectedRun(run: $0, supervisor: MLflowSupervision($1.record)?.state) }
        }
    }

    /// The ids of a scope, newest start first, from the last one that a page before this one gave.
    private func ids(in scope: RunScope, from query: RunQuery) async throws(RunServiceError) -> [String] {
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
        guard query.order == nil, let last = try query.page?.position().id.text else { return ids }
        // A run that is gone by now is passed over by its place in the order instead.
        return ids.firstIndex(of: last).map { Array(ids[$0...]) } ?? ids
    }

    private func allRuns(_ ids: [String], at now: Timestamp) async throws(RunServiceError) -> [Run] {
        var found: [Run] = []
        for part in ids.chunks(ofCount: readingPage) { found += try await runs(Array(part), at: now) }
        return found
    }

    private func runs(_ ids: [String], at now: Timestamp) async throws(RunServiceError) -> [Run] {
        try await read { session in try session.runs(from: session.records(ids), at: now) }
    }

    /// A log listing that fails leaves its error in `logsError`. Throws when the run's own files can be read only in
    /// part.
    package func details(of id: RunID) async throws(RunServiceError) -> RunDetails {
        let now = clock()
        let (details, artifacts, commandLog) = try await read { session in
            let stored = try session.stored(id)
            // The rest would look as if it were all.
            if let trouble = stored.trouble { throw trouble }
            let details = RunDetails(
                run: try session.runs(from: [stored], at: now)[0], source: MLflowMapping.source(of: stored.record),
                supervisor: MLflowSupervision(stored.record)?.state)
            return (details, session.artifacts(of: stored), MLflowCommandLog.path(of: stored.record))
        }
        var complete = details
        do throws(RunServiceError) {
            complete.logs = try await BlockingCall.run { () throws(RunServiceError) in
                try artifacts.texts(commandLog: commandLog)
            }
        } catch {
            complete.logsError = error
        }
        return complete
    }

    /// Reads one run at a time, so the series of different runs may be of different moments.
    package func metricSeries(
        for keys: [MetricSeriesKey], maxPoints: Int
    ) async throws(RunServiceError) -> [MetricSeries] {
        var found: [MetricSeries] = []
        // One run at a time, so that no read takes long.
        for run in keys.byRun {
            found += try await read { session in
                try run.compactMap { key in try session.series(key, maxPoints: max(2, maxPoints)) }
            }
        }
        return found
    }

    /// Reads the file outside the store's lock. Throws `notFound` when the run has no such log.
    package func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk {
        let artifacts = try await read { session in session.artifacts(of: try session.stored(id)) }
        let chunk = try await BlockingCall.run { () throws(RunServiceError) in
            try artifacts.read(name, offset: offset, length: length)
        }
        if let chunk { return chunk }
        throw RunServiceError(
            .notFound, "The run has no log `\(Shown.text(name))`; it may not have written anything yet.")
    }
}

extension [MetricSeriesKey] {
    /// Neighbours of the same run, together.
    fileprivate var byRun: [[MetricSeriesKey]] {
        reduce(into: []) { chunks, key in
            if let last = chunks.last?.last, last.run == key.run {
                chunks[chunks.count - 1].append(key)
            } else {
                chunks.append([key])
            }
        }
    }
}
