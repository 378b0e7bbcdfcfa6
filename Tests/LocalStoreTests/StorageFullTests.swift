import GRDB
import RunModel
import RunServices
import TestSupport
import Testing

@testable import LocalStore

/// H12. A store without room refuses changes, keeps what it has, and goes on once there is room.
@Suite struct StorageFullTests {
    private let directory: TemporaryDirectory
    private let store: LocalStore

    init() async throws {
        directory = try TemporaryDirectory()
        store = try await LocalStore.open(at: directory.path)
    }

    /// Nothing grows any more when no pages are left; all when nil.
    private func leave(pages: Int?) async throws {
        try await store.connections.write { db in
            let used = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages.map { used + $0 } ?? 1_000_000)")
        }
    }

    private func edit(_ key: String) -> HostedRunEdit {
        let text = String(repeating: "x", count: 20_000)
        return HostedRunEdit(
            RunEdit(
                onBehalfOf: .client, tags: [.set(key: key, value: text)],
                metrics: [MetricEntry(key: key, value: .number(1), step: 0)]))
    }

    @Test func changesAreRefusedAndThenGoOn() async throws {
        let run = try await store.createRun(RunDraft(experimentName: "e"))
        try await store.record(edit("before"), on: run.id)
        let before = try await store.hostedRun(run.id)
        try await leave(pages: 0)
        let error = await refusal { try await store.record(edit("full"), on: run.id) }
        #expect(error?.code == .storageFull)
        #expect(error?.message.contains("free some space") == true)
        #expect(try await store.hostedRun(run.id) == before)
        // Small changes need no page of their own, and those that come with a large one are not lost with it unheard.
        let outcomes = await withTaskGroup(of: (String, RunServiceError.Code?).self) { group in
            for index in 0..<6 {
                group.addTask { [edit = edit("large \(index)")] in
                    do throws(RunServiceError) {
                        try await store.record(edit, on: run.id)
                        return ("large \(index)", nil)
                    } catch {
                        return ("large \(index)", error.code)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.allSatisfy { $0.1 == .storageFull })
        #expect(try await store.hostedRun(run.id) == before)
        try await leave(pages: nil)
        try await store.record(edit("after"), on: run.id)
        let after = try await store.hostedRun(run.id).run
        #expect(after.tags.keys == ["after", "before"] && after.metrics.keys == ["after", "before"])
        #expect(try await store.connections.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
    }
}
