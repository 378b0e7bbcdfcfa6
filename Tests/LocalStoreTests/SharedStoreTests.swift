import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// Several processes and several instances on one directory at the same time.
@Suite struct SharedStoreTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// What each writer does: runs of its own in a shared experiment, and points on a run of all.
    private static func write(_ writer: Int, at path: String) async throws {
        let store = try await LocalStore.open(at: path)
        let shared = try await store.createRun(RunDraft(id: RunID("shared"), experimentName: "together"))
        for index in 0..<20 {
            let run = try await store.createRun(RunDraft(id: RunID("w\(writer)-\(index)"), experimentName: "together"))
            try await store.apply(.start, to: run.id, onBehalfOf: .lifecycle)
            try await store.logMetrics([MetricEntry(key: "m", value: .number(1))], to: shared.id)
            try await store.apply(.complete, to: run.id, onBehalfOf: .lifecycle)
        }
    }

    private func check(writers: Int, _ replica: ChangeReplica, _ store: LocalStore) async throws {
        let runs = try await store.runs(in: .all, matching: nil, limit: 10_000)
        #expect(runs.count == writers * 20 + 1)
        #expect(replica.runs == Dictionary(uniqueKeysWithValues: runs.map { ($0.id, $0) }))
        #expect(Set(runs.compactMap(\.number)) == Set(1...runs.count))
        #expect(
            try await store.experiments().map(\.counts) == [StatusCounts([.completed: writers * 20, .notStarted: 1])])
        let key = MetricSeriesKey(run: RunID("shared"), metric: "m")
        let points = try await store.metricSeries(for: [key], maxPoints: 1_000).first?.points
        #expect(points?.map(\.step) == (0..<Int64(writers) * 20).map { $0 })
    }

    @Test func instancesWriteWhileAWatcherFollows() async throws {
        let watcher = try await LocalStore.open(at: directory.path)
        var replica = ChangeReplica()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask { [path = directory.path] in try await Self.write(writer, at: path) }
            }
            for _ in 0..<50 {
                try await replica.pull(from: watcher, pageSize: 3)
                await Task.yield()
            }
            try await group.waitForAll()
        }
        try await replica.catchUp(with: watcher, pageSize: 3)
        try await check(writers: 4, replica, watcher)
    }

    @Test func processesCreateAndWriteOneStore() async throws {
        // All three find no store at first and one of them creates it.
        async let first: Void = process(0)
        async let second: Void = process(1)
        async let third: Void = process(2)
        _ = await (first, second, third)
        let watcher = try await LocalStore.open(at: directory.path)
        var replica = ChangeReplica()
        try await replica.catchUp(with: watcher)
        try await check(writers: 3, replica, watcher)
    }

    private func process(_ writer: Int) async {
        await #expect(processExitsWith: .success) { [path = directory.path as String, writer = writer as Int] in
            try await SharedStoreTests.write(writer, at: path)
        }
    }
}
