import Algorithms
import AzureMLWire
import MLflowMeaning
import RemotePolling
package import RunModel
package import RunServices
import Synchronization

extension AzureMLWorkspace {
    /// Pushes down what run history can evaluate, and filters the rest here. Metrics are read where the question asks for
    /// them, and for a page of ordinary length.
    package func runs(_ query: RunQuery) async throws(RunServiceError) -> Page<Run> {
        let now = clock()
        var page: Page<Run>
        switch query.subject {
        case .scope(let scope):
            var selection = try RunSelection(query, at: now)
            if query.limit > 0 { try await offer(query, in: scope, to: &selection, at: now) }
            page = selection.page()
        case .children(let id, let recursive):
            let runs = try await descendants(of: id, recursive: recursive)
            page = try query.page(of: try await complete(runs, for: query), at: now)
        case .runs(let ids):
            try await knowExperiments()
            let byID = Dictionary(try await take(try await fetch(ids)).map { ($0.id, $0) }) { first, _ in first }
            page = try query.page(of: try await complete(ids.compactMap { byID[$0] }, for: query), at: now)
        }
        if page.items.count <= settings.listedMetrics && !query.looksAtMetrics {
            page.items = try await withMetrics(page.items)
        }
        return page
    }

    /// Asks for all runs at once, a few at a time, then for their descendants.
    package func inspect(
        _ ids: [RunID], activeDescendants: Bool
    ) async throws(RunServiceError) -> [InspectedRun] {
        try await knowExperiments()
        var known: Set<RunID> = []
        let targets = try await inspected(try await fetch(ids.filter { known.insert($0).inserted }))
        let order = Dictionary(zip(ids, ids.indices), uniquingKeysWith: { first, _ in first })
        let found = targets.sorted { (order[$0.run.id] ?? 0) < (order[$1.run.id] ?? 0) }
        guard activeDescendants else { return found }
        var below: [InspectedRun] = []
        for target in found {
            let records = try await tree(below: target.run)
            below += records.filter { known.insert($0.run.id).inserted }.map {
                InspectedRun(run: $0.run, supervisor: $0.record.supervision?.state)
            }
        }
        return found + below.filter { !$0.run.status.isTerminal }
    }

    private func inspected(_ dtos: [RunDto]) async throws(RunServiceError) -> [InspectedRun] {
        try await records(dtos).map { InspectedRun(run: $0.run, supervisor: $0.record.supervision?.state) }
    }

    /// Those of the runs that exist.
    func fetch(_ ids: [RunID]) async throws(RunServiceError) -> [RunDto] {
        var known: [ExperimentID: [RunID]] = [:]
        var others: [RunID] = []
        replica.withLock { replica in
            for id in ids {
                if let run = replica.runs[id]?.run, ODataText.isPlain(id.text) {
                    known[run.experimentID, default: []].append(id)
                } else {
                    others.append(id)
                }
            }
        }
        // Few are asked for one by one, which is exact; many by experiment.
        if ids.count <= AzureMLAPI.width { (known, others) = ([:], ids) }
        let chunks = known.flatMap { experiment, ids in ids.chunks(ofCount: 50).map { (experiment, Array($0)) } }
        let api = api
        let listed = try await concurrently(chunks) { chunk throws(RunServiceError) -> [RunDto] in
            guard let filter = ODataText.runs(chunk.1.map(\.text)) else { return [] }
            var found: [RunDto] = []
            try await api.forEachPage(in: chunk.0, filter: filter, count: chunk.1.count) { found += $0 }
            return found
        }
        let single = try await concurrently(others) { id throws(RunServiceError) in try await api.runIfThere(id) }
        return listed.flatMap(\.self) + single.compactMap(\.self)
    }

    /// Runs that are to be filtered or ordered by their metrics, with these.
    private func complete(_ runs: [Run], for query: RunQuery) async throws(RunServiceError) -> [Run] {
        query.looksAtMetrics ? try await withMetrics(runs) : runs
    }

    /// The runs with the newest points of all their metrics.
    private func withMetrics(_ runs: [Run]) async throws(RunServiceError) -> [Run] {
        if settings.isEager { return runs }
        return try await concurrently(runs) { run throws(RunServiceError) in
            var run = run
            let isFinal = self.rounds.withLock { $0.isFinal(run.id) }
            if run.status.isTerminal && isFinal { return run }
            run.metrics = try await self.latestMetrics(of: run.id)
            self.replica.withLock { replica in
                guard var entry = replica.runs[run.id] else { return }
                entry.run.metrics = run.metrics
                replica.take(entry)
            }
            return run
        }
    }

    /// Offers the runs that can be on the page, newest created first within each experiment.
    private func offer(
        _ query: RunQuery, in scope: RunScope, to selection: inout RunSelection, at now: Timestamp
    ) async throws(RunServiceError) {
        try await knowExperiments()
        let pushdown = query.filter.map { AzureFilterPushdown($0, at: now) }
        let known = replica.withLock { $0.experiments }
        let ids = try experimentIDs(of: scope).filter { id in
            known[id].map { pushdown?.includes($0, at: now) ?? true } ?? true
        }
        // A run starts when it is created or later, so what started until then was created until then.
        let place = selection.latestStart.map { "(CreatedUtc lt \(ODataText.moment($0 + 1)))" }
        let readsFew = query.filter == nil && query.order == nil && query.limit < settings.listPage
        let count = readsFew ? min(query.limit + Self.latecomers, settings.listPage) : settings.listPage
        var filters = [[pushdown?.text, place], [place], []].map { ODataText.all($0.compactMap(\.self)) }[...]
        if filters[1] == filters[0] { filters.removeFirst() }
        for id in ids {
            var pages = api.pages(of: "runs")
            var beyond = 0
            while true {
                let page: PaginatedDto<RunDto>
                do throws(RunServiceError) {
                    page = try await measuredPage(
                        in: id, filter: filters.first ?? nil, after: pages.token, count: count)
                } catch {
                    // A service with another grammar: more is looked at here.
                    guard error.code == .invalid, filters.count > 1, !pages.hasMore else { throw error }
                    filters.removeFirst()
                    continue
                }
                let runs = try await complete(try await take(page.value), for: query)
                for run in runs {
                    // In the order of creation, so that one that started late may come after some that are too old.
                    beyond = selection.isFull && selection.excludes(run) ? beyond + 1 : 0
                    selection.offer(run)
                }
                try pages.turn(to: page.continuationToken, items: page.value.count)
                if !pages.hasMore || beyond >= Self.latecomers { break }
            }
        }
    }

    /// Runs that are read beyond a limit, so that those of them that started last are not missed.
    private static let latecomers = 20

    /// Parents before children.
    func descendants(of id: RunID, recursive: Bool) async throws(RunServiceError) -> [Run] {
        let root = try await record(of: id).run
        if recursive { return try await tree(below: root).map(\.run) }
        let children = try await take(try await api.children(of: id, count: settings.listPage))
        return SortOrder.standard.sorted(children, at: clock())
    }

    /// All that is below a run, level by level, newest first in each.
    ///
    /// Every run names its root, so one question tells of a whole tree, whose runs are in one experiment as a rule; where
    /// there are few experiments the others are asked too.
    func tree(below run: Run) async throws(RunServiceError) -> [(record: AzureRecord, run: Run)] {
        guard ODataText.isPlain(run.rootID.text) else { return try await levels(below: run) }
        let others = try experimentIDs(of: .all).filter { $0 != run.experimentID }
        let experiments = [run.experimentID] + (others.count < Self.treeExperiments ? others : [])
        let filter = "(RootRunId eq \(run.rootID.text))"
        let (api, size) = (api, settings.listPage)
        let dtos = try await concurrently(experiments) { id throws(RunServiceError) -> [RunDto] in
            var found: [RunDto] = []
            try await api.forEachPage(in: id, filter: filter, count: size) { found += $0 }
            return found
        }
        let all = try await records(dtos.flatMap(\.self))
        let byParent = Dictionary(grouping: all) { $0.run.parentID ?? RunID("") }
        let (newest, now) = (SortOrder.standard, clock())
        var (level, found, seen) = ([run.id], [(record: AzureRecord, run: Run)](), Set([run.id]))
        while !level.isEmpty {
            let next = level.flatMap { byParent[$0] ?? [] }.filter { seen.insert($0.run.id).inserted }.sorted {
                newest.isInOrder(newest.position(of: $0.run, at: now), newest.position(of: $1.run, at: now))
            }
            found += next
            level = next.map(\.run.id)
        }
        return found
    }

    /// The same by a question for each run, for roots that no filter can name.
    private func levels(below run: Run) async throws(RunServiceError) -> [(record: AzureRecord, run: Run)] {
        let (api, size) = (api, settings.listPage)
        var (level, found, seen) = ([run.id], [(record: AzureRecord, run: Run)](), Set([run.id]))
        while !level.isEmpty {
            let children = try await concurrently(level) { id throws(RunServiceError) in
                try await api.children(of: id, count: size)
            }
            let next = try await records(children.flatMap(\.self)).filter { seen.insert($0.run.id).inserted }
            found += next
            level = next.map(\.run.id)
        }
        return found
    }

    /// Experiments in which a tree is looked for.
    private static let treeExperiments = 20
}

extension RunQuery {
    /// Whether metrics decide which runs come, or in what order.
    fileprivate var looksAtMetrics: Bool {
        if let filter, filter.expression.looksAtMetrics { return true }
        if case .metric = order?.column { return true }
        return false
    }
}
