import Dispatch
import Foundation
import GRDB
import LocalStore
import RunModel
import RunServices
import Synchronization

extension FuzzTarget {
    /// Rows of `runs.db` in which any column may hold anything.
    static let storeRows = FuzzTarget(
        "storeRows", rounds: 60,
        seeds: [
            [0, 0, 0, 3], [1, 2, 0, 3, 1, 3, 0, 4], [5, 1, 0, 8, 5, 2, 1, 7], [2, 0, 0, 3], [3, 4, 2, 5, 3, 5, 0, 3],
        ]
    ) { bytes in onStage { $0.play(bytes) } }

    /// Page tokens as a server's clients send them. The seeds are of the orders that the stage asks for.
    static let pageTokens = FuzzTarget(
        "pageTokens", rounds: 300,
        seeds: [
            "2 \(order("[]")) i1750000000000 t1:a", "2 \(order("history")) i1 i2 r3ff0000000000000 i4", "2 0 - t9:x",
        ]
    ) { bytes in
        let token = PageToken(String(decoding: bytes, as: UTF8.self))
        onStage { $0.ask(token) }
    }

    /// FNV-1a, by which the store tells orders apart.
    private static func order(_ text: String) -> String {
        let digest = text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        return String(digest, radix: 16)
    }

    private static func onStage(_ body: (StoreStage) -> Void) {
        StoreStage.shared.withLock { stage in
            if stage == nil { stage = try? StoreStage() }
            guard let stage else { preconditionFailure("There is no place for a store.") }
            body(stage)
        }
    }
}

/// A store of a few runs, which every input finds as it was at first.
private final class StoreStage: Sendable {
    static let shared = Mutex<StoreStage?>(nil)

    private let store: LocalStore
    /// Another program's connection, which may write what it likes.
    private let file: DatabaseQueue
    private let pristine: DatabaseQueue

    /// Not the supervisor's host: what claims to be of this host may be looked for among its processes.
    private static let columns: [(table: String, columns: [String])] = [
        ("store", ["revision"]),
        (
            "runs",
            ["created_at", "started_at", "ended_at", "parent_pk", "root_pk", "number", "revision", "status", "name"]
        ),
        ("status_counts", ["count", "status"]),
        ("latest_metrics", ["count", "first_seq", "last_seq", "step", "timestamp", "value", "ordinal", "key"]),
        ("metric_points", ["seq", "step", "timestamp", "value"]),
        (
            "supervisors",
            [
                "pid", "start_ticks", "command_pid", "command_start_ticks", "heartbeat", "attached", "silenced_status",
                "terminated_at", "exit_status", "exit_signal",
            ]
        ),
        ("experiments", ["created_at", "next_run_number", "revision", "name"]), ("tags", ["key", "value"]),
        ("params", ["key", "value"]), ("sources", ["command", "directory"]), ("tombstones", ["revision", "id"]),
        ("run_documents", ["traits", "hidden", "run_type"]), ("run_warnings", ["seq"]),
        ("datasets", ["name", "schema"]),
        ("model_uses", ["step", "is_output"]), ("metric_tables", ["columns", "count"]),
        ("servers", ["pid", "start_ticks", "started_at"]),
    ]

    init() throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent(
            "runwatch-fuzz-\(UInt32.random(in: .min ... .max))")
        Self.removeAtExit(place.path)
        store = try Self.waiting { try await Self.make(in: place.path) }
        file = try DatabaseQueue(path: place.path + "/runs.db")
        pristine = try DatabaseQueue()
        try file.backup(to: pristine)
    }

    private static func make(in directory: String) async throws -> LocalStore {
        let store = try await LocalStore.open(at: directory) { Timestamp(milliseconds: 1_750_000_000_000) }
        var parent: RunID?
        for name in ["a", "b", "c"] {
            let run = try await store.createRun(
                RunDraft(
                    id: RunID(name), experimentName: "fuzz", name: name, parentID: parent, tags: Tags([("x", "y")]),
                    params: Params([("p", "q")]), source: RunSource(command: ["a"], directory: "/", host: "elsewhere")))
            try await store.apply(.start, to: run.id, onBehalfOf: .lifecycle)
            let stamp = ProcessStamp(pid: 2, startTicks: 1, bootID: "other")
            try await store.attach(Supervisor(host: "elsewhere", process: stamp, command: stamp), to: run.id)
            let points = (0..<5).map { MetricEntry(key: "loss", value: .number(Double($0))) }
            try await store.logMetrics(points, to: run.id)
            try await store.record(edit, on: run.id)
            parent = run.id
        }
        try await store.announce(
            ServingProcess(
                host: "elsewhere", process: ProcessStamp(pid: 2, startTicks: 1, bootID: "other"), address: "http://a",
                startedAt: Timestamp(milliseconds: 0)))
        return store
    }

    /// Something of each kind that only hosts keep.
    private static let edit = HostedRunEdit(
        document: RunDocument(runType: "t", traits: ["x"], warnings: [RunWarning(source: "s", message: "m")]),
        datasets: [DatasetInput(dataset: Dataset(name: "d", digest: "1", sourceType: "t", source: "s"))],
        modelOutputs: [ModelUse(modelID: "m-1", step: 1)],
        metricRows: [
            MetricRows(
                table: "rows", columns: [MetricColumn(name: "x", type: "int")],
                rows: [MetricRow(id: "1", createdAt: Timestamp(milliseconds: 0), data: "{}")])
        ])

    func play(_ bytes: [UInt8]) {
        try? pristine.backup(to: file)
        var reader = FuzzReader(bytes)
        for _ in 0..<8 where !reader.isAtEnd {
            let (table, columns) = Self.columns[reader.index(below: Self.columns.count)]
            let column = columns[reader.index(below: columns.count)]
            let value: (any DatabaseValueConvertible)? =
                switch reader.index(below: 5) {
                case 0, 1: reader.integer()
                case 2: reader.double()
                case 3: reader.text()
                default: nil
                }
            // Half of them change one run's rows alone.
            let key = ["runs": "pk", "experiments": "pk"][table] ?? "run_pk"
            let isPart = !["store", "status_counts", "tombstones", "experiments", "datasets", "servers"].contains(table)
            let restriction = isPart && reader.byte() & 1 == 0 ? " WHERE \(key) = 2" : ""
            // What the schema itself refuses stays as it was.
            try? file.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA foreign_keys = OFF")
                try db.execute(sql: "UPDATE OR IGNORE \(table) SET \(column) = ?\(restriction)", arguments: [value])
            }
        }
        try? Self.waiting { [store] in await Self.look(at: store) }
    }

    private static func look(at store: LocalStore) async {
        _ = try? await store.experiments().map(\.counts.total)
        for run in (try? await store.runs(in: .all, matching: nil, limit: 10)) ?? [] {
            _ = run.duration(at: Timestamp(milliseconds: 0))
            precondition(run.parentID != run.id)
            _ = try? await store.children(of: run.id, recursive: true, matching: nil)
            _ = try? await store.details(of: run.id)
        }
        _ = try? await store.runs(in: .all, matching: FilterSample.all.first, limit: 10)
        _ = try? await store.metricSeries(for: [MetricSeriesKey(run: RunID("b"), metric: "loss")], maxPoints: 3)
        var cursor: ChangeCursor?
        for _ in 0..<10 {
            guard let batch = try? await store.changes(in: .all, since: cursor, pageSize: 2) else { break }
            cursor = batch.cursor
            if !batch.hasMore { break }
        }
        await lookAsHost(at: store)
        _ = try? await store.supervisedRuns()
        _ = try? await store.heartbeat(of: RunID("b"))
        try? await store.logMetrics([MetricEntry(key: "loss", value: .number(1))], to: RunID("b"))
        _ = try? await store.cancel(RunID("a"), includingDescendants: true)
    }

    private static func lookAsHost(at store: LocalStore) async {
        let order = [RunOrder(.metric("loss")), RunOrder(.ended, isDescending: true), RunOrder(.tag("x"))]
        var search = RunSearch(.experiments(nil), view: .all, includesHidden: false, order: order, limit: 2)
        search.condition = FilterSample.all.first.map { .filter($0) }
        for _ in 0..<4 {
            guard let page = try? await store.search(search), let next = page.next else { break }
            search.page = next
        }
        let key = MetricSeriesKey(run: RunID("b"), metric: "loss")
        _ = try? await store.metricHistory(of: key, limit: 2, page: nil)
        _ = try? await store.metricSamples(of: "loss", in: [RunID("b")], steps: 0...3, maxPoints: 2)
        _ = try? await store.metricTables(of: RunID("b"))
        _ = try? await store.metricRows(of: "rows", in: RunID("b"), limit: 2, page: nil)
        _ = try? await store.experiments(ExperimentSearch(limit: 2))
        _ = try? await store.createExperiment(ExperimentDraft(name: "new"))
        _ = try? await store.servers()
        try? await store.record(edit, on: RunID("b"))
        try? await store.setStage(.deleted, of: [RunID("b")])
    }

    /// What a stranger sends as the token of a page.
    func ask(_ token: PageToken) {
        try? Self.waiting { [store] in
            for order in [[], [RunOrder(.metric("loss"))]] {
                _ = try? await store.search(RunSearch(.experiments(nil), order: order, limit: 2, page: token))
            }
            _ = try? await store.experiments(ExperimentSearch(limit: 2, page: token))
            let key = MetricSeriesKey(run: RunID("b"), metric: "loss")
            _ = try? await store.metricHistory(of: key, limit: 2, page: token)
            _ = try? await store.metricRows(of: "rows", in: RunID("b"), limit: 2, page: token)
        }
    }

    private static let place = Mutex("")

    /// The stage serves all inputs, so that nothing but the end of the process ends it.
    private static func removeAtExit(_ path: String) {
        place.withLock { $0 = path }
        atexit { StoreStage.place.withLock { path in try? FileManager.default.removeItem(atPath: path) } }
    }

    /// Blocks this thread, which is none of those that tasks run on.
    private static func waiting<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
        let (done, result) = (DispatchSemaphore(value: 0), Box<Value>())
        Task.detached {
            let outcome: Result<Value, any Error>
            do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
            result.value.withLock { $0 = outcome }
            done.signal()
        }
        done.wait()
        guard let outcome = result.value.withLock({ $0 }) else { preconditionFailure("The task gave nothing.") }
        return try outcome.get()
    }

    private final class Box<Value: Sendable>: Sendable {
        let value = Mutex<Result<Value, any Error>?>(nil)
    }
}
