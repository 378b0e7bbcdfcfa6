import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct ArtifactContractTests {
    /// What a browser of artifacts relies on: whatever is listed as a file is read by its path.
    @Test("Each file among a run's artifacts is read by its path", arguments: RunServiceFactory.all)
    func readByPath(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let run = try await service.createRun(RunDraft(experimentName: "e")).id
        let text = Array("first\nsecond\n".utf8)
        try await service.appendLog(text, named: LogFile.output, of: run)
        _ = try await service.publishLogs(of: run, isFinal: true)
        var (folders, files): ([String?], [Artifact]) = ([nil], [])
        while !folders.isEmpty {
            let folder = folders.removeFirst()
            let page = try await service.artifacts(in: folder, of: run, after: nil)
            #expect(page.next == nil)
            #expect(page.items.allSatisfy { ArtifactContractTests.folder(of: $0.path) == folder })
            folders += page.items.filter(\.isFolder).map(\.path)
            files += page.items.filter { !$0.isFolder }
        }
        #expect(files.count == 1)
        for file in files {
            #expect(file.size == nil || file.size == Int64(text.count))
            let whole = try await service.readLog(file.path, of: run, offset: 0, length: 100)
            #expect(whole.bytes == text)
            let end = try await service.readLog(file.path, of: run, offset: -7, length: 100)
            #expect(end.bytes == Array(text.suffix(7)) && end.size == Int64(text.count))
        }
    }

    private static func folder(of path: String) -> String? {
        path.lastIndex(of: "/").map { String(path[..<$0]) }
    }
}
