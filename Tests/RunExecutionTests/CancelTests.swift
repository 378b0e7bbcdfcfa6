import Foundation
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

    @Test func everyProcessIsToldOnceWhereverItIs() async throws {
        let store = try await TemporaryStore()
        let told = store.path(of: "told")
        // Each notes the order, saves for a while, and would note a second one meanwhile.
        let worker = """
            trap 'echo '$1' >> \(told); got=1' TERM; echo $$
            while [ -z "$got" ]; do sleep 0.05; done; for i in 1 2 3 4 5 6 7 8; do sleep 0.1; done
            """
        let file = try store.file("worker", Array(worker.utf8))
        // As torchrun, `start_new_session=True`, and a wrapper script that limits the time.
        let script = """
            setsid bash \(file) session &
            timeout 1000 bash \(file) timeout &
            set -m; bash \(file) group & set +m
            bash \(file) member & wait; wait
            """
        let (outcome, pids) = try await cancelled(script, printing: 4, grace: 60_000, in: store)
        #expect(try await store.details(of: outcome.run).run.status == .canceled)
        #expect(!pids.contains(where: isRunning))
        let lines = try String(contentsOfFile: told, encoding: .utf8).split(separator: "\n").sorted()
        #expect(lines == ["group", "member", "session", "timeout"])
    }

    @Test func processStartedToSaveWorkIsLeftToDoIt() async throws {
        let store = try await TemporaryStore()
        let saved = store.path(of: "saved")
        let script = "trap 'sleep 0.3; sh -c \"sleep 0.5; echo saved > \(saved)\"; exit 0' TERM; echo $$; "
        let (outcome, _) = try await cancelled(
            script + "while :; do sleep 0.05; done", printing: 1, grace: 60_000, in: store)
        #expect(outcome.exit == .status(0))
        #expect(access(saved, F_OK) == 0)
    }
}
