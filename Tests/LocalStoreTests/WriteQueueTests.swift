import GRDB
import Glibc
import RunModel
import RunServices
import Synchronization
import TestSupport
import Testing

@testable import LocalStore

/// H6. What changes that come together cost, and what they do to each other.
@Suite struct WriteQueueTests {
    private let directory: TemporaryDirectory
    private let store: LocalStore

    init() async throws {
        directory = try TemporaryDirectory()
        store = try await LocalStore.open(at: directory.path)
    }

    @Test func changesThatComeTogetherShareACommit() async throws {
        let run = try await store.createRun(RunDraft(experimentName: "e", params: Params([("p", "1")])))
        let commits = CommitCounter()
        try await store.connections.write { $0.add(transactionObserver: commits, extent: .databaseLifetime) }
        let (isHeld, isOver) = (Flag(), Flag())
        let refused = try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await hold(until: isOver, saying: isHeld)
                return false
            }
            // A change that came before would have a commit of its own.
            _ = try await eventually("the writer is held") { isHeld.isSet ? true : nil }
            for index in 0..<50 {
                group.addTask {
                    let point = MetricEntry(key: "m\(index)", value: .number(1), step: 0)
                    let params = Params([("p", index % 10 == 0 ? "2" : "1")])
                    do {
                        let edit = RunEdit(onBehalfOf: .client, params: params, metrics: [point])
                        try await store.record(HostedRunEdit(edit), on: run.id)
                        return false
                    } catch let error as RunServiceError {
                        #expect(error.code == .immutable)
                        return true
                    }
                }
            }
            _ = try await eventually("all others wait") { store.connections.writes.waitingCount >= 50 ? true : nil }
            isOver.set()
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(refused == 5)
        #expect(try await store.hostedRun(run.id).run.metrics.count == 45)
        #expect(commits.count <= 3)
    }

    @Test func aCancelledTaskDoesNotWaitForAChangeThatHasNotBegun() async throws {
        let run = try await store.createRun(RunDraft(experimentName: "e"))
        let (isHeld, isOver) = (Flag(), Flag())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await hold(until: isOver, saying: isHeld) }
            _ = try await eventually("the writer is held") { isHeld.isSet ? true : nil }
            let edit = HostedRunEdit(RunEdit(onBehalfOf: .client, tags: [.set(key: "late", value: nil)]))
            let writing = Task { try await store.record(edit, on: run.id) }
            _ = try await eventually("the change waits") { store.connections.writes.waitingCount > 0 ? true : nil }
            writing.cancel()
            let result = await writing.result
            #expect(throws: RunServiceError.self) { try result.get() }
            isOver.set()
            try await group.waitForAll()
        }
        #expect(try await store.hostedRun(run.id).run.tags.isEmpty)
    }

    /// Keeps the writer from all others.
    private func hold(until isOver: Flag, saying isHeld: Flag) async throws {
        try await store.connections.write { _ in
            isHeld.set()
            while !isOver.isSet { usleep(1_000) }
        }
    }
}

/// Counts the transactions that one connection commits.
private final class CommitCounter: TransactionObserver, Sendable {
    private let commits = Mutex(0)

    var count: Int { commits.withLock { $0 } }

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseDidCommit(_ db: Database) { commits.withLock { $0 += 1 } }
    func databaseDidRollback(_ db: Database) {}
}
