/// A dashboard left running for a minute beside twenty active runs that log a point every two seconds.
enum LeftRunningBenchmark {
    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let store = try await setting.store(runs: 10_000)
        let writer = try await BackgroundWriter(store: store)
        let dashboard = try setting.startDashboard(store: store)
        defer { dashboard.end() }
        try dashboard.settle()

        let seconds = setting.isQuick ? 12.0 : 60
        let before = ProcessUsage(of: dashboard.pid)
        let bytesBefore = dashboard.byteCount
        let end = Stopwatch.now() + seconds * 1_000
        var nextPoint = Stopwatch.now()
        while Stopwatch.now() < end {
            if Stopwatch.now() >= nextPoint {
                try await writer.logPoints()
                nextPoint += 2_000
            }
            _ = try dashboard.read(within: max(0, min(nextPoint, end) - Stopwatch.now()))
        }
        let after = ProcessUsage(of: dashboard.pid)
        let scale = 60 / seconds
        return [
            BenchmarkResult(
                name: "CPU left running, \(writer.count) active runs, per minute",
                measured: (after.cpuSeconds - before.cpuSeconds) * scale, budget: 0.1, unit: "s",
                note: "over \(ResultTable.fixed(seconds, 0)) s"),
            BenchmarkResult(
                name: "bytes to the terminal, \(writer.count) active runs, per minute",
                measured: Double(dashboard.byteCount - bytesBefore) * scale / 1_000, unit: "kB"),
        ]
    }
}
