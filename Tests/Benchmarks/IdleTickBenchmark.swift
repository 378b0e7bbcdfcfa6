/// A tick when nothing changed: its cost in the process, and what it sends to the terminal.
enum IdleTickBenchmark {
    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        // Runs at work show a duration that grows, which is a change; so the store has none that started.
        let store = try await setting.restingStore(runs: 10_000)
        var driver = try await DashboardDriver(store: store)
        var times: [Double] = []
        var cells = 0
        for _ in 0..<(setting.isQuick ? 100 : 1_000) {
            times.append(try await driver.tick())
            cells += driver.changedCells
        }
        let spread = Distribution(times)
        return [
            BenchmarkResult(
                name: "idle tick, 10,000 runs, median", measured: spread.median, budget: 0.2, unit: "ms",
                note: "\(spread.note); \(cells) cells changed"),
            BenchmarkResult(
                name: "idle ticks, bytes to the terminal", measured: Double(try idleBytes(setting, store)), budget: 0,
                unit: "B", note: "over \(Self.tickCount) ticks of the real binary"),
        ]
    }

    private static let tickCount = 10

    private static func idleBytes(_ setting: BenchmarkSetting, _ store: String) throws -> Int {
        let dashboard = try setting.startDashboard(store: store, ["--interval", "0.5"])
        defer { dashboard.end() }
        try dashboard.settle()
        let before = dashboard.byteCount
        let end = Stopwatch.now() + Double(tickCount) * 500
        while Stopwatch.now() < end { _ = try dashboard.read(within: end - Stopwatch.now()) }
        return dashboard.byteCount - before
    }
}
