package import RunModel

/// Collects the page that a query asks for out of runs that are offered one after another.
///
/// It holds about twice the page at most, whatever is offered, so that a page of a million runs costs the memory of a page.
package struct RunSelection {
    private let filter: Filter?
    private let order: SortOrder
    private let limit: Int
    private let after: SortOrder.Position?
    private let now: Timestamp
    private var kept: [(run: Run, position: SortOrder.Position)] = []
    /// The last of a full page: what comes after it is of no use any more.
    private var worst: SortOrder.Position?

    /// Prepares for the runs of a scope. Throws `invalid` for a page token that no service gave out.
    package init(_ query: RunQuery, at now: Timestamp) throws(RunServiceError) {
        filter = query.filter
        order = query.order ?? .standard
        limit = max(0, query.limit)
        after = try query.page?.position()
        self.now = now
    }

    /// Whether runs that are offered newest start first need not be offered any further.
    package var isFull: Bool { order == .standard && worst != nil }

    /// The start of the run after which the page begins, in UTC milliseconds, where that is the order; nil for the first page.
    package var latestStart: Int64? { order == .standard ? after?.start : nil }

    /// Whether a run comes after everything on a page that is full already.
    package func excludes(_ run: Run) -> Bool {
        worst.map { !order.isInOrder(order.position(of: run, at: now), $0) } ?? false
    }

    /// Considers a run for the page.
    package mutating func offer(_ run: Run) {
        guard filter?.matches(run, at: now) ?? true else { return }
        let position = order.position(of: run, at: now)
        if let after, !order.isInOrder(after, position) { return }
        if let worst, !order.isInOrder(position, worst) { return }
        kept.append((run, position))
        // One more than the page tells whether another one follows.
        let needed = limit == .max ? .max : limit + 1
        if kept.count >= needed && (kept.count == needed || kept.count >= 2 * needed) { trim(to: needed) }
    }

    /// The page, and a token when more follows.
    package consuming func page() -> Page<Run> {
        kept.sort { order.isInOrder($0.position, $1.position) }
        if kept.count <= limit { return Page(kept.map(\.run)) }
        kept.removeLast(kept.count - limit)
        // A page of nothing has no last run to continue after.
        return Page(kept.map(\.run), next: kept.last.map { PageToken(after: $0.position) })
    }

    private mutating func trim(to count: Int) {
        kept.sort { order.isInOrder($0.position, $1.position) }
        kept.removeLast(kept.count - count)
        worst = kept.last?.position
    }
}

extension RunQuery {
    /// The page that this query asks for of all runs of its subject, which are given in their natural order; a run that was
    /// asked for twice is one run.
    package func page(of given: [Run], at now: Timestamp) throws(RunServiceError) -> Page<Run> {
        var known: Set<RunID> = []
        let runs = given.filter { known.insert($0.id).inserted }
        if order != nil {
            var selection = try RunSelection(self, at: now)
            for run in runs { selection.offer(run) }
            return selection.page()
        }
        var rest = runs[...]
        if let page {
            let last = try page.position().id
            guard let index = rest.firstIndex(where: { $0.id == last }) else {
                throw RunServiceError(
                    .invalid, "The run at which this page begins is gone; ask for the first page again.")
            }
            rest = rest[(index + 1)...]
        }
        let matching = rest.lazy.filter { filter?.matches($0, at: now) ?? true }
        let wanted = Array(matching.prefix(limit == .max ? .max : max(0, limit) + 1))
        guard wanted.count > limit, limit > 0 else { return Page(Array(wanted.prefix(max(0, limit)))) }
        let last = SortOrder.standard.position(of: wanted[limit - 1], at: now)
        return Page(Array(wanted.dropLast()), next: PageToken(after: last))
    }
}
