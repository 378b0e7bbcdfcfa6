import LocalStore
import RunModel
import RunServices

/// A tick with ten changed runs must cost the same whether the store is small or large.
enum ChangedTickBenchmark {
    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let sizes = [1_000, setting.isQuick ? 100_000 : 1_000_000]
        var results: [BenchmarkResult] = []
        var medians: [Double] = []
        for size in sizes {
            let spread = try await measure(store: setting.store(runs: size), repetitions: setting.isQuick ? 30 : 200)
            medians.append(spread.median)
            results.append(
                BenchmarkResult(
                    name: "tick with 10 changed of \(size) runs, median", measured: spread.median, unit: "ms",
                    note: spread.note))
        }
        results.append(
            BenchmarkResult(
                name: "tick with 10 changed runs, large store / small", measured: medians[1] / medians[0], budget: 2,
                unit: "x"))
        return results
    }

    private static func measure(store: String, repetitions: Int) async throws -> Distribution {
        var driver = try await DashboardDriver(store: store)
        let writer = try await LocalStore.open(at: store)
        let runs = try await writer.runs(in: .all, matching: nil, limit: 500).filter { $0.startedAt != nil }
        var times: [Double] = []
        for repetition in 0..<repetitions {
            for offset in 0..<10 {
                let run = runs[(repetition * 10 + offset * 7) % runs.count]
                let entry = MetricEntry(key: "loss", value: .number(1 / Double(repetition + 2)))
                try await writer.logMetrics([entry], to: run.id)
            }
            times.append(try await driver.tick())
        }
        return Distribution(times)
    }
}
