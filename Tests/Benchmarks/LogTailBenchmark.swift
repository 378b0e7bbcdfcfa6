import Glibc
import LocalStore
import RunModel
import RunServices

/// Opening the end of a log of 1 GB.
enum LogTailBenchmark {
    private static let lastLine = "QXQXQXQXQXQXQXQXQX"

    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let store = try await setting.store(runs: 1_000)
        let service = try await LocalStore.open(at: store)
        // The run at the top of the list, which is selected: children hang below older parents.
        let newest = try await service.runs(in: .all, matching: nil, limit: 100).first { $0.parentID == nil }
        guard let newest else { return [] }
        try await writeLog(of: newest.id, in: service)
        let dashboard = try setting.startDashboard(store: store, ["--interval", "0.5"])
        defer { dashboard.end() }
        try dashboard.settle()
        let before = ProcessUsage(of: dashboard.pid)
        let start = Stopwatch.now()
        dashboard.type("3")
        let shown = try dashboard.wait(for: lastLine)
        try dashboard.drain(quiet: 200, atMost: 1_000)
        let after = ProcessUsage(of: dashboard.pid)
        return [
            BenchmarkResult(
                name: "end of a log of 1 GB on the screen", measured: shown - start, unit: "ms",
                note: "memory +\(ResultTable.fixed(max(0, after.residentMB - before.residentMB), 1)) MB")
        ]
    }

    /// A hole with a real end: a log's size is what counts here, not what it cost to write.
    private static func writeLog(of id: RunID, in service: LocalStore) async throws {
        try await service.appendLog(Array("first line\n".utf8), named: "output.log", of: id)
        truncate("\(service.directory)/logs/\(id.text)/output.log", 1_000_000_000)
        var text = "\n"
        for number in 0..<10_000 { text += "step \(number) loss \(1 / Double(number + 1))\n" }
        try await service.appendLog(Array((text + lastLine + "\n").utf8), named: "output.log", of: id)
    }
}
