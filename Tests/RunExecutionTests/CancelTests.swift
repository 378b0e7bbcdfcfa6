import Glibc
import LocalStore
import RunExecution
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct CancelTests {
    /// Starts `script`, waits for the pids it prints (one per line, `count` of them), cancels it, and returns its end.
    private func cancelled(
        _ script: String, printing count: Int, grace: Int64, in store: TemporaryStore
    ) async throws -> (outcome: ExecutionOutcome, pids: [Int32]) {
        let supervisor = CommandSupervisor(
            service: store.service, request: store.request(["bash", "-c", script], grace: grace))
        let (started, continuation) = AsyncStream.makeStream(of: RunID.self)
        async let ending = supervisor.run { run in continuation.yield(run.id) }
        var runs = started.makeAsyncIterator()
        let run = try #require(await runs.next())
        let pids = try await eventually("the script prints \(count) pids") {
            let lines = try await store.logText(of: run).split(separator: "\n")
            return lines.count >= count ? lines.compactMap { Int32($0) } : nil
        }
        for pid in pids { #expect(kill(pid, 0) == 0) }
        try await store.service.cancel(run, includingDescendants: false)
        return (try await ending, pids)
    }

    /// Whether `pid` runs; a zombie that nobody has asked about does not.
    private func isRunning(_ pid: Int32) -> Bool {
        ProcessEntry.snapshot().contains { $0.pid == pid && !$0.isZombie }
    }

    @Test func obedientCommandEndsWithinItsGrace() async throws {
        let store = try await TemporaryStore()
        let start = ContinuousClock.now
        let (outcome, pids) = try await cancelled("echo $$; exec sleep 1000", printing: 1, grace: 60_000, in: store)
        #expect(ContinuousClock.now - start < .seconds(30))
        #expect(outcome.exit == .signal(SIGTERM))
        let details = try await store.details(of: outcome.run)
        #expect(details.run.status == .canceled)
        #expect(details.supervisor?.exit == .signal(SIGTERM))
        #expect(!pids.contains(where: isRunning))
    }

    @Test func commandThatIgnoresTheRequestIsKilledAfterItsGrace() async throws {
        let store = try await TemporaryStore()
        let script = "trap '' TERM; sleep 1000 & echo $!; echo $$; wait"
        let (outcome, pids) = try await cancelled(script, printing: 2, grace: 200, in: store)
        #expect(outcome.exit == .signal(SIGKILL))
        #expect(outcome.shellStatus == 137)
        #expect(try await store.details(of: outcome.run).run.status == .canceled)
        #expect(!pids.contains(where: isRunning))
    }

    @Test func runIsCanceledOnlyWhenGrandchildrenAreGoneToo() async throws {
        let store = try await TemporaryStore()
        // The shell obeys, its child does not.
        let script = "trap 'exit 0' TERM; (trap '' TERM; echo $BASHPID; exec sleep 1000) & wait"
        let (outcome, pids) = try await cancelled(script, printing: 1, grace: 300, in: store)
        #expect(outcome.exit == .status(0))
        #expect(try await store.details(of: outcome.run).run.status == .canceled)
        #expect(!pids.contains(where: isRunning))
    }

    @Test func descendantsInOtherSessionsAreKilledToo() async throws {
        let store = try await TemporaryStore()
        // What a nested `runwatch exec` looks like: a child in this session, its command in one of its own.
        let script = "trap '' TERM; setsid bash -c 'echo $$; exec sleep 1000' & echo $$; wait; wait"
        let (outcome, pids) = try await cancelled(script, printing: 2, grace: 200, in: store)
        #expect(outcome.exit == .signal(SIGKILL) || outcome.exit == .status(0))
        #expect(try await store.details(of: outcome.run).run.status == .canceled)
        #expect(!pids.contains(where: isRunning))
    }

    @Test func stoppedCommandCanBeCancelled() async throws {
        let store = try await TemporaryStore()
        let script = "sleep 1000 & echo $!; kill -STOP $!; wait"
        let (outcome, pids) = try await cancelled(script, printing: 1, grace: 60_000, in: store)
        #expect(try await store.details(of: outcome.run).run.status == .canceled)
        #expect(!pids.contains(where: isRunning))
    }
}
