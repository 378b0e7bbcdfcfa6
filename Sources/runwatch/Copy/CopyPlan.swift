import RunModel
import RunServices

/// Which runs are copied, and in which order.
struct CopyPlan {
    /// Parents before their children.
    let runs: [Run]

    /// All that match, and all that is below them.
    static func read(
        _ service: any RunService, matching filter: Filter?, at now: Timestamp
    ) async throws -> CopyPlan {
        var all: [Run] = []
        try await RunPages(RunQuery(.scope(.all)), of: service).forEach { all += $0 }
        return CopyPlan(all, matching: filter, at: now)
    }

    init(_ all: [Run], matching filter: Filter?, at now: Timestamp) {
        var childrenOf: [RunID: [Run]] = [:]
        for run in all { if let parent = run.parentID { childrenOf[parent, default: []].append(run) } }
        var chosen: Set<RunID> = []
        // Oldest first, as they came; a child that matches alone comes after those above it that do.
        let matching = all.filter { filter?.matches($0, at: now) ?? true }
            .sorted { ($0.createdAt, $0.id.text) < ($1.createdAt, $1.id.text) }
        let wanted = Set(matching.map(\.id))
        func hasWantedAncestor(_ run: Run, _ byID: [RunID: Run]) -> Bool {
            var (next, steps) = (run.parentID, 0)
            // Others may write a loop.
            while let id = next, steps < 1_000 {
                if wanted.contains(id) { return true }
                (next, steps) = (byID[id]?.parentID, steps + 1)
            }
            return false
        }
        let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var order: [Run] = []
        for top in matching where !hasWantedAncestor(top, byID) {
            var pending = [top]
            while let run = pending.popLast() {
                guard chosen.insert(run.id).inserted else { continue }
                order.append(run)
                pending += (childrenOf[run.id] ?? []).reversed()
            }
        }
        runs = order
    }
}
