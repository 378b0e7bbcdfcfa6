import Foundation

/// `runwatch list` into a pipe, from exec to the last byte.
enum ListBenchmark {
    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let store = try await setting.store(runs: 10_000)
        var results: [BenchmarkResult] = []
        for (name, arguments, budget) in [
            ("list, 10,000 runs as JSON, median", ["list"], 60.0 as Double?),
            ("list, 10,000 runs as a table, median", ["list", "-o", "table"], 60),
            ("list, 10,000 runs through a query, median", ["list", "--query", "[?status=='Failed'].runId"], nil),
            ("show one of 10,000 runs, median", ["show", "no-such-run"], nil),
        ] {
            var times: [Double] = []
            for repetition in 0...(setting.isQuick ? 5 : 20) {
                let call = try call(setting.binary, arguments, store)
                // The first warms the cache.
                if repetition > 0 { times.append(call.milliseconds) }
            }
            let spread = Distribution(times)
            results.append(
                BenchmarkResult(name: name, measured: spread.median, budget: budget, unit: "ms", note: spread.note))
        }
        let many = try await setting.store(runs: 100_000)
        let call = try call(setting.binary, ["list", "-o", "jsonl"], many)
        results.append(
            BenchmarkResult(
                name: "list, 100,000 runs as jsonl: resident memory", measured: call.residentMB, unit: "MB",
                note: "\(ResultTable.fixed(call.milliseconds, 0)) ms, \(call.bytes / 1_000_000) MB of text"))
        return results
    }

    private static func call(
        _ binary: String, _ arguments: [String], _ store: String
    ) throws -> (milliseconds: Double, residentMB: Double, bytes: Int) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: binary)
        process.arguments = arguments + ["--store", store]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        let start = Stopwatch.now()
        try process.run()
        var (bytes, resident, pieces) = (0, 0.0, 0)
        while case let piece = pipe.fileHandleForReading.availableData, !piece.isEmpty {
            bytes += piece.count
            pieces += 1
            // Looked at seldom enough not to hold up the reading.
            if pieces % 100 == 0 { resident = max(resident, ProcessUsage(of: process.processIdentifier).residentMB) }
        }
        process.waitUntilExit()
        return (Stopwatch.now() - start, resident, bytes)
    }
}
