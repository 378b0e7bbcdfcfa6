import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// Removing runs for good from the embedded store.
@Suite struct DisposalTests {
    @Test func `a purged run leaves no row and no file behind`() async throws {
        let place = try TemporaryDirectory()
        let store = try await LocalStore.open(at: place.path)
        let other = try await store.createRun(RunDraft(experimentName: "e", name: "other"))
        let run = try await store.createRun(RunDraft(experimentName: "e", name: "away", tags: Tags([("k", "v")])))
        for id in [other.id, run.id] {
            try await store.appendLog(Array("words".utf8), named: LogFile.output, of: id)
            try await store.appendArtifact([1], to: "folder/file.bin", under: .run(id))
        }
        try await store.deleteRun(run.id)
        try await store.purgeRun(run.id)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: place.path)
        #expect(!paths.contains { $0.contains(run.id.text) })
        #expect(paths.count { $0.contains(other.id.text) && $0.hasSuffix("file.bin") } == 1)
        #expect(try await store.details(of: other.id).logs.count == 1)
    }

    @Test func `the longest deleted come first, page by page`() async throws {
        let place = try TemporaryDirectory()
        let clock = TestClock()
        let store = try await LocalStore.open(at: place.path, clock: { clock.now })
        let runs = try await store.createRuns((0..<2_300).map { RunDraft(experimentName: "e", name: "run \($0)") })
        try await store.setStage(.deleted, of: runs[2_000...].map(\.id))
        clock.advance(by: 1)
        try await store.setStage(.deleted, of: runs[..<2_000].map(\.id))
        var found: [RunID] = []
        var next: PageToken?
        repeat {
            let page = try await store.deletedRuns(after: next)
            found += page.items.map(\.id)
            next = page.next
        } while next != nil
        #expect(found == (runs[2_000...] + runs[..<2_000]).map(\.id))
        let error = await #expect(throws: RunServiceError.self) { try await store.deletedRuns(after: PageToken("x")) }
        #expect(error?.code == .invalid)
    }
}
