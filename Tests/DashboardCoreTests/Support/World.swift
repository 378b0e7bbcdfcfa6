import DashboardCore
import RunModel
import RunServices

/// A run service as a value: it answers effects with actions, at once and in order.
struct World {
    private(set) var runs: [RunID: Run] = [:]
    private var order: [RunID] = []
    private var revision = 0
    private var changedAt: [RunID: Int] = [:]
    private var goneAt: [RunID: Int] = [:]
    var logs: [RunID: [UInt8]] = [:]
    /// Texts of a run besides its log.
    var files: [RunID: [LogFile]] = [:]
    /// What a run's page tells of its log's size, when that is not the truth.
    var reportedLogSize: Int64?
    /// Why no log of any run is known.
    var logsError: RunServiceError?
    /// Other logs of every run, by name, in reading order.
    var moreLogs: [(name: String, bytes: [UInt8])] = []
    /// What every run keeps in files, by folder; text files among them are in `moreLogs`.
    var artifacts: [String: [Artifact]] = [:]
    /// Entries of one page of a folder.
    var artifactPage = Artifact.pageLimit
    /// What a poll costs.
    var cost: PollCost?
    /// The end of the login that every poll tells of.
    var credentialExpiry: CredentialExpiry?
    /// Those of them that a run's page does not tell of.
    var hiddenLogs: Set<String> = []
    /// Metrics whose samples are refused, one by one.
    var refusedMetrics: Set<String> = []
    static let refusal = RunServiceError(.invalid, "The server refuses the metric's name.")
    /// Samples that are not made up.
    var series: [MetricSeriesKey: MetricSeries] = [:]
    /// Experiments that were deleted, and whether polls tell so themselves.
    var deletedExperiments: Set<String> = []
    var tellsGoneExperiments = false
    /// The most bytes that a log read gives.
    var longestRead = Int.max
    /// Fails every read of this kind, or every command.
    var failures: [Kind: RunServiceError] = [:]
    /// What the service has been asked for.
    private(set) var asked: [Kind: Int] = [:]
    var pagesAreShort = false
    var description = ServiceDescription(kind: "local", location: "~/.local/share/runwatch", reason: "default")
    var capabilities = Capabilities()
    /// Who obeys a cancel; others are supervised.
    var oversight: [String: Oversight] = [:]
    var views: [NamedView] = []
    /// Why views cannot be changed.
    var viewError: RunServiceError?
    /// The queues of the machine.
    var queues: [RunQueue] = []
    /// Services to go over to, by name.
    var others: [String: World] = [:]

    /// What runs were started from.
    var sources: [RunID: RunSource] = [:]

    enum Kind: Hashable { case poll, details, series, log, artifacts, search, inspect, steer, queue }

    static let down = RunServiceError(.unavailable, "The run service does not answer; is it running?")

    mutating func put(_ run: Run) {
        if runs[run.id] == nil { order.append(run.id) }
        revision += 1
        runs[run.id] = run
        changedAt[run.id] = revision
    }

    mutating func change(_ id: String, _ body: (inout Run) -> Void) {
        guard var run = runs[RunID(id)] else { return }
        body(&run)
        put(run)
    }

    mutating func remove(_ id: String) {
        let id = RunID(id)
        revision += 1
        runs[id] = nil
        order.removeAll { $0 == id }
        goneAt[id] = revision
    }

    /// The action that answers an effect; nil for effects that are not about the service.
    mutating func answer(_ effect: Effect) -> Action? {
        switch effect {
        case .poll(let scope, let cursor, let generation, let pageSize):
            if let error = failure(.poll) { return .pollFailed(error, generation: generation) }
            if case .experiment(let id) = scope, deletedExperiments.contains(id.text), !tellsGoneExperiments {
                let error = RunServiceError(.notFound, "There is no experiment “\(id.text)”.")
                return .pollFailed(error, generation: generation)
            }
            var batch = changes(in: scope, since: cursor, pageSize: pageSize)
            batch.cost = cost
            batch.credentialExpiry = credentialExpiry
            return .changesArrived(batch, scope: scope, generation: generation, latency: 14)
        case .loadDetails(let id):
            return .detailsArrived(
                id, Self.result(failure(.details)) { () throws(RunServiceError) in try details(of: id) })
        case .loadSeries(let keys, let points, let purpose):
            let refused = keys.filter { refusedMetrics.contains($0.metric) }.map { ($0, Self.refusal) }
            let series = Self.result(failure(.series)) {
                SeriesAnswer(
                    series: keys.filter { !refusedMetrics.contains($0.metric) }.map { sample($0, points) },
                    refused: Dictionary(uniqueKeysWithValues: refused))
            }
            return .seriesArrived(purpose, requested: keys, series)
        case .readLog(let request):
            return .logArrived(
                request, Self.result(failure(.log)) { () throws(RunServiceError) in try chunk(request) })
        case .loadArtifacts(let request):
            return .artifactsArrived(request, Self.result(failure(.artifacts)) { page(request) })
        case .searchLog(let search): return .logSearched(search, Self.result(failure(.search)) { find(search) })
        case .inspect(let ids):
            return .inspected(ids, Self.result(failure(.inspect)) { () throws(RunServiceError) in try inspect(ids) })
        case .steer(let steering, let ids):
            var outcomes: [SteeringOutcome] = []
            for id in ids {
                let error = failure(.steer)
                let result = Self.result(error) { () throws(RunServiceError) in try steer(steering, id) }
                outcomes.append(SteeringOutcome(run: id, result: result))
            }
            return .steered(steering, outcomes)
        case .rerun(let id, let changes):
            return .rerunAnswered(id, Self.result(failure(.steer)) { RerunAnswer(run: RunID("again"), notes: changes) })
        case .connect(let name):
            guard let other = others[name] else {
                return .connectionFailed(name, RunServiceError(.notFound, "There is nothing at \(name)."))
            }
            self = other
            return .connected(description, capabilities)
        case .readQueues: return .queuesArrived(Self.result(failure(.queue)) { queues })
        case .changeQueue(let change):
            let error = failure(.queue)
            if error == nil { apply(change) }
            return .queueChanged(change, error)
        case .changeViews(let change):
            switch change {
            case .read: break
            case .save(let view): views = views.filter { $0.name != view.name } + [view]
            case .delete(let name): views.removeAll { $0.name == name }
            }
            return .viewsArrived(change, viewError.map { .failure($0) } ?? .success(views))
        case .abandonConnection, .setInterval, .redraw, .suspend, .quit, .signal, .runHook, .copy, .export, .editNote,
            .runForeground, .runBackground:
            return nil
        }
    }

    private mutating func failure(_ kind: Kind) -> RunServiceError? {
        asked[kind, default: 0] += 1
        return failures[kind]
    }

    private static func result<Value>(
        _ failure: RunServiceError?, _ body: () throws(RunServiceError) -> Value
    ) -> Result<Value, RunServiceError> {
        if let failure { return .failure(failure) }
        do throws(RunServiceError) { return .success(try body()) } catch { return .failure(error) }
    }

    private func changes(in scope: RunScope, since cursor: ChangeCursor?, pageSize: Int) -> ChangeBatch {
        let parts = cursor?.text.split(separator: " ").compactMap { Int($0) }
        let seen = parts?.first ?? 0
        let offset = parts.map { $0.count > 1 ? $0[1] : -1 } ?? 0
        let inScope = order.filter { id in
            if case .experiment(let experiment) = scope { return runs[id]?.experimentID == experiment }
            return true
        }
        var batch = ChangeBatch(experiments: experiments, cursor: ChangeCursor("\(revision)"))
        if parts != nil {
            batch.runs = inScope.filter { changedAt[$0] ?? 0 > seen }.compactMap { runs[$0] }
            batch.goneRuns = goneAt.filter { $0.value > seen && runs[$0.key] == nil }.map(\.key).sorted()
            if seen == revision { batch.experiments = [] }
        }
        if tellsGoneExperiments { batch.goneExperiments = deletedExperiments.sorted().map { ExperimentID($0) } }
        guard offset >= 0 else { return batch }
        let page = inScope.dropFirst(offset).prefix(pagesAreShort ? 3 : pageSize)
        let delivered = Set(batch.runs.map(\.id))
        batch.runs += page.filter { !delivered.contains($0) }.compactMap { runs[$0] }
        batch.hasMore = offset + page.count < inScope.count
        if batch.hasMore { batch.cursor = ChangeCursor("\(revision) \(offset + page.count)") }
        return batch
    }

    private func details(of id: RunID) throws(RunServiceError) -> RunDetails {
        guard let run = runs[id] else { throw RunServiceError(.notFound, "There is no run \(id).") }
        let output = logs[id].map {
            LogFile(name: "output", size: reportedLogSize ?? Int64($0.count), isCommandOutput: true)
        }
        let others = moreLogs.filter { !hiddenLogs.contains($0.name) }.map {
            LogFile(name: $0.name, size: Int64($0.bytes.count))
        }
        let logs = [output].compactMap { $0 } + others + (files[id] ?? [])
        var details = RunDetails(run: run, logs: logs)
        details.logsError = logsError
        details.source = sources[id]
        return details
    }

    private func sample(_ key: MetricSeriesKey, _ points: Int) -> MetricSeries {
        if let series = series[key] { return series }
        let latest = runs[key.run]?.metrics.value(forKey: key.metric)?.value.number ?? 0
        let points = (0..<min(points, 16)).map { index in
            MetricPoint.make(latest * (1 + Double(15 - index) / 8), step: Int64(index))
        }
        return MetricSeries(key: key, points: points, total: points.count)
    }

    private func chunk(_ request: LogRequest) throws(RunServiceError) -> LogChunk {
        let other = moreLogs.first { $0.name == request.file }?.bytes
        guard let log = other ?? logs[request.run] else { throw RunServiceError(.notFound, "The log is gone.") }
        let from = request.offset < 0 ? max(0, log.count + Int(request.offset)) : min(Int(request.offset), log.count)
        let bytes = log[from..<min(log.count, from + min(request.length, longestRead))]
        return LogChunk(offset: Int64(from), bytes: Array(bytes), size: Int64(log.count))
    }

    private func page(_ request: ArtifactRequest) -> Page<Artifact> {
        let all = artifacts[request.folder] ?? []
        let start = request.after.flatMap { Int($0.text) } ?? 0
        let end = min(all.count, start + artifactPage)
        return Page(Array(all[start..<end]), next: end < all.count ? PageToken("\(end)") : nil)
    }

    private func find(_ search: LogSearch) -> Int64? {
        let bytes = moreLogs.first { $0.name == search.file }?.bytes ?? logs[search.run] ?? []
        let text = String(decoding: bytes, as: UTF8.self)
        let places = text.ranges(of: search.text).map { text.utf8.distance(from: text.startIndex, to: $0.lowerBound) }
        let start = Int(search.start)
        return (search.isForward ? places.first { $0 >= start } : places.last { $0 < start }).map(Int64.init)
    }

    private func inspect(_ ids: [RunID]) throws(RunServiceError) -> Inspection {
        var inspection = Inspection(runs: [], activeDescendants: [])
        for id in ids { inspection.runs.append(try details(of: id).run) }
        inspection.activeDescendants = descendants(of: ids).filter { !$0.status.isTerminal && !ids.contains($0.id) }
        for run in inspection.runs + inspection.activeDescendants {
            inspection.oversight[run.id] = oversight[run.id.text] ?? .supervised
            if let id = run.executionID, let execution = runs[id] {
                inspection.executions[id] = Execution(run: execution, oversight: oversight[id.text] ?? .supervised)
            }
        }
        return inspection
    }

    private func descendants(of ids: [RunID]) -> [Run] {
        var found: [Run] = []
        var parents = Set(ids)
        while !parents.isEmpty {
            let children = order.compactMap { runs[$0] }.filter { $0.parentID.map(parents.contains) ?? false }
            found += children
            parents = Set(children.map(\.id))
        }
        return found
    }

    private mutating func steer(_ steering: Steering, _ id: RunID) throws(RunServiceError) -> [Run] {
        guard let run = runs[id] else { throw RunServiceError(.notFound, "There is no run \(id).") }
        var targets = [run]
        if steering == .cancel(includingDescendants: true) { targets = descendants(of: [id]).reversed() + targets }
        var changed: [Run] = []
        for var target in targets {
            switch steering {
            case .cancel where target.status.isTerminal: continue
            case .cancel: target.status = .cancelRequested
            case .kill where target.status.isTerminal: continue
            case .kill:
                target.status = .cancelRequested
                target.machineTags.set("ordered", forKey: Run.killTag)
            case .fail(let message): (target.status, target.failure) = (.failed, RunFailure(message: message))
            case .complete: target.status = .completed
            case .order(.requeue): target.status = .queued
            case .order(.hold): target.tags.set("JobHeldUser", forKey: "reason")
            case .order(.release): target.tags.removeValue(forKey: "reason")
            case .rename(_, let name): target.name = name
            case .describe(let text?): target.tags.set(text, forKey: Run.descriptionTag)
            case .describe(nil): target.tags.removeValue(forKey: Run.descriptionTag)
            case .editTags(let edits):
                for edit in edits {
                    switch edit {
                    case .set(let key, let value): target.tags.set(value, forKey: key)
                    case .delete(let key): target.tags.removeValue(forKey: key)
                    }
                }
            }
            put(target)
            changed.append(target)
        }
        guard !changed.isEmpty else {
            throw RunServiceError(.conflict, "The run is \(run.status.word), so it cannot be canceled.")
        }
        return changed
    }
}
