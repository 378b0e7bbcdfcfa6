import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct LogTests {
    private let directory: TemporaryDirectory
    private let store: LocalStore

    init() async throws {
        directory = try TemporaryDirectory()
        store = try await LocalStore.open(at: directory.path)
    }

    @Test func piecesAreReadFromBothEnds() async throws {
        let run = try await store.createRun(RunDraft(experimentName: "e"))
        for piece in ["one\n", "two\n", "", "\u{0}\u{1b}three"] {
            try await store.appendLog(Array(piece.utf8), named: "output.log", of: run.id)
        }
        let all = Array("one\ntwo\n\u{0}\u{1b}three".utf8)
        for (offset, length, start) in [
            (Int64(0), 100, 0), (4, 3, 4), (-5, 100, 10), (-100, 4, 0), (15, 10, 15), (99, 10, 99), (3, 0, 3),
        ] {
            let chunk = try await store.readLog("output.log", of: run.id, offset: offset, length: length)
            #expect(chunk.offset == Int64(start))
            #expect(chunk.bytes == Array(all.dropFirst(start).prefix(length)))
            #expect(chunk.size == 15)
        }
    }

    @Test func logsAreListedAsArtifactsAtTheTop() async throws {
        let run = try await store.createRun(RunDraft(experimentName: "e"))
        for name in ["output.log", "a.log"] { try await store.appendLog([1], named: name, of: run.id) }
        try "x".write(
            toFile: "\(directory.path)/logs/\(run.id.text)/.nfs01", atomically: false, encoding: .utf8)
        let page = try await store.artifacts(in: nil, of: run.id, after: nil)
        #expect(page.items.map(\.path) == ["a.log", "output.log"])
        #expect(try await store.artifacts(in: "a", of: run.id, after: nil).items.isEmpty)
        #expect(try await store.details(of: run.id).commandLog?.name == "output.log")
        #expect(await refusal { try await store.artifacts(in: nil, of: RunID("none"), after: nil) }?.code == .notFound)
    }

    @Test func manyLogsOfManyRunsAtOnce() async throws {
        let runs = try await store.createRuns((0..<10).map { RunDraft(id: RunID("r\($0)"), experimentName: "e") })
        try await withThrowingTaskGroup(of: Void.self) { group in
            for run in runs {
                for name in ["a.log", "b.log", "c"] {
                    group.addTask {
                        for line in 0..<20 {
                            try await store.appendLog(Array("\(run.id) \(line)\n".utf8), named: name, of: run.id)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        for run in runs {
            let expected = (0..<20).map { "\(run.id) \($0)\n" }.joined()
            #expect(
                try await store.details(of: run.id).logs
                    == ["a.log", "b.log", "c"].map { LogFile(name: $0, size: Int64(expected.utf8.count)) })
            let chunk = try await store.readLog("b.log", of: run.id, offset: 0, length: 10_000)
            #expect(String(decoding: chunk.bytes, as: UTF8.self) == expected)
        }
    }

    @Test(arguments: [
        "", ".", "..", "../runs.db", "a/b", "/etc/passwd", "a\0b", ".hidden", String(repeating: "n", count: 256),
    ])
    func namesThatLeadElsewhereAreRefused(_ name: String) async throws {
        let run = try await store.createRun(RunDraft(experimentName: "e"))
        let written = await refusal { try await store.appendLog([1], named: name, of: run.id) }
        let read = await refusal { try await store.readLog(name, of: run.id, offset: 0, length: 1) }
        #expect(written?.code == .invalid)
        // Some that no log can have an artifact may have.
        #expect(read?.code == (["a/b", ".hidden"].contains(name) ? .notFound : .invalid))
    }

    @Test(arguments: ["../../outside", "..", ".", "a/b", "%2e", "ünïcode run 1", "con:"])
    func runIDsNeverLeadElsewhere(_ id: String) async throws {
        let run = try await store.createRun(RunDraft(id: RunID(id), experimentName: "e"))
        try await store.appendLog(Array("x".utf8), named: "output.log", of: run.id)
        #expect(
            try await store.details(of: run.id).logs == [LogFile(name: "output.log", size: 1, isCommandOutput: true)])
        let folders = try FileManager.default.contentsOfDirectory(atPath: directory.path + "/logs")
        #expect(folders.count == 1)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: directory.path).allSatisfy {
                $0 == "logs" || $0.hasPrefix("runs.db")
            })
    }

    @Test func aLinkIsNotFollowed() async throws {
        let run = try await store.createRun(RunDraft(id: RunID("r"), experimentName: "e"))
        try await store.appendLog([1], named: "output.log", of: run.id)
        let link = directory.path + "/logs/r/link.log"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: directory.path + "/runs.db")
        let written = await refusal { try await store.appendLog([1], named: "link.log", of: run.id) }
        let read = await refusal { try await store.readLog("link.log", of: run.id, offset: 0, length: 1) }
        #expect(written?.code == .forbidden)
        #expect(read?.code == .forbidden)
        #expect(try await store.details(of: run.id).logs.map(\.name) == ["output.log"])
    }

    @Test func allIsPrivate() async throws {
        let place = directory.path + "/new/store"
        let store = try await LocalStore.open(at: place)
        let run = try await store.createRun(RunDraft(id: RunID("r"), experimentName: "e"))
        try await store.appendLog([1], named: "output.log", of: run.id)
        for (path, mode) in [(place, 0o700), (place + "/logs/r", 0o700), (place + "/logs/r/output.log", 0o600)] {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == mode)
        }
    }
}
