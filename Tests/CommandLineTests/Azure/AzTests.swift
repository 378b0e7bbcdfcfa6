import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// The article's command lines with one word before them, over the embedded store and over a server.
@Suite struct AzTests {
    @Test(arguments: [SteeringStage.Kind.embedded, .served, .mlflowServer])
    func `the article's lines work as they are written`(_ kind: SteeringStage.Kind) async throws {
        let stage = try await SteeringStage(kind)
        let id = try await stage.start("--property", "author=azureml-user", "--tag", "quality=fantastic run")
        _ = try await stage.start("--tag", "worth another look")
        let child = try await stage.output("child", "-r", id.text).dropLast()
        func az(_ arguments: String...) async throws -> Binary.Answer {
            try await stage.call(["az", "ml", "run"] + arguments)
        }
        let all = try await az("list", "--experiment-name", stage.experiment, "--query", "length(@)")
        #expect(all.output == "2\n" && all.status == 0, "\(all.errors)")
        for (query, count) in [
            ("[?properties.author=='azureml-user']", 1), ("[?tags.quality=='fantastic run']", 1),
            ("[?properties.author=='azureml-user' && tags.quality=='fantastic run']", 1),
            ("[?status=='Failed']", 0),
        ] {
            let found = try await az("list", "-e", stage.experiment, "--query", "\(query) | length(@)", "-o", "tsv")
            #expect(found.output == "\(count)\n", "\(query): \(found.errors)")
        }
        let children = try await az(
            "list", "-e", stage.experiment, "--parent-run-id", id.text, "--last", "5", "--query", "[].runId", "-o",
            "tsv",
            "-w", "ws", "-g", "rg")
        #expect(children.output == child + "\n")
        let tagged = try await az("list", "-e", stage.experiment, "--tags", "quality=fantastic run", "--minimal")
        #expect(tagged.output.contains(#""RunId": "\#(id.text)""#) && tagged.output.contains(#""Tags""#))
        let shown = try await az("show", "-r", id.text, "-e", stage.experiment)
        for member in ["runId", "experimentId", "status", "startTimeUtc", "rootRunId", "tags", "properties"] {
            #expect(shown.output.contains("\"\(member)\""))
        }
        let updated = try await az("update", "-r", id.text, "--add-tag", "quality=great run", "--query", "tags.quality")
        #expect(updated.output == "\"great run\"\n")
        let cancelled = try await az("cancel", "-r", id.text, "-w", "workspace_name", "-e", stage.experiment)
        #expect(cancelled.output == "Experiment run canceled successfully.\n" && cancelled.status == 0)
        #expect(try await stage.run(id).status == .canceled)
        #expect(try await az("show", "-r", "nothing").status == 3)
        #expect(try await az("cancel", "-r", id.text).status == 1)
        #expect(try await az("list", "--output", "none", "-e", stage.experiment).output.isEmpty)
    }

    @Test func `a folder is attached and a script submitted`() async throws {
        let binary = try Binary()
        let folder = binary.place.path + "/project"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try "import sys\nprint('training', sys.argv[1:])\nsys.exit(len(sys.argv) > 2)\n".write(
            toFile: folder + "/train.py", atomically: false, encoding: .utf8)
        let attached = try await binary.call(
            "az", "ml", "folder", "attach", "-w", "myworkspace", "-g", "myresourcegroup", "--path", folder,
            environment: ["AZURE_SUBSCRIPTION_ID": "sub"])
        #expect(attached.status == 0 && attached.output.contains(#""Workspace name": "myworkspace""#))
        let submitted = try await binary.call(
            "az", "ml", "run", "submit-script", "-c", "sklearn", "-e", "testexperiment", "--path", folder, "-t",
            binary.place.path + "/new/run.json", "train.py", "one")
        #expect(submitted.status == 0, "\(submitted.errors)")
        #expect(submitted.errors.contains("training ['one']") && !submitted.output.contains("training"))
        let run = try #require(try await binary.runs().first)
        #expect(submitted.output.contains(#""runId": "\#(run.id)""#) && submitted.output.contains("Completed"))
        #expect(run.experimentName == "testexperiment")
        let metadata = try String(contentsOfFile: binary.place.path + "/new/run.json", encoding: .utf8)
        #expect(metadata.contains(#""runId": "\#(run.id)""#))
        let again = try await binary.call(
            "az", "ml", "run", "submit-script", "--path", folder, "-t", binary.place.path + "/new/run.json", "train.py")
        #expect(again.status == 1 && again.errors.contains("exists already"))
        #expect(try await binary.runs().count == 1)
        let failed = try await binary.call(
            "az", "ml", "run", "submit-script", "--path", folder, "--query", "status", "-o", "tsv", "train.py", "a", "b"
        )
        #expect(failed.status == 1 && failed.output == "Failed\n")
        let quick = try await binary.call(
            "az", "ml", "run", "submit-script", "--async", "--path", folder, "--query", "runId", "-o", "tsv", "train.py"
        )
        let id = RunID(String(quick.output.dropLast()))
        #expect(quick.status == 0 && !quick.output.contains("training"))
        _ = try await eventually("the end of a script that nobody waits for") {
            try await binary.service().details(of: id).run.status == .completed ? true : nil
        }
        let remote = try await binary.call(
            "az", "ml", "run", "submit-script", "--path", folder, "--ct", "cpu", "train.py")
        #expect(remote.status == 1 && remote.errors.contains("`cpu`"))
    }
}
