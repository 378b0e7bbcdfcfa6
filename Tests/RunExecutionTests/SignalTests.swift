import Glibc
import RunExecution
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct SignalTests {
    @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGUSR1])
    func signalReachesTheCommandWhichDecides(_ signal: Int32) async throws {
        let store = try await TemporaryStore()
        let script = "trap 'exit 7' \(signal); echo ready; while :; do sleep 0.05; done"
        let (signals, sending) = AsyncStream.makeStream(of: Int32.self)
        let (started, continuation) = AsyncStream.makeStream(of: RunID.self)
        let supervisor = CommandSupervisor(service: store.service, request: store.request(["sh", "-c", script]))
        async let ending = supervisor.run(signals: signals) { continuation.yield($0.id) }
        var runs = started.makeAsyncIterator()
        let run = try #require(await runs.next())
        _ = try await eventually("the command is ready") {
            try await store.logText(of: run).isEmpty ? nil : true
        }
        sending.yield(signal)
        let outcome = try await ending
        #expect(outcome.exit == .status(7))
        #expect(try await store.details(of: run).run.status == .failed)
    }

    @Test func thirdInterruptKillsACommandThatIgnoresThem() async throws {
        let store = try await TemporaryStore()
        let script = "trap '' INT TERM; echo ready; while :; do sleep 0.05; done"
        let (signals, sending) = AsyncStream.makeStream(of: Int32.self)
        let (started, continuation) = AsyncStream.makeStream(of: RunID.self)
        let request = store.request(["sh", "-c", script], grace: 600_000)
        async let ending = CommandSupervisor(service: store.service, request: request)
            .run(signals: signals) { continuation.yield($0.id) }
        var runs = started.makeAsyncIterator()
        let run = try #require(await runs.next())
        _ = try await eventually("the command is ready") {
            try await store.logText(of: run).isEmpty ? nil : true
        }
        for _ in 0..<3 { sending.yield(SIGINT) }
        #expect(try await ending.exit == .signal(SIGKILL))
        #expect(try await store.details(of: run).run.failure?.message == "killed by signal 9 (SIGKILL): ready")
    }
}
