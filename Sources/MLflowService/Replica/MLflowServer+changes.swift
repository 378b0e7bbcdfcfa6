import MLflowWire
package import RemotePolling
import RunModel
package import RunServices
import Synchronization

extension MLflowServer {
    /// One page of the full read, and what changed meanwhile.
    package func load(
        _ scope: RunScope, since version: Int64?, _ pages: Pages, count: Int
    ) async throws(RunServiceError) -> ChangeBatch {
        var pages = pages
        let ids = try experimentIDs(of: scope)
        let before = replica.withLock { $0.version }
        let page = try await measuredPage(in: ids, after: pages.token, count: count)
        let wire = page.runs ?? []
        try pages.turn(to: page.nextPageToken, items: wire.count)
        let runs = try await take(wire)
        if !pages.hasMore { ProcessMemory.giveBack() }
        return try replica.withLock { replica throws(RunServiceError) in
            replica.note(wire, in: scope)
            return try replica.batch(loading: runs, in: scope, since: version, before: before, pages)
        }
    }

    /// Asks what can have changed: what started, what ended, what is active, and a little of the rest.
    package func tick(_ scope: RunScope) async throws(RunServiceError) {
        let now = clock()
        let before = api.traffic.bytes
        let (progress, elapsed) = replica.withLock { $0.beginTick(in: scope, at: now) }
        if settings.isEager {
            try await refreshExperiments()
        } else {
            try await askCreated()
        }
        try await readNewExperiments()
        let ids = try experimentIDs(of: scope)
        try await askStarted(scope, ids, since: progress.lastStart)
        try await askActive(scope, ids)
        try await askEnded(scope, ids)
        if settings.isEager { return try await walkAll(scope, ids) }
        let affordable = affordableRuns(since: before)
        if try await askUnknown(scope, ids, room: affordable) { return }
        if progress.ticks % RunReplica.experimentTurn == 0 {
            return try await walkExperiments(bytes: settings.tickBytes - (api.traffic.bytes - before))
        }
        let due = RunReplica.dueRuns(of: settings.reconciledRuns, elapsed: elapsed)
        try await walk(scope, ids, count: min(due, affordable))
    }

    private func affordableRuns(since before: Int) -> Int {
        let left = settings.tickBytes - (api.traffic.bytes - before)
        return replica.withLock { $0.affordableRuns(bytes: left) }
    }

    /// Resumed runs taken note of in one round of the slow walk: 20 kB.
    private static let resumedRuns = 5
    /// Runs that a filter may name; SQLite takes no more than 999 values from old servers.
    private static let namedRuns = 500

    private func askStarted(
        _ scope: RunScope, _ ids: [String], since moment: Int64
    ) async throws(RunServiceError) {
        let (from, isLater, known) = replica.withLock {
            $0.started(in: scope, since: moment, mayMissSome: !settings.isEager)
        }
        var filter = "attributes.start_time \(isLater ? ">" : ">=") \(from)"
        for id in known { filter += MLflowAPI.quoted(id.text).map { " AND attributes.run_id != \($0)" } ?? "" }
        try await takeAll(in: ids, filter: filter, scope)
    }

    /// Takes in all runs that match, page by page.
    private func takeAll(in ids: [String], filter: String, _ scope: RunScope) async throws(RunServiceError) {
        try await api.forEachPage(in: ids, filter: filter) { runs throws(RunServiceError) in
            try await take(runs)
            replica.withLock { $0.note(runs, in: scope) }
        }
    }

    private func askEnded(_ scope: RunScope, _ ids: [String]) async throws(RunServiceError) {
        // What was active has just been asked about, and its end is known by now.
        let last = replica.withLock { $0.progress[scope]?.lastEnd ?? 0 }
        try await takeAll(
            in: ids, filter: "attributes.end_time > \(last) AND attributes.end_time < \(RunReplica.endOfTime)", scope
        )
    }

    private func askActive(_ scope: RunScope, _ ids: [String]) async throws(RunServiceError) {
        let asked = replica.withLock { $0.nextActive(in: scope) }
        if asked.isEmpty { return }
        try await ask(about: asked, scope, ids)
    }

    private func ask(about asked: [String], _ scope: RunScope, _ ids: [String]) async throws(RunServiceError) {
        let version = replica.withLock { $0.version }
        let list = asked.compactMap { MLflowAPI.quoted($0) }.joined(separator: ",")
        let page = try await measuredPage(in: ids, filter: "attributes.run_id IN (\(list))", count: asked.count)
        let wire = page.runs ?? []
        try await take(wire, asked: version)
        replica.withLock { $0.note(wire, in: scope) }
        let found = Set(wire.map(\.info.runID))
        try await verify(asked.filter { !found.contains($0) })
    }

    /// Looks for runs that began long ago by their clock, and for some that went on after their end, once for each round of
    /// the slow walk; tells whether there are any of the former.
    private func askUnknown(_ scope: RunScope, _ ids: [String], room: Int) async throws(RunServiceError) -> Bool {
        let count = settings.reconciledRuns
        let unknown = replica.withLock { $0.beginWalk(in: scope, count: count, room: room) }
        guard let (oldest, newest) = unknown else { return false }
        let known = newest.compactMap { MLflowAPI.quoted($0.text) }.joined(separator: ",")
        let filter = "attributes.start_time > \(oldest) AND attributes.run_id NOT IN (\(known))"
        let page = try await measuredPage(in: ids, filter: filter, count: count)
        let late = try await take(page.runs ?? [])
        try await askResumed(scope, ids)
        return !late.isEmpty
    }

    /// Runs that are active and not known to be, as one that goes on from a checkpoint: MLflow keeps the time of its first
    /// start then.
    private func askResumed(_ scope: RunScope, _ ids: [String]) async throws(RunServiceError) {
        let active = replica.withLock { $0.active.sorted() }
        guard active.count <= Self.namedRuns else { return }
        var filter = "attributes.status = 'RUNNING'"
        if !active.isEmpty {
            let known = active.compactMap { MLflowAPI.quoted($0.text) }.joined(separator: ",")
            filter += " AND attributes.run_id NOT IN (\(known))"
        }
        let page = try await measuredPage(in: ids, filter: filter, count: Self.resumedRuns)
        try await take(page.runs ?? [])
    }

    /// Looks at some of the newest runs again, whatever their times say.
    private func walk(_ scope: RunScope, _ ids: [String], count: Int) async throws(RunServiceError) {
        let asked = replica.withLock { $0.nextWalked(in: scope, count: count) }
        if !asked.isEmpty { try await ask(about: asked, scope, ids) }
    }

    private func walkAll(_ scope: RunScope, _ ids: [String]) async throws(RunServiceError) {
        replica.withLock { $0.progress[scope]?.walked = [] }
        var pages = api.pages(of: "runs")
        repeat {
            let page = try await measuredPage(in: ids, after: pages.token, count: api.listPage)
            let wire = page.runs ?? []
            try await take(wire)
            try pages.turn(to: page.nextPageToken, items: wire.count)
            let missed = replica.withLock {
                $0.note(wire, in: scope)
                return $0.walked(wire, in: scope, isOver: !pages.hasMore)
            }
            // A page shifts when runs come in between, so each is asked about before it counts as gone.
            try await verify(Array(missed.prefix(20)))
        } while pages.hasMore
    }

    /// Drops the runs that the server has no more.
    private func verify(_ ids: [String]) async throws(RunServiceError) {
        for id in ids {
            do throws(RunServiceError) {
                _ = try await take([try await api.run(id)])
            } catch {
                // What a person may see no more is forbidden, and with MLflow 3.17's basic auth so is what does not exist.
                guard error.code == .notFound || error.code == .forbidden else { throw error }
                replica.withLock { $0.remove(RunID(id)) }
            }
        }
    }

    func measuredPage(
        in ids: [String], filter: String? = nil, after token: String? = nil, count: Int
    ) async throws(RunServiceError) -> WireRunList {
        let before = api.traffic.bytes
        let page = try await api.runPage(in: ids, filter: filter, after: token, count: count)
        let bytes = api.traffic.bytes - before
        replica.withLock { $0.measured(bytes: bytes, runs: page.runs?.count ?? 0) }
        return page
    }
}
