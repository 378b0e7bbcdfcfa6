import AzureMLService
import LocalStore
import RemotePolling
import RunModel
import RunServices
import TestSupport
import Testing

/// What a workspace of 10,000 runs, three of them active, is asked while somebody watches it.
struct IdleTickTests {
    /// A dashboard at its usual pace, and what its questions cost.
    private struct Watcher {
        let service: AzureMLWorkspace
        let clock: TestClock
        var seen: ChangeReplica
        /// Of the ticks so far.
        var costs: [PollCost] = []

        mutating func tick() async throws -> ChangeBatch {
            clock.advance(by: 2_000)
            let before = service.traffic
            let batch = try await seen.pull(from: service, pageSize: 0)
            let cost = try #require(batch.cost)
            #expect(cost.bytes == service.traffic.bytes - before.bytes)
            costs.append(cost)
            return batch
        }

        /// Seconds of ticks, a minute's at most, until `isThere` says so; nil when it never does.
        mutating func wait(until isThere: (ChangeReplica) -> Bool) async throws -> Int? {
            for tick in 0..<30 {
                if isThere(seen) { return tick * 2 }
                _ = try await self.tick()
            }
            return isThere(seen) ? 60 : nil
        }
    }

    @Test(arguments: [true, false])
    func `an idle tick makes three requests of 25 kB at most, and nothing goes stale`(_ isScoped: Bool) async throws {
        let server = try await ServedStore(isEmpty: true)
        try await SyntheticStore.fill(directory: server.storePath, runs: 10_000, experiments: 4)
        let active = try Filter.parse("status:active")
        let working = try await server.store.runs(in: .all, matching: active, limit: 100)
        for run in working.dropFirst(3) { try await server.store.apply(.complete, to: run.id, onBehalfOf: .lifecycle) }
        let clock = TestClock()
        let service = AzureMLWorkspace(try .onServer(server)) { clock.now }
        let experiment = try #require(working.first).experimentID
        var watcher = Watcher(
            service: service, clock: clock, seen: ChangeReplica(scope: isScoped ? .experiment(experiment) : .all))
        try await watcher.seen.catchUp(with: service, pageSize: 1_000)
        #expect(watcher.seen.runs.count == (isScoped ? 2_504 : 10_000) || isScoped)
        // The first minute fetches metrics for what a screen shows.
        for _ in 0..<45 { _ = try await watcher.tick() }
        let screen = watcher.seen.runs.values.sorted { $0.createdAt > $1.createdAt }.prefix(22)
        for run in screen {
            #expect(run.metrics == (try await server.store.details(of: run.id).run.metrics), "\(run.name)")
        }
        watcher.costs = []
        for _ in 0..<60 { _ = try await watcher.tick() }
        print("requests", watcher.costs.map(\.requests).max() ?? 0, "bytes", watcher.costs.map(\.bytes).max() ?? 0)
        #expect(try #require(watcher.costs.map(\.requests).max()) <= 3)
        #expect(try #require(watcher.costs.map(\.bytes).max()) <= 25_000)

        let store = server.store
        let name = try #require(working.first).experimentName
        let new = try await store.createRun(RunDraft(experimentName: name))
        let seenNew = try await watcher.wait { $0.runs[new.id] != nil }
        #expect(try #require(seenNew) <= 8)
        try await store.apply(.complete, to: working[0].id, onBehalfOf: .lifecycle)
        let ended = try await watcher.wait { $0.runs[working[0].id]?.status == .completed }
        #expect(try #require(ended) <= 8)
        // An edit of a run that was over long ago, which no time shows.
        let old = try #require(screen.first { $0.status.isTerminal && $0.experimentID == experiment })
        try await store.editTags([.set(key: "late", value: "1")], of: old.id)
        let tagged = try await watcher.wait { $0.runs[old.id]?.tags.contains("late") == true }
        print("new", seenNew ?? -1, "ended", ended ?? -1, "tagged", tagged ?? -1)
        #expect(tagged != nil)
    }
}
