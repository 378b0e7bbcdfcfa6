import LocalStore
import RunModel
import RunServices

/// Resident memory of the real binary when everything is loaded, and after many ticks with changes.
enum MemoryBenchmark {
    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let store = try await setting.store(runs: 10_000)
        let dashboard = try setting.startDashboard(store: store, ["--interval", "0.1"])
        defer { dashboard.end() }
        try dashboard.settle()
        let loaded = ProcessUsage(of: dashboard.pid)

        let writer = try await BackgroundWriter(store: store)
        let ticks = setting.isQuick ? 100 : 1_200
        // The first ticks fill caches that are bounded; growth counts from there.
        var settled = loaded
        for tick in 0..<ticks {
            if tick == ticks / 10 { settled = ProcessUsage(of: dashboard.pid) }
            try await writer.logPoints()
            let end = Stopwatch.now() + 100
            while Stopwatch.now() < end { _ = try dashboard.read(within: end - Stopwatch.now()) }
        }
        let after = ProcessUsage(of: dashboard.pid)
        return [
            BenchmarkResult(
                name: "resident memory, 10,000 runs", measured: loaded.residentMB, budget: 40, unit: "MB"),
            BenchmarkResult(
                name: "growth over \(ticks) ticks with 20 changed runs each",
                measured: max(0, after.residentMB / settled.residentMB - 1) * 100, budget: 5, unit: "%",
                note: "from \(ResultTable.fixed(settled.residentMB, 1)) to \(ResultTable.fixed(after.residentMB, 1)) MB"
            ),
        ]
    }
}
