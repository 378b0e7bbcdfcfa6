import LocalStore
import RunModel
import RunServices

/// What a server asks of the store, without the protocol around it: its calls can be no faster than these.
enum HostingBenchmark {
    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let path = try await setting.store(runs: 10_000)
        let store = try await LocalStore.open(at: path)
        return try await writes(store, setting) + reads(store, setting)
    }

    private static func writes(_ store: LocalStore, _ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        var results: [BenchmarkResult] = []
        for clients in [1, 8, 64] {
            let perClient = (setting.isQuick ? 2_000 : 20_000) / clients
            let rate = try await rate(store, clients: clients, calls: perClient, points: 1)
            results.append(
                BenchmarkResult(
                    name: "single points from \(clients) clients", measured: 1_000_000 / rate,
                    budget: clients == 64 ? 200 : nil, unit: "µs each", note: "\(Int(rate)) calls/s"))
        }
        let rate = try await rate(store, clients: 8, calls: setting.isQuick ? 5 : 50, points: 1_000)
        results.append(
            BenchmarkResult(
                name: "batches of 1,000 points from 8 clients", measured: 1_000 / rate, budget: 10, unit: "ms each",
                note: "\(Int(rate * 1_000)) points/s"))
        return results
    }

    /// Calls a second, each with so many points of a metric of the client's own run.
    private static func rate(_ store: LocalStore, clients: Int, calls: Int, points: Int) async throws -> Double {
        var runs: [RunID] = []
        for _ in 0..<clients { runs.append(try await store.createRun(RunDraft(experimentName: "benchmark")).id) }
        let start = Stopwatch.now()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for run in runs {
                group.addTask {
                    for call in 0..<calls {
                        let metrics = (0..<points).map { index in
                            let step = Int64(call * points + index)
                            return MetricEntry(
                                key: "loss", value: .number(1 / Double(step + 1)), step: step,
                                timestamp: Timestamp(milliseconds: 1_750_000_000_000 + step))
                        }
                        try await store.record(
                            HostedRunEdit(RunEdit(onBehalfOf: .client, metrics: metrics)), on: run)
                    }
                }
            }
            try await group.waitForAll()
        }
        return Double(clients * calls) / (Stopwatch.now() - start) * 1_000
    }

    private static func reads(_ store: LocalStore, _ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let experiments = try await store.experiments().map(\.id)
        let low = RunCondition.filter(try Filter.parse("metrics.loss < 0.3"))
        let tagged = RunCondition.filter(
            try Filter.parse("tags.quality = 'fantastic run' and params.optimizer = 'adamw'"))
        let metric = [RunOrder(.metric("loss"))]
        // Budgets are a tenth of what `mlflow server` takes for the whole call.
        let searches: [(String, RunSearch, Double?)] = [
            ("100 newest of one experiment", RunSearch(.experiments([experiments[0]]), limit: 100), 14),
            ("100 newest of all experiments", RunSearch(.experiments(experiments), limit: 100), 22),
            ("1,000 newest of all experiments", RunSearch(.experiments(experiments), limit: 1_000), 170),
            ("100 by a metric", RunSearch(.experiments(experiments), order: metric, limit: 100), 850),
            (
                "100 below a metric's value",
                RunSearch(.experiments(experiments), matching: low, order: metric, limit: 100), nil
            ),
            ("100 of a tag and a parameter", RunSearch(.experiments(experiments), matching: tagged, limit: 100), nil),
        ]
        var results: [BenchmarkResult] = []
        for (name, search, budget) in searches {
            let spread = try await spread(setting) { _ = try await store.search(search) }
            results.append(
                BenchmarkResult(
                    name: "search: \(name), median", measured: spread.median, budget: budget, unit: "ms",
                    note: spread.note))
        }
        guard let run = try await store.search(RunSearch(.experiments(nil), limit: 1)).items.first?.run.id else {
            return results
        }
        let one = try await spread(setting) { _ = try await store.hostedRun(run) }
        results.append(
            BenchmarkResult(name: "one run, median", measured: one.median, budget: 1.5, unit: "ms", note: one.note))
        return results
    }

    private static func spread(
        _ setting: BenchmarkSetting, _ work: () async throws -> Void
    ) async throws -> Distribution {
        var times: [Double] = []
        for _ in 0..<(setting.isQuick ? 10 : 50) {
            let start = Stopwatch.now()
            try await work()
            times.append(Stopwatch.now() - start)
        }
        return Distribution(times)
    }
}
