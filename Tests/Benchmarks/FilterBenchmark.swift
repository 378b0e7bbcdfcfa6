import DashboardCore
import TerminalUI

/// From each letter of a filter to the narrowed list, with 100,000 runs loaded.
enum FilterBenchmark {
    private static let filters = [
        "sweep", "status:running", "metrics.loss < 0.3", "tag.quality=\"fantastic run\" and not user = ana",
        "name ~ \"^fine.*7$\"", "age < 2d",
    ]

    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let runs = KeyBenchmark.runs
        var driver = try await DashboardDriver(store: setting.store(runs: runs), limit: runs + 1)
        var times: [Double] = []
        var slowest: (time: Double, text: String) = (0, "")
        for _ in 0..<(setting.isQuick ? 1 : 3) {
            for filter in filters {
                _ = try await driver.send(.key(.character("/")))
                var text = ""
                for character in filter {
                    let time = try await driver.send(.key(.character(character)))
                    text.append(character)
                    times.append(time)
                    if time > slowest.time { slowest = (time, text) }
                }
                times.append(try await driver.send(.key(.escape)))
            }
        }
        let spread = Distribution(times)
        return [
            BenchmarkResult(
                name: "filter keystroke, 100,000 runs, median", measured: spread.median, budget: 50, unit: "ms",
                note: spread.note),
            BenchmarkResult(
                name: "filter keystroke, 100,000 runs, worst", measured: spread.worst, budget: 50, unit: "ms",
                note: "at: \(slowest.text)"),
        ]
    }
}
