/// From a key typed at a terminal to the end of what the program answers, with 100,000 runs loaded.
enum TerminalKeyBenchmark {
    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let runs = KeyBenchmark.runs
        let store = try await setting.store(runs: runs)
        let dashboard = try setting.startDashboard(store: store, ["--limit", "\(runs + 1)", "--interval", "60"])
        defer { dashboard.end() }
        try dashboard.settle()
        var times: [Double] = []
        let pageDown = "\u{1b}[6~"
        let pageUp = "\u{1b}[5~"
        let keys = "jjjjjkkjjhljj jU12451>>O<<ZZ".map(String.init) + [pageDown, pageDown, pageUp, "G", "g"]
        for _ in 0..<(setting.isQuick ? 3 : 15) {
            for key in keys {
                let start = Stopwatch.now()
                dashboard.type(key)
                guard !(try dashboard.read(within: 1_000).isEmpty) else { continue }
                // The answer may come in pieces; what the run service adds to it comes later.
                let end = try dashboard.drain(quiet: 1) ?? Stopwatch.now()
                times.append(end - start)
                try dashboard.drain(quiet: 20)
            }
        }
        let spread = Distribution(times)
        return [
            BenchmarkResult(
                name: "key to painted answer on a terminal, 100,000 runs, p99", measured: spread.p99, budget: 16,
                unit: "ms", note: spread.note)
        ]
    }
}
