import MLflowService
import RemotePolling
import RunModel
import RunServices
import TestSupport

/// A dashboard left running over a server of 10,000 runs, 290 of them at work: what it holds and what it costs.
enum MLflowActiveBenchmark {
    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let server = try await MLflowTrackingServer(database: setting.busyMLflowDatabase())
        let dashboard = try setting.startDashboard(service: server.address)
        defer { dashboard.end() }
        _ = try dashboard.wait(for: "-10000")
        // Until all pages are read, which come seconds apart on a busy machine; ticks alone use less than settling takes.
        try dashboard.settle(quiet: 8_000)
        let seconds = setting.isQuick ? 20.0 : 60
        let before = ProcessUsage(of: dashboard.pid)
        try read(dashboard, seconds: seconds)
        let after = ProcessUsage(of: dashboard.pid)
        return [
            BenchmarkResult(
                name: "MLflow server, 10,000 runs, 290 active: resident memory", measured: after.residentMB, budget: 55,
                unit: "MB", note: "\(ResultTable.fixed(before.residentMB, 1)) MB once all was read"),
            BenchmarkResult(
                name: "MLflow server, 10,000 runs, 290 active: CPU per minute",
                measured: (after.cpuSeconds - before.cpuSeconds) * 60 / seconds, budget: 0.6, unit: "s",
                note:
                    "over \(ResultTable.fixed(seconds, 0)) s; reading all took \(ResultTable.fixed(before.cpuSeconds, 1)) s"
            ),
        ] + (try await ticks(on: server, setting))
    }

    private static func read(_ dashboard: TerminalProcess, seconds: Double) throws {
        let end = Stopwatch.now() + seconds * 1_000
        while Stopwatch.now() < end { _ = try dashboard.read(within: max(0, end - Stopwatch.now())) }
    }

    /// What the ticks alone cost in bytes.
    private static func ticks(
        on server: MLflowTrackingServer, _ setting: BenchmarkSetting
    ) async throws -> [BenchmarkResult] {
        let clock = TestClock()
        let service = try MLflowServer(MLflowConnection(uri: server.address, environment: [:])) { clock.now }
        var batch = try await service.changes(in: .all, since: nil, pageSize: 1_000)
        while batch.hasMore { batch = try await service.changes(in: .all, since: batch.cursor, pageSize: 1_000) }
        var (cursor, bytes) = (batch.cursor, [Double]())
        for _ in 0..<(setting.isQuick ? 10 : 30) {
            clock.advance(by: 2_000)
            let before = service.traffic.bytes
            cursor = try await service.changes(in: .all, since: cursor, pageSize: 0).cursor
            bytes.append(Double(service.traffic.bytes - before))
        }
        let sizes = Distribution(bytes)
        return [
            BenchmarkResult(
                name: "MLflow server, 290 active: bytes of a tick, median", measured: sizes.median, unit: "B",
                note: sizes.note)
        ]
    }
}
