import Foundation
import MLflowService
import MLflowStores
import RunModel
import RunServices
import TestSupport
import Testing

/// Where the artifacts of a run in `mlruns` are looked for and written, whatever its `artifact_uri` says.
@Suite struct FilePlacesTests {
    /// Paths of other systems, places outside, and nothing.
    private static let foreign = [
        "file:///C:/Users/ana/mlruns/0/RUN/artifacts", "C:\\Users\\ana\\mlruns\\0\\RUN\\artifacts",
        "file://server/share/0/RUN/artifacts", "OUTSIDE/0/RUN/artifacts", "file://OUTSIDE/0/RUN/artifacts",
        "OUTSIDE", "file:///etc", "ROOT/../outside/0/RUN/artifacts", "ROOT/%2e%2e/outside",
        "file://ROOT/%2E%2E/outside/0/RUN/artifacts", "../outside/0/RUN/artifacts", "./mlruns/0/RUN/artifacts",
        "mlruns/7/RUN/artifacts", "file:///etc?/0/RUN/artifacts", "ROOT/gone/RUN/artifacts", "''",
    ]

    @Test(arguments: foreign)
    func `logs are beside the run`(_ pattern: String) async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "root"))
        let outside = stage.directory.path + "/outside"
        try stage.write("secret", to: "\(outside)/0/\(run.id.text)/artifacts/secret.log")
        try point(run, stage, to: pattern)
        let before = Set(try everything(in: stage))
        #expect(
            try await stage.service.details(of: run.id).logs.map(\.name).sorted() == ["config.json", "logs/train.log"])
        let chunk = try await stage.service.readLog("logs/train.log", of: run.id, offset: 0, length: 100)
        #expect(String(decoding: chunk.bytes, as: UTF8.self) == "step 1\nstep 2\n")
        #expect(
            await refusal { try await stage.service.readLog("secret.log", of: run.id, offset: 0, length: 9) }?.code
                == .notFound)
        try await stage.service.appendLog(Array("ours\n".utf8), named: "ours.log", of: run.id)
        let added = Set(try everything(in: stage)).subtracting(before)
        let folder = "mlruns/\(run.experimentID.text)/\(run.id.text)"
        let expected = ["artifacts/runwatch", "artifacts/runwatch/ours.log", "tags/runwatch.log"]
        #expect(added == Set(expected.map { "\(folder)/\($0)" }))
        #expect(access("/C:", F_OK) != 0)
    }

    private func point(_ run: Run, _ stage: FileStage, to pattern: String) throws {
        let file = stage.folder(of: run) + "/meta.yaml"
        let uri = pattern.replacingOccurrences(of: "OUTSIDE", with: stage.directory.path + "/outside")
            .replacingOccurrences(of: "ROOT", with: stage.root).replacingOccurrences(of: "RUN", with: run.id.text)
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
            .map { $0.hasPrefix("artifact_uri:") ? "artifact_uri: \(uri)" : String($0) }
        try stage.write(lines.joined(separator: "\n") + "\n", to: file)
    }

    private func everything(in stage: FileStage) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: stage.directory.path)
    }

    @Test func `artifacts elsewhere in the store are found as well`() async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "root"))
        try point(run, stage, to: "file://ROOT/shared/artifacts")
        try stage.write("there", to: stage.root + "/shared/artifacts/there.log")
        #expect(
            try await stage.service.details(of: run.id).logs.map(\.name).sorted()
                == ["config.json", "logs/train.log", "there.log"])
    }

    @Test func `a bucket takes no log, and what lies beside the run is read`() async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "root"))
        try point(run, stage, to: "s3://bucket/0/RUN/artifacts")
        let error = await refusal { try await stage.service.appendLog([1], named: "a.log", of: run.id) }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("s3://bucket/") == true)
        #expect(try await stage.service.details(of: run.id).logs.count == 2)
    }

    @Test(arguments: ["artifacts", "artifacts/logs", "artifacts/logs/train.log"])
    func `a link leads nowhere`(_ name: String) async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "root"))
        let outside = stage.directory.path + "/outside"
        try stage.write("secret", to: outside + "/train.log")
        let place = stage.folder(of: run) + "/" + name
        try FileManager.default.removeItem(atPath: place)
        try FileManager.default.createSymbolicLink(
            atPath: place, withDestinationPath: name.hasSuffix(".log") ? outside + "/train.log" : outside)
        #expect(!(try await stage.service.details(of: run.id).logs.contains { $0.name.hasSuffix("train.log") }))
        for log in ["logs/train.log", "train.log"] {
            let read = await refusal { try await stage.service.readLog(log, of: run.id, offset: 0, length: 9) }
            #expect(read?.code == .notFound, "\(log)")
        }
        let written = name == "artifacts" ? "train.log" : "logs/train.log"
        let error = await refusal { try await stage.service.appendLog([1], named: written, of: run.id) }
        #expect(error != nil)
        #expect(try String(contentsOfFile: outside + "/train.log", encoding: .utf8) == "secret")
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside) == ["train.log"])
    }

    @Test func `a run's directory that was moved away is not made again`() async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "root"))
        _ = try await stage.service.details(of: run.id)
        try FileManager.default.moveItem(atPath: stage.folder(of: run), toPath: stage.directory.path + "/away")
        let names = stage.names().sorted()
        let error = await refusal { try await stage.service.appendLog([1], named: "a.log", of: run.id) }
        #expect(error?.code == .notFound)
        #expect(stage.names().sorted() == names)
    }

    /// A moved store: its experiments' locations are where it was.
    @Test func `a new run in a moved store says where its artifacts are`() async throws {
        let stage = try await FileStage()
        let run = try await stage.service.createRun(RunDraft(experimentName: "first"))
        try await stage.service.appendLog(Array("text\n".utf8), named: "a.log", of: run.id)
        let content = try #require(try await MLflowStores.read([stage.service.address]).first)
        #expect(content.runs[run.id.text]?.artifacts == ["runwatch"])
    }

    @Test func `the name of a deleted experiment is not taken again`() async throws {
        let stage = try await FileStage()
        let names = stage.names().sorted()
        let error = await refusal { try await stage.service.createRun(RunDraft(experimentName: "gone")) }
        #expect(error?.code == .conflict)
        #expect(error?.message.contains("`gone` was deleted") == true)
        #expect(stage.names().sorted() == names)
        // One that says so in its own place.
        let id = try #require(try await stage.run(named: "elsewhere")).experimentID.text
        try stage.replace(
            "lifecycle_stage: active", with: "lifecycle_stage: deleted", in: "\(stage.root)/\(id)/meta.yaml")
        let second = await refusal { try await stage.service.createRun(RunDraft(experimentName: "sécond / 日本")) }
        #expect(second?.code == .conflict)
        try FileManager.default.removeItem(atPath: stage.root + "/.trash")
        #expect(try await stage.service.createRun(RunDraft(experimentName: "gone")).experimentName == "gone")
    }
}
