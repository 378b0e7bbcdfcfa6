import DashboardCore
import TerminalUI

/// From a key to the changed cells, with 100,000 runs loaded.
enum KeyBenchmark {
    static let runs = 100_000

    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        var driver = try await DashboardDriver(store: setting.store(runs: runs), limit: runs + 1)
        var times: [Double] = []
        var byKey: [String: [Double]] = [:]
        for _ in 0..<(setting.isQuick ? 5 : 20) {
            for key in keys {
                let time = try await driver.send(.key(key))
                times.append(time)
                byKey["\(key)", default: []].append(time)
            }
        }
        let slowest = byKey.mapValues { Distribution($0).median }.sorted { $0.value > $1.value }.prefix(4)
        let names = slowest.map { "\($0.key) \(ResultTable.fixed($0.value, 1))" }.joined(separator: ", ")
        let spread = Distribution(times)
        return [
            BenchmarkResult(
                name: "key to painted answer, 100,000 runs, p99", measured: spread.p99, budget: 16, unit: "ms",
                note: "\(spread.note); slowest: \(names)")
        ]
    }

    /// A minute of somebody's work: mostly moving, now and then folding, marking, turning pages and sorting.
    private static let keys: [Key] =
        "jjjjjkkjjjjhljjjkhl jjj jU".map(Key.character) + [.pageDown, .pageDown, .pageUp, .end, .home]
        + "1jj2jj4j5jj1zjz".map(Key.character) + [.tab, .tab, .tab]
        + ">>>>OO<<<<ZZ".map(Key.character) + [.character("?"), .escape, .character("o"), .escape]
        + "jjjjjjjjjj".map(Key.character) + [.pageDown, .pageDown, .home]
}
