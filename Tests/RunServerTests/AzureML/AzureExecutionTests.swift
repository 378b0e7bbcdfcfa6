import AzureMLWire
import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

@testable import RunServer

/// What the SDK sends to have a script started, and what it gets.
struct AzureExecutionTests {
    private func submit(_ azure: AzureServer, _ configuration: String, id: String = "e_1_a") async throws -> RawAnswer {
        let body = [
            "--mark", #"Content-Disposition: form-data; name="files"; filename="definition.json""#, "",
            #"{"Configuration":\#(configuration),"TargetDetails":null}"#, "--mark",
            #"Content-Disposition: form-data; name="files"; filename="aml_config.zip""#, "", "PK", "--mark--", "",
        ].joined(separator: "\r\n")
        return try await azure.ask(
            "POST", "execution/v1.0", "experiments/e/localrun?runId=\(id)", body,
            headers: [("Content-Type", "multipart/form-data; boundary=mark")])
    }

    private static let own = #""environment":{"python":{"userManagedDependencies":true,"interpreterPath":"python"}}"#

    @Test func `A launcher comes back, and the run is there`() async throws {
        let azure = try await AzureServer()
        let answer = try await submit(
            azure, #"{"script":"train.py","arguments":["--n",5],"target":"local",\#(Self.own)}"#)
        #expect(answer.status == 200 && answer.body.starts(with: [0x50, 0x4b, 3, 4]))
        let text = String(decoding: answer.body, as: UTF8.self)
        for part in ["azureml-setup/Invocation.sh", "azureml-setup/launcher.py", #""arguments":["--n","5"]"#] {
            #expect(text.contains(part), "\(part)")
        }
        let run = try await azure.history("GET", "runs/e_1_a").object
        #expect(run["runType"] as? String == "azureml.scriptrun" && run["status"] as? String == "Preparing")
        #expect((run["runDefinition"] as? [String: Any])?["script"] as? String == "train.py")
    }

    @Test func `Python unpacks the archive`() async throws {
        let place = try TemporaryDirectory()
        let files = [ZipArchive.File("a/ü.txt", "grüße"), ZipArchive.File("b.txt", "")]
        try Data(ZipArchive.bytes(of: files)).write(to: URL(fileURLWithPath: place.path + "/x.zip"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-m", "zipfile", "-e", "x.zip", "out"]
        process.currentDirectoryURL = URL(fileURLWithPath: place.path)
        process.standardInput = FileHandle.nullDevice
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do { try process.run() } catch { ended.resume(throwing: error) }
        }
        #expect(process.terminationStatus == 0)
        #expect(try String(contentsOfFile: place.path + "/out/a/ü.txt", encoding: .utf8) == "grüße")
        #expect(try String(contentsOfFile: place.path + "/out/b.txt", encoding: .utf8) == "")
    }

    @Test(arguments: [
        (#"{"script":"a.py","target":"local","environment":{"python":{"userManagedDependencies":false}}}"#, "Conda"),
        (#"{"script":"a.py","target":"local","docker":{"useDocker":true},\#(own)}"#, "Docker"),
        (#"{"script":"a.py","target":"gpu-cluster",\#(own)}"#, "local"),
        (#"{"script":"../a.py","target":"local",\#(own)}"#, "outside"),
        (#"{"script":"","target":"local",\#(own)}"#, "script"),
    ])
    func `What cannot be started is refused in a sentence`(configuration: String, word: String) async throws {
        let azure = try await AzureServer()
        let answer = try await submit(azure, configuration)
        #expect(answer.status == 400 && answer.text.contains(word))
        #expect(try await azure.history("GET", "runs/e_1_a").status == 404)
    }

    @Test func `A launcher is a supervisor`() async throws {
        let azure = try await AzureServer()
        _ = try await submit(azure, #"{"script":"a.py","target":"local",\#(Self.own)}"#)
        let tell = { (what: String, body: String) in
            try await azure.ask("POST", "azureml/v1.0", "runs/e_1_a/\(what)", body)
        }
        let stamp = #""pid":4194304,"startTicks":1"#
        _ = try await tell(
            "attach", #"{"host":"elsewhere","bootId":"b","process":{\#(stamp)},"command":{\#(stamp)}}"#)
        _ = try await azure.event("Start", of: "e_1_a")
        #expect(try await tell("heartbeat", "{}").object["status"] as? String == "Running")
        _ = try await tell("log", "printed\n")
        let log = try await azure.ask(
            "GET", "artifact/v2.0", "artifacts/content/ExperimentRun/dcid.e_1_a/user_logs%2Fstd_log.txt")
        #expect(log.text == "printed\n")
        // A cancel by MLflow's protocol is an order to the launcher.
        _ = try await azure.server.mlflow("POST", "runs/update", #"{"run_id":"e_1_a","status":"KILLED"}"#)
        #expect(try await tell("heartbeat", "{}").object["status"] as? String == "CancelRequested")
        #expect(try await tell("exit", #"{"signal":15,"isCanceled":true}"#).object["status"] as? String == "Canceled")
        let details = try await azure.server.store.details(of: RunID("e_1_a"))
        #expect(details.run.status == .canceled && details.supervisor?.exit == .signal(15))
    }

    @Test func `Forms are taken apart at their marks`() {
        let body = Array("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none--x\r\n\r\n--x--\r\n".utf8)
        let parts = MultipartForm.parts(of: body, contentType: #"multipart/form-data; boundary="x""#)
        #expect(parts.first?.name == "a" && parts.first?.content == Array("one".utf8))
        #expect(MultipartForm.parts(of: body, contentType: "text/plain").isEmpty)
        #expect(MultipartForm.parts(of: [], contentType: "multipart/form-data; boundary=x").isEmpty)
    }
}
