import AzureMLWire
import RemotePolling
import RunModel
package import RunServices
import Synchronization

/// What a tick asks: everything about an experiment in one question, and of many experiments a few in turn.
extension AzureMLWorkspace {
    /// Asks what can have changed.
    package func tick(_ scope: RunScope) async throws(RunServiceError) {
        let now = clock()
        if settings.isEager { return try await lookAtAll(scope) }
        let before = traffic
        let ticks = replica.withLock { replica in
            if case .all = scope { return replica.beginTick(in: .all, at: now).progress.ticks }
            return replica.progress[scope]?.ticks ?? 0
        }
        var left: Int { settings.tickRequests - (traffic.requests - before.requests) }
        var bytes: Int { settings.tickBytes - (traffic.bytes - before.bytes) }
        if ticks % RunReplica.experimentTurn == 1 { try await walkExperiments(bytes: bytes) }
        try await readNewExperiments()
        let ids = try experimentIDs(of: scope)
        // One request is for metrics.
        let turn = replica.withLock { $0.nextExperiments(ids, count: max(1, left - 1)) }
        for (index, id) in turn.enumerated() { try await ask(id, at: now, bytes: bytes / (turn.count - index)) }
        try await readMetrics(of: scope, requests: left, bytes: bytes)
    }

    /// Everything that can have changed in an experiment: what was created, what ended, what is active, and some of the
    /// newest others.
    private func ask(_ id: ExperimentID, at now: Timestamp, bytes: Int) async throws(RunServiceError) {
        let scope = RunScope.experiment(id)
        let (asked, filters, version) = replica.withLock { replica in
            let (reached, elapsed) = replica.beginTick(in: scope, at: now)
            let started = replica.started(in: scope, since: reached.lastStart, mayMissSome: true)
            let active = replica.nextActive(in: scope)
            let affordable = replica.affordableRuns(bytes: bytes - active.count * replica.runBytes)
            // Run history sets the time of creation itself, so nothing begins in the past.
            _ = replica.beginWalk(in: scope, count: settings.reconciledRuns, room: affordable)
            let due = RunReplica.dueRuns(of: settings.reconciledRuns, elapsed: elapsed)
            let walked = replica.nextWalked(in: scope, count: min(due, affordable))
            var created = ["CreatedUtc ge \(ODataText.moment(started.from + (started.isLater ? 1 : 0)))"]
            created += started.besides.map(\.text).filter(ODataText.isPlain).map { "RunId ne \($0)" }
            let asked = active + walked
            let parts = [ODataText.all(created), ODataText.runs(asked)].compactMap(\.self)
            // The end of a run that is known and active shows when it is asked about; this is for all others.
            let ended = "(EndTimeUtc ge \(ODataText.moment(reached.lastEnd + 1)))"
            return (asked, [parts + (reached.lastEnd > 0 ? [ended] : []), parts], replica.version)
        }
        var found: Set<String> = []
        let takesEnds = rounds.withLock { $0.takesEnds }
        let dtos = try await all(in: id, matching: ODataText.any(takesEnds ? filters[0] : filters[1]), else: filters[1])
        found.formUnion(dtos.map(\.runId))
        try await take(dtos, asked: version)
        note(dtos, in: id)
        try await verify(asked.filter { !found.contains($0) })
    }

    /// A service with another grammar is asked for less.
    private func all(
        in id: ExperimentID, matching filter: String?, else simpler: [String]
    ) async throws(RunServiceError) -> [RunDto] {
        var dtos: [RunDto] = []
        var pages = api.pages(of: "runs")
        var filter = filter
        while true {
            let page: PaginatedDto<RunDto>
            do throws(RunServiceError) {
                page = try await measuredPage(in: id, filter: filter, after: pages.token, count: settings.listPage)
            } catch {
                let plain = ODataText.any(simpler)
                guard error.code == .invalid, !pages.hasMore, filter != plain else { throw error }
                rounds.withLock { $0.takesEnds = false }
                filter = plain
                continue
            }
            dtos += page.value
            try pages.turn(to: page.continuationToken, items: page.value.count)
            if !pages.hasMore { return dtos }
        }
    }

    private func lookAtAll(_ scope: RunScope) async throws(RunServiceError) {
        try await refreshExperiments()
        replica.withLock { $0.unreadExperiments = [] }
        for id in try experimentIDs(of: scope) {
            let known = replica.withLock { $0.starts.all(of: id) }
            var found: Set<RunID> = []
            try await api.forEachPage(in: id, count: settings.listPage) { dtos throws(RunServiceError) in
                try await take(dtos)
                note(dtos, in: id)
                found.formUnion(dtos.map { RunID($0.runId) })
            }
            try await verify(known.filter { !found.contains($0) }.map(\.text))
        }
    }

    /// Drops the runs that are not there any more, or hidden.
    private func verify(_ ids: [String]) async throws(RunServiceError) {
        for id in ids {
            if let dto = try await api.runIfThere(RunID(id)) {
                try await take([dto])
            } else {
                replica.withLock { $0.remove(RunID(id)) }
            }
        }
    }

    /// Spends what is left of a tick on the newest values of metrics, and a little more as long as a screen lacks some.
    private func readMetrics(of scope: RunScope, requests: Int, bytes: Int) async throws(RunServiceError) {
        let runs = replica.withLock { replica in
            let newest = replica.starts.newest(ScopeProgress.screenRows, in: scope) { _ in true }.map(\.id)
            let active = replica.active.filter { id in
                replica.runs[id].map { scope.contains($0.run.experimentID) } ?? false
            }
            return (newest + active.subtracting(newest).sorted()).map { id in
                (id: id, isOver: replica.runs[id]?.run.status.isTerminal ?? true)
            }
        }
        var (asked, left) = (0, bytes)
        // A workspace that is busy tells the rest later; rows without their metrics are rows all the same.
        while left > 0, let question = rounds.withLock({ $0.next(runs) }) {
            guard asked < requests || question.isFirst && asked < Self.firstMetrics else { return }
            let before = traffic.bytes
            try await ask(question, isOver: runs.first { $0.id == question.run }?.isOver ?? false)
            asked += 1
            left -= traffic.bytes - before
        }
    }

    /// Requests that a tick makes for metrics while there are runs on a screen that were never looked at.
    private static let firstMetrics = 4

    private func ask(_ question: MetricRounds.Question, isOver: Bool) async throws(RunServiceError) {
        guard let series = question.series else {
            let all = try await api.series(of: question.run)
            return rounds.withLock { $0.note(all, of: question.run, isOver: isOver) }
        }
        let point = try await api.sample(of: series, in: question.run, maxPoints: 2).last
        rounds.withLock { $0.note(read: series, of: question.run) }
        guard let point else { return }
        replica.withLock { replica in
            guard var entry = replica.runs[question.run] else { return }
            entry.run.metrics.set(point, forKey: series.key)
            replica.take(entry)
        }
    }
}

extension RunReplica {
    /// The experiments to ask about in a tick: half of them are those with active runs, and all have their turn.
    func nextExperiments(_ ids: [ExperimentID], count: Int) -> [ExperimentID] {
        if ids.count <= count { return ids }
        let busy = Set(active.compactMap { runs[$0]?.run.experimentID })
        let waiting = ids.sorted { lastTick($0) < lastTick($1) }
        let first = waiting.filter(busy.contains).prefix((count + 1) / 2)
        return Array(first) + waiting.filter { !first.contains($0) }.prefix(count - first.count)
    }

    private func lastTick(_ id: ExperimentID) -> Timestamp {
        progress[.experiment(id)]?.lastTick ?? Timestamp(milliseconds: 0)
    }
}
