import Foundation
import GRDB
import RunModel
import RunServices
import TestSupport
import Testing

@testable import MLflowArtifacts
@testable import MLflowStores

/// Where the artifacts of a run in `mlflow.db` are looked for and written, whatever its `artifact_uri` says.
@Suite struct DatabasePlacesTests {
    private func point(_ run: Run, _ stage: DatabaseStage, to uri: String) async throws {
        try await stage.commit("UPDATE runs SET artifact_uri = ? WHERE run_uuid = ?", [uri, run.id.text])
    }

    /// What lies in the stage's directory, the database itself apart.
    private func everything(in stage: DatabaseStage) throws -> Set<String> {
        Set(
            try FileManager.default.subpathsOfDirectory(atPath: stage.directory.path).filter {
                !$0.contains("mlflow.db")
            })
    }

    private func write(_ text: String, to path: String) throws {
        try FileManager.default.createDirectory(
            atPath: String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]), withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    @Test(arguments: [
        "file:///C:/Users/ana/mlruns/1/RUN/artifacts", "C:\\mlruns\\1\\RUN\\artifacts", "file://host/1/RUN/artifacts",
        "HERE/away/mlruns/1/RUN/artifacts", "HERE/secrets", "HERE", "file:///etc", "HERE/secrets/../secrets/1/x", "",
        "../mlruns/1/RUN/artifacts", "HERE/secrets/9/OTHER/artifacts",
    ])
    func `a place that cannot be believed is neither read nor made`(_ pattern: String) async throws {
        let stage = try await DatabaseStage()
        let run = try #require(try await stage.run(named: "finished"))
        let here = stage.directory.path
        for place in ["secrets", "secrets/9/OTHER/artifacts", "secrets/1/x"] {
            try write("secret", to: "\(here)/\(place)/secret.log")
        }
        let uri = pattern.replacingOccurrences(of: "HERE", with: here)
            .replacingOccurrences(of: "RUN", with: run.id.text)
        try await point(run, stage, to: uri)
        #expect(try await stage.service.details(of: run.id).logs.isEmpty)
        let before = try everything(in: stage)
        try await stage.service.appendLog(Array("ours\n".utf8), named: "ours.log", of: run.id)
        let folder = "mlruns/\(run.experimentID.text)/\(run.id.text)/artifacts"
        let made = try everything(in: stage).subtracting(before)
        #expect(made.contains(folder + "/runwatch/ours.log"))
        #expect(made.allSatisfy { (folder + "/runwatch/ours.log").hasPrefix($0) })
        #expect(try await stage.service.details(of: run.id).logs.map(\.name) == ["runwatch/ours.log"])
        #expect(access("/C:", F_OK) != 0)
    }

    /// A directory with the project in it was copied or moved: the files lie beside the database.
    @Test func `the artifacts of a moved database are beside it`() async throws {
        let stage = try await DatabaseStage()
        let run = try #require(try await stage.run(named: "finished"))
        try await point(run, stage, to: "\(stage.directory.path)/gone/mlruns/9/\(run.id.text)/artifacts")
        let folder = "\(stage.directory.path)/mlruns/\(run.experimentID.text)/\(run.id.text)/artifacts"
        try write("text", to: folder + "/a.log")
        #expect(try await stage.service.details(of: run.id).logs.map(\.name) == ["a.log"])
        let chunk = try await stage.service.readLog("a.log", of: run.id, offset: 0, length: 10)
        #expect(String(decoding: chunk.bytes, as: UTF8.self) == "text")
    }

    /// `--default-artifact-root`, and the location that an experiment was made with.
    @Test(arguments: ["artifacts/1", "artifacts"])
    func `an artifact root elsewhere is used while it is there`(_ location: String) async throws {
        let stage = try await DatabaseStage()
        let run = try #require(try await stage.run(named: "finished"))
        let elsewhere = try TemporaryDirectory()
        let location = location.replacingOccurrences(of: "1", with: run.experimentID.text)
        try FileManager.default.createDirectory(
            atPath: elsewhere.path + "/artifacts", withIntermediateDirectories: true)
        let folder = "\(elsewhere.path)/\(location)/\(run.id.text)/artifacts"
        try await point(run, stage, to: folder)
        try await stage.service.appendLog(Array("ours\n".utf8), named: "a.log", of: run.id)
        #expect(try String(contentsOfFile: folder + "/runwatch/a.log", encoding: .utf8) == "ours\n")
        #expect(try await stage.service.details(of: run.id).logs.map(\.name) == ["runwatch/a.log"])
        // Once it was moved away it is not made again.
        try FileManager.default.moveItem(atPath: elsewhere.path + "/artifacts", toPath: elsewhere.path + "/away")
        try await stage.service.appendLog(Array("more\n".utf8), named: "a.log", of: run.id)
        #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.path) == ["away"])
    }

    /// An id that anybody may have written into the file.
    @Test(arguments: ["..", "../../outside", "a/b", ""])
    func `an id that is no name of a directory has no place`(_ id: String) async throws {
        let stage = try await DatabaseStage()
        try write("secret", to: stage.directory.path + "/outside/artifacts/secret.log")
        let place = ArtifactPlace(
            uri: "\(stage.directory.path)/mlruns/0/\(id)/artifacts", run: id, experiment: "0",
            ofDatabaseIn: stage.directory.path)
        #expect(try place.texts(commandLog: nil).isEmpty)
        #expect(throws: RunServiceError.self) { try place.writable() }
    }

    @Test func `a new run of a moved database says where its artifacts are`() async throws {
        let stage = try await DatabaseStage()
        try await stage.commit(
            "UPDATE experiments SET artifact_location = 'file:///C:/proj/mlruns/' || experiment_id", [])
        for experiment in ["first", "new"] {
            let run = try await stage.service.createRun(RunDraft(experimentName: experiment))
            try await stage.service.appendLog(Array("text\n".utf8), named: "a.log", of: run.id)
            let content = try #require(try await MLflowStores.read(["sqlite:///\(stage.path)"]).first)
            #expect(content.runs[run.id.text]?.artifacts == ["runwatch"], "\(experiment)")
        }
    }
}
