import MLflowWire
package import RunModel
package import RunServices
import Synchronization

extension MLflowServer {
    /// The counts are those of the runs read so far: MLflow counts nothing itself, so the first call reads all runs.
    package func experiments() async throws(RunServiceError) -> [Experiment] {
        try await refreshExperiments()
        let isLoaded = replica.withLock { $0.progress[.all]?.isLoaded ?? false }
        if isLoaded {
            try await tick(.all)
        } else {
            var cursor: ChangeCursor?
            while true {
                let batch = try await changes(in: .all, since: cursor, pageSize: api.listPage)
                cursor = batch.cursor
                if !batch.hasMore { break }
            }
        }
        return replica.withLock { $0.allExperiments }
    }

    package func runs(
        in scope: RunScope, matching filter: Filter?, limit: Int
    ) async throws(RunServiceError) -> [Run] {
        try await refreshExperiments()
        let now = clock()
        let pushdown = filter.map { MLflowFilterPushdown($0, at: now) }
        let known = replica.withLock { $0.experiments }
        let ids = try experimentIDs(of: scope).filter { id in
            known[ExperimentID(id)].map { pushdown?.includes($0, at: now) ?? true } ?? true
        }
        var pushed = (pushdown?.texts ?? [nil])[...]
        var listed: [Run] = []
        var pages = api.pages(of: "runs")
        // The server orders by when a run was created; some start later, or in another order.
        let wanted = limit > 0 ? limit + Self.latecomers : 0
        while listed.count < wanted {
            let count = filter == nil ? min(wanted - listed.count, api.listPage) : api.listPage
            let page: WireRunList
            do throws(RunServiceError) {
                page = try await measuredPage(in: ids, filter: pushed.first ?? nil, after: pages.token, count: count)
            } catch {
                // A server with another grammar: more is looked at here.
                guard error.code == .invalid, pushed.count > 1, !pages.hasMore else { throw error }
                pushed.removeFirst()
                continue
            }
            let runs = try await take(page.runs ?? [])
            listed += runs.filter { filter?.matches($0, at: now) ?? true }
            try pages.turn(to: page.nextPageToken, items: runs.count)
            if !pages.hasMore { break }
        }
        return Array(Self.newestFirst(listed).prefix(limit))
    }

    /// Runs that are read beyond a limit, so that those of them that started last are not missed: 80 kB.
    private static let latecomers = 20

    package func children(
        of id: RunID, recursive: Bool, matching filter: Filter?
    ) async throws(RunServiceError) -> [Run] {
        let now = clock()
        return try await descendants(of: id, recursive: recursive).filter { filter?.matches($0, at: now) ?? true }
    }

    /// Parents before children.
    func descendants(of id: RunID, recursive: Bool) async throws(RunServiceError) -> [Run] {
        _ = try await take([try await api.run(id.text)])
        try await refreshExperiments()
        let experiments = try experimentIDs(of: .all)
        var found: [Run] = []
        var seen: Set<RunID> = [id]
        var level = [id]
        while !level.isEmpty {
            let children = try await take(try await children(of: level, in: experiments))
            let new = Self.newestFirst(children.filter { seen.insert($0.id).inserted })
            found += new
            level = recursive ? new.map(\.id) : []
        }
        return found
    }

    private func children(
        of parents: [RunID], in experiments: [String]
    ) async throws(RunServiceError) -> [WireRun] {
        // One question each while they are few; else one about all that have a parent, which is sorted out here.
        if parents.count > 8 {
            let wanted = Set(parents.map(\.text))
            var found: [WireRun] = []
            let filter = "tags.`\(MLflowTag.parent)` != ''"
            try await api.forEachPage(in: experiments, filter: filter) { runs throws(RunServiceError) in
                found += runs.filter { run in
                    run.data?.tags?.contains { $0.key == MLflowTag.parent && wanted.contains($0.value ?? "") } ?? false
                }
            }
            return found
        }
        var found: [WireRun] = []
        for parent in parents {
            guard let quoted = MLflowAPI.quoted(parent.text) else { continue }
            let filter = "tags.`\(MLflowTag.parent)` = \(quoted)"
            try await api.forEachPage(in: experiments, filter: filter) { runs throws(RunServiceError) in found += runs }
        }
        return found
    }

    private static func newestFirst(_ runs: [Run]) -> [Run] {
        runs.sorted { left, right in
            let (first, second) = (left.startedAt ?? left.createdAt, right.startedAt ?? right.createdAt)
            return first == second ? left.id < right.id : first > second
        }
    }
}
