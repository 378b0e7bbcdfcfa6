import RunAttention
import RunModel
import RunServices
import Synchronization
import Testing

@testable import DashboardRuntime

/// The hook is run a few at a time, and complains once.
@Suite @MainActor struct HookTests {
    /// Counts how many run, and ends when told.
    private final class Gate: EventHook {
        private let state = Mutex<(running: Int, most: Int, done: Int, isOpen: Bool)>((0, 0, 0, false))
        let failure: String?

        init(failure: String? = nil) { self.failure = failure }

        var most: Int { state.withLock { $0.most } }
        var running: Int { state.withLock { $0.running } }
        var done: Int { state.withLock { $0.done } }

        func open() { state.withLock { $0.isOpen = true } }

        func run(_ line: String) async -> String? {
            state.withLock {
                $0.running += 1
                $0.most = max($0.most, $0.running)
            }
            while !state.withLock({ $0.isOpen }) { try? await Task.sleep(for: .milliseconds(1)) }
            state.withLock {
                $0.running -= 1
                $0.done += 1
            }
            return failure
        }
    }

    private func events(_ count: Int) -> [RunEvent] {
        var follower = RunFollower(readsLogs: false)
        _ = follower.take(.init(cursor: .init("0")), at: Timestamp(milliseconds: 1), monotonic: 0)
        let runs = (0..<count).map { number in
            var run = Run.make("r\(number)", status: .failed)
            run.endedAt = run.startedAt
            return run
        }
        return follower.take(
            .init(runs: runs, cursor: .init("1")), at: Timestamp(milliseconds: 2_000_000_000_000), monotonic: 1
        ).filter { $0.kind == .failed }
    }

    @Test func aFewAtATime() async {
        let gate = Gate()
        var complaints: [String] = []
        let queue = HookQueue(gate) { complaints.append($0) }
        for event in events(20) { queue.take(event) }
        await eventually("as many run as may") { gate.running == HookQueue.mostRunning }
        gate.open()
        await eventually("all were told") { gate.done == 20 }
        #expect(gate.most == HookQueue.mostRunning && complaints.isEmpty)
    }

    @Test func failuresAndOverflowAreToldOnce() async {
        let gate = Gate(failure: "The hook ended with status 1.")
        var complaints: [String] = []
        let queue = HookQueue(gate) { complaints.append($0) }
        let most = HookQueue.mostRunning + HookQueue.mostWaiting
        for event in events(most + 30) { queue.take(event) }
        gate.open()
        await eventually("those that were taken were told") { gate.done == most }
        await eventually("it was said") { !complaints.isEmpty }
        #expect(complaints == ["The hook is too slow: 100 events wait for it, and others are left out."])
    }
}
