import Foundation
import GRDB
import RunModel
import RunServices
import TestSupport
import Testing

@testable import LocalStore

/// Each way in which a store cannot be used has a sentence of its own, and never looks like an empty store.
@Suite struct UnreadableStoreTests {
    private let directory: TemporaryDirectory
    private var database: String { directory.path + "/runs.db" }

    init() throws { directory = try TemporaryDirectory() }

    private func openingFails(
        _ code: RunServiceError.Code, saying part: String, access: LocalStore.Access = .readWrite,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        let error = await refusal { try await LocalStore.open(at: directory.path, access: access) }
        #expect(error?.code == code, sourceLocation: sourceLocation)
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")", sourceLocation: sourceLocation)
        #expect(error?.message.contains(directory.path) == true, sourceLocation: sourceLocation)
        #expect(error?.message.contains("SELECT") == false, sourceLocation: sourceLocation)
    }

    private func makeStore(runs: Int = 1) async throws {
        try await SyntheticStore.fill(directory: directory.path, runs: runs)
    }

    @Test(arguments: [LocalStore.Access.readWrite, .readOnly])
    func notADatabase(_ access: LocalStore.Access) async throws {
        let text = String(repeating: "These are my notes, not a database. ", count: 200)
        try text.write(toFile: database, atomically: true, encoding: .utf8)
        await openingFails(.unexpectedResponse, saying: "is not a run store", access: access)
        #expect(try String(contentsOfFile: database, encoding: .utf8) == text)
    }

    @Test(arguments: [LocalStore.Access.readWrite, .readOnly])
    func aDatabaseOfAnotherProgram(_ access: LocalStore.Access) async throws {
        let queue = try DatabaseQueue(path: database)
        try await queue.write { try $0.execute(sql: "CREATE TABLE recipes (name TEXT)") }
        await openingFails(.unexpectedResponse, saying: "of another program", access: access)
        try await queue.write { try $0.execute(sql: "PRAGMA user_version = 1") }
        await openingFails(.unexpectedResponse, saying: "of another program", access: access)
    }

    @Test(arguments: [LocalStore.Access.readWrite, .readOnly])
    func aNewerSchemaIsLeftUntouched(_ access: LocalStore.Access) async throws {
        try await makeStore()
        let queue = try DatabaseQueue(path: database)
        try await queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 9999") }
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: database))
        await openingFails(.unsupported, saying: "9999", access: access)
        #expect(try Data(contentsOf: URL(fileURLWithPath: database)) == before)
    }

    @Test func damagedPages() async throws {
        try await makeStore(runs: 500)
        let file = try #require(FileHandle(forUpdatingAtPath: database))
        let size = try file.seekToEnd()
        // The first page holds the schema; all others become noise.
        try file.seek(toOffset: 4_096)
        try file.write(contentsOf: Data((0..<(size - 4_096)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }))
        try file.close()
        let error = await refusal {
            let store = try await LocalStore.open(at: directory.path)
            return try await store.changes(in: .all, since: nil, pageSize: 10)
        }
        #expect(error?.code == .unexpectedResponse)
        #expect(error?.message.contains("is damaged") == true)
        #expect(error?.message.contains(directory.path) == true)
    }

    @Test func nothingThereYetForAReader() async throws {
        await openingFails(.notFound, saying: "no run store", access: .readOnly)
        #expect(!FileManager.default.fileExists(atPath: database))
    }

    @Test func aDirectoryInTheWay() async throws {
        try FileManager.default.createDirectory(atPath: database, withIntermediateDirectories: false)
        await openingFails(.invalid, saying: "is a directory")
    }

    @Test func aFileWhereTheDirectoryShouldBe() async throws {
        let path = directory.path + "/file"
        try "".write(toFile: path, atomically: true, encoding: .utf8)
        for place in [path, path + "/below"] {
            let error = await refusal { try await LocalStore.open(at: place) }
            #expect(error?.code == .invalid)
            #expect(error?.message.contains(place) == true)
        }
    }

    @Test func lockedOut() async throws {
        try await makeStore()
        var configuration = Configuration()
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
        let holder = try DatabaseQueue(path: database, configuration: configuration)
        try await holder.write { try $0.execute(sql: "DELETE FROM tombstones") }
        await openingFails(.unavailable, saying: "locked by another process")
        try holder.close()
        _ = try await LocalStore.open(at: directory.path)
    }

    @Test func aLongWriteElsewhereLetsReadersRead() async throws {
        try await makeStore()
        let store = try await LocalStore.open(at: directory.path)
        let run = try #require(try await store.runs(in: .all, matching: nil, limit: 1).first)
        let holder = try DatabaseQueue(path: database)
        try await holder.writeWithoutTransaction { db in
            try db.execute(sql: "BEGIN EXCLUSIVE")
            try db.execute(sql: "COMMIT")
        }
        let release = DispatchSemaphore(value: 0)
        let isHeld = DispatchSemaphore(value: 0)
        let holding = Thread {
            try? holder.inTransaction(.exclusive) { _ in
                isHeld.signal()
                release.wait()
                return .commit
            }
        }
        holding.start()
        await withCheckedContinuation { continuation in
            Thread {
                isHeld.wait(); continuation.resume()
            }.start()
        }
        async let refused = refusal { try await store.editTags([.set(key: "k", value: "v")], of: run.id) }
        #expect(try await store.changes(in: .all, since: nil, pageSize: 1).runs == [run])
        let error = await refused
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("locked") == true)
        release.signal()
        #expect(try await store.editTags([.set(key: "k", value: "v")], of: run.id).tags.contains("k"))
    }

    @Test func aFullDiskRefusesTheWriteAndKeepsTheRest() async throws {
        try await makeStore()
        let store = try await LocalStore.open(at: directory.path)
        let run = try #require(try await store.runs(in: .all, matching: nil, limit: 1).first)
        // SQLite's own limit on the size of the file answers as a full disk does.
        try await store.connections.write { db in
            try db.execute(sql: "PRAGMA max_page_count = \(Int.fetchOne(db, sql: "PRAGMA page_count") ?? 1)")
        }
        let big = String(repeating: "x", count: 100_000)
        let error = await refusal {
            try await store.editTags([.set(key: "a", value: "1"), .set(key: "big", value: big)], of: run.id)
        }
        #expect(error?.code == .storageFull)
        #expect(error?.message.contains("is full") == true)
        #expect(try await store.details(of: run.id).run == run)
        try await store.connections.write { db in try db.execute(sql: "PRAGMA max_page_count = 1000000") }
        #expect(try await store.editTags([.set(key: "big", value: big)], of: run.id).tags.contains("big"))
    }
}
