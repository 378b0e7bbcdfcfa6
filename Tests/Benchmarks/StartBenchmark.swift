/// From exec to the first rows on the screen, on a warm cache.
enum StartBenchmark {
    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let runs = 10_000
        let store = try await setting.store(runs: runs)
        var times: [Double] = []
        for repetition in 0...(setting.isQuick ? 5 : 20) {
            let dashboard = try setting.startDashboard(store: store)
            defer { dashboard.end() }
            // The newest run, which comes first; its name ends in its number.
            let shown = try dashboard.wait(for: "-\(runs)")
            // The first start warms the cache.
            if repetition > 0 { times.append(shown - dashboard.startedAt) }
        }
        let spread = Distribution(times)
        return [
            BenchmarkResult(
                name: "start to first rows, 10,000 runs, median", measured: spread.median, budget: 50, unit: "ms",
                note: spread.note)
        ]
    }
}
