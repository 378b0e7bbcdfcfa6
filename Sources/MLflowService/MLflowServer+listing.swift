import MLflowMeaning
import MLflowWire
import RemotePolling
package import RunModel
package import RunServices
import Synchronization

extension MLflowServer {
    /// Pushes down what the server's filter grammar can hold, and filters the rest here.
    package func runs(_ query: RunQuery) async throws(RunServiceError) -> Page<Run> {
        let now = clock()
        switch query.subject {
        case .scope(let scope):
            var selection = try RunSelection(query, at: now)
            if query.limit > 0 { try await offer(query, in: scope, to: &selection, at: now) }
            return selection.page()
        case .children(let id, let recursive):
            return try query.page(of: await descendants(of: id, recursive: recursive), at: now)
        case .runs(let ids):
            try await knowExperiments()
            return try query.page(of: await runs(ids), at: now)
        }
    }

    /// Asks for runs by up to 100 ids a request, then for each level of descendants.
    package func inspect(
        _ ids: [RunID], activeDescendants: Bool
    ) async throws(RunServiceError) -> [InspectedRun] {
        try await knowExperiments()
        var known: Set<RunID> = []
        let targets = try await inspected(try await fetch(ids.filter { known.insert($0).inserted }.map(\.text)))
        let order = Dictionary(zip(ids, ids.indices), uniquingKeysWith: { first, _ in first })
        let found = targets.sorted { (order[$0.run.id] ?? 0) < (order[$1.run.id] ?? 0) }
        guard activeDescendants else { return found }
        let experiments = try experimentIDs(of: .all)
        let (newest, now) = (SortOrder.standard, clock())
        var below: [InspectedRun] = []
        var level = found.map(\.run.id)
        while !level.isEmpty {
            let children = try await inspected(try await children(of: level, in: experiments))
                .filter { known.insert($0.run.id).inserted }
            below += children.sorted {
                newest.isInOrder(newest.position(of: $0.run, at: now), newest.position(of: $1.run, at: now))
            }
            level = children.map(\.run.id)
        }
        return found + below.filter { !$0.run.status.isTerminal }
    }

    private func inspected(_ wire: [WireRun]) async throws(RunServiceError) -> [InspectedRun] {
        zip(try await take(wire), wire).map { run, wire in
            InspectedRun(
                run: run, supervisor: MLflowSupervision(wire.record(experimentName: run.experimentName))?.state)
        }
    }

    /// Those of the runs that exist, in the order of their ids.
    private func runs(_ ids: [RunID]) async throws(RunServiceError) -> [Run] {
        let found = try await take(try await fetch(ids.map(\.text)))
        let byID = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var known: Set<RunID> = []
        return ids.filter { known.insert($0).inserted }.compactMap { byID[$0] }
    }

    /// Offers the runs that can be on the page, in the order in which the server created them.
    private func offer(
        _ query: RunQuery, in scope: RunScope, to selection: inout RunSelection, at now: Timestamp
    ) async throws(RunServiceError) {
        try await knowExperiments()
        let pushdown = query.filter.map { MLflowFilterPushdown($0, at: now) }
        let known = replica.withLock { $0.experiments }
        let ids = try experimentIDs(of: scope).filter { id in
            known[ExperimentID(id)].map { pushdown?.includes($0, at: now) ?? true } ?? true
        }
        // A run starts when it is created or later, so what started until then was created until then.
        let place = selection.latestStart.map { "attributes.start_time <= \($0)" }
        var pushed = (pushdown?.texts ?? [nil])[...]
        var pages = api.pages(of: "runs")
        var beyond = Self.latecomers
        while true {
            let readsFew = query.filter == nil && query.order == nil && query.limit < api.listPage
            let count = readsFew ? min(query.limit + Self.latecomers, api.listPage) : api.listPage
            let filter = [pushed.first ?? nil, place].compactMap(\.self).joined(separator: " AND ")
            let page: WireRunList
            do throws(RunServiceError) {
                page = try await measuredPage(
                    in: ids, filter: filter.isEmpty ? nil : filter, after: pages.token, count: count)
            } catch {
                // A server with another grammar: more is looked at here.
                guard error.code == .invalid, pushed.count > 1, !pages.hasMore else { throw error }
                pushed.removeFirst()
                continue
            }
            let runs = try await take(page.runs ?? [])
            for run in runs { selection.offer(run) }
            if selection.isFull { beyond -= runs.count }
            try pages.turn(to: page.nextPageToken, items: runs.count)
            if !pages.hasMore || beyond <= 0 { return }
        }
    }

    /// Runs that are read beyond a limit, so that those of them that started last are not missed: 80 kB.
    private static let latecomers = 20

    /// Parents before children.
    func descendants(of id: RunID, recursive: Bool) async throws(RunServiceError) -> [Run] {
        _ = try await take([try await api.run(id.text)])
        try await knowExperiments()
        let experiments = try experimentIDs(of: .all)
        var found: [Run] = []
        var seen: Set<RunID> = [id]
        var level = [id]
        while !level.isEmpty {
            let children = try await take(try await children(of: level, in: experiments))
            let new = SortOrder.standard.sorted(children.filter { seen.insert($0.id).inserted }, at: clock())
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
}
