import GRDB
import RunModel
import RunServices
import TestSupport
import Testing

@testable import LocalStore

/// Reads beside reads, and reads beside writes.
@Suite struct ReaderTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// A question that ends only once a poll, a page and a listing have been answered: with one reader they never were.
    @Test(arguments: [LocalStore.Access.readWrite, .readOnly]) func noReadWaitsForALongOne(
        access: LocalStore.Access
    ) async throws {
        let run = try await LocalStore.open(at: directory.path).createRun(RunDraft(experimentName: "e"))
        let store = try await LocalStore.open(at: directory.path, access: access)
        let (isOver, hasEnded) = (Flag(), Flag())
        try await withThrowingTaskGroup { group in
            group.addTask {
                try await store.connections.read { db in
                    while !isOver.isSet {
                        _ = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM runs")
                    }
                }
                hasEnded.set()
            }
            // Enough that some would share the long one's connection if they could.
            for _ in 0..<20 {
                let batch = try await store.changes(in: .all, since: nil, pageSize: 10)
                #expect(batch.runs.map(\.id) == [run.id])
                #expect(try await store.details(of: run.id).run.id == run.id)
                #expect(try await store.runs(in: .all, matching: nil, limit: 5).count == 1)
            }
            #expect(!hasEnded.isSet)
            isOver.set()
            try await group.waitForAll()
        }
        #expect(hasEnded.isSet)
    }

    @Test func readersAreFew() async throws {
        let store = try await LocalStore.open(at: directory.path)
        try await withThrowingTaskGroup { group in
            for _ in 0..<50 { group.addTask { _ = try await store.experiments() } }
            try await group.waitForAll()
        }
        var readers = StoreReaders(poller: try DatabaseQueue()) { try DatabaseQueue() }
        let taken = try (0..<10).map { _ in try readers.take() }
        #expect(readers.count == StoreReaders.limit)
        for queue in taken { readers.giveBack(queue) }
        let first = try readers.take()
        #expect(taken.contains { $0 === first })
        #expect(readers.count == StoreReaders.limit)
    }

    /// Another process holds the write lock for good: opening and reading ask for it in no way.
    @Test func openingAndReadingTakeNoWriteLock() async throws {
        let run = try await LocalStore.open(at: directory.path).createRun(RunDraft(experimentName: "e"))
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: directory.path + "/runs.db", configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        let store = try await LocalStore.open(at: directory.path)
        #expect(try await store.changes(in: .all, since: nil, pageSize: 10).runs.map(\.id) == [run.id])
        #expect(try await store.details(of: run.id).run.id == run.id)
        #expect(try await store.experiments().count == 1)
        #expect(!store.connections.hasWriter)
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    }
}
