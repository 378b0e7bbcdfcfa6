import Foundation
import RunModel
import RunServices
import TestSupport
import Testing

/// What runwatch writes into `mlruns` is there whole or not at all.
@Suite struct FileWritingTests {
    @Test func `a file is replaced, never rewritten`() async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "keys"))
        let folder = stage.folder(of: run)
        for path in [folder + "/meta.yaml", folder + "/tags/team/name", folder + "/tags/mlflow.runName"] {
            let old = try String(contentsOfFile: path, encoding: .utf8)
            // Who has begun to read it reads it to its end.
            let reader = try #require(FileHandle(forReadingAtPath: path))
            let name = "replaced \(path.count)"
            try await stage.service.rename(run.id, to: name)
            try await stage.service.editTags([.set(key: "team/name", value: name)], of: run.id)
            #expect(try reader.readToEnd().map { String(decoding: $0, as: UTF8.self) } == old)
            #expect(try String(contentsOfFile: path, encoding: .utf8).contains(name))
        }
    }

    @Test func `nobody ever sees half a file, nor one too many`() async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "keys"))
        let folder = stage.folder(of: run)
        // Longer than what a file system writes at once.
        let values = ["a", "b"].map { String(repeating: $0, count: 7_000) }
        try await stage.service.editTags([.set(key: "long", value: values[0])], of: run.id)
        let names = Set(stage.names())
        let looks = try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask {
                for number in 0..<200 {
                    try await stage.service.editTags([.set(key: "long", value: values[number % 2])], of: run.id)
                    try await stage.service.rename(run.id, to: "name \(number)")
                }
                return 0
            }
            var looks = 0
            while true {
                let tag = try String(contentsOfFile: folder + "/tags/long", encoding: .utf8)
                let meta = try String(contentsOfFile: folder + "/meta.yaml", encoding: .utf8)
                guard values.contains(tag), meta.contains("run_id: "), meta.hasSuffix("\n") else {
                    Issue.record("\(tag.count) characters, and \(meta)")
                    break
                }
                looks += 1
                if meta.contains("run_name: 'name 199'") { break }
                await Task.yield()
            }
            try await group.waitForAll()
            return looks
        }
        #expect(looks > 1)
        #expect(Set(stage.names()) == names)
    }

    @Test func `a refused write leaves nothing behind`() async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "keys"))
        let folder = stage.folder(of: run)
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/tags/link", withDestinationPath: stage.directory.path)
        let names = stage.names().sorted()
        // A directory has that name, a file is on the way, a link leads out of the store.
        for key in ["team", "empty/below", "link/below"] {
            let error = await refusal { try await stage.service.editTags([.set(key: key, value: "v")], of: run.id) }
            #expect(error?.code == .conflict, "\(key)")
        }
        let draft = RunDraft(experimentName: "new", params: Params([("a", "1"), ("a/b", "2")]))
        let error = await refusal { try await stage.service.createRun(draft) }
        #expect(error?.code == .conflict)
        #expect(stage.names().sorted() == names)
        #expect(try FileManager.default.contentsOfDirectory(atPath: stage.directory.path) == ["mlruns"])
        #expect(try await stage.service.details(of: run.id).run == run)
    }
}
