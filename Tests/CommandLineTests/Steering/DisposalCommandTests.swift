import Foundation
import RunModel
import RunServices
import TestSupport
import Testing

/// `delete`, `restore` and `purge`.
@Suite struct DisposalCommandTests {
    @Test(arguments: SteeringStage.Kind.allCases)
    func `deleted runs come back, once somebody agreed to both`(_ kind: SteeringStage.Kind) async throws {
        let stage = try await SteeringStage(kind)
        let ids = [try await stage.start("--name", "one"), try await stage.start("--name", "two")]
        for arguments in [["delete", ids[0].text], ["delete", "--filter", "experiment = \(stage.experiment)"]] {
            let refused = try await stage.call(arguments)
            #expect(refused.status == 2 && refused.output.isEmpty && refused.errors.contains("--yes"))
        }
        let deleted = try await stage.output(
            "delete", "--filter", "experiment = \(stage.experiment)", "--yes", "-o", "tsv", "--query",
            "sort([].displayName)")
        #expect(deleted == "one\ntwo\n")
        for id in ids { #expect(try await stage.call("show", "-r", id.text).status == 3) }
        let listed = try await stage.output(
            "restore", "--list", "--query", "[?experimentName=='\(stage.experiment)'].displayName | sort(@)", "-o",
            "tsv")
        #expect(listed == "one\ntwo\n")
        let refused = try await stage.call("restore", ids[0].text)
        #expect(refused.status == 2 && refused.errors.contains("Restore 1 run "))
        let partial = try await stage.call("restore", String(ids[0].text.prefix(20)), "nothing", "--yes", "-o", "json")
        #expect(partial.status == 1 && partial.output.contains(ids[0].text) && partial.errors.contains("nothing"))
        #expect(try await stage.run(ids[0]).name == "one")
        #expect(try await stage.call("restore", ids[1].text, "--yes").status == 0)
        #expect(try await stage.run(ids[1]).status == .running)
        #expect(try await stage.call("delete", "nothing", "--yes").status == 3)
    }

    @Test(arguments: [SteeringStage.Kind.embedded, .served])
    func `a purge removes what was deleted long enough ago`(_ kind: SteeringStage.Kind) async throws {
        let stage = try await SteeringStage(kind)
        let (kept, gone) = (try await stage.start(), try await stage.start())
        _ = try await stage.output("delete", gone.text, "--yes")
        #expect(try await stage.output("purge", "--older-than", "30d", "--yes") == "[]\n")
        let refused = try await stage.call("purge", "--older-than", "0s")
        #expect(refused.status == 2 && refused.errors.contains("Remove 1 run "))
        #expect(try await stage.call("purge", kept.text, "--yes").status == 3)
        let purged = try await stage.output(
            "purge", "--older-than", "0s", "--yes", "-o", "tsv", "--query", "[].runId")
        #expect(purged == gone.text + "\n")
        #expect(try await stage.call("restore", gone.text, "--yes").status == 3)
        #expect(try await stage.run(kept).status == .running)
    }

    @Test(arguments: [SteeringStage.Kind.mlflowServer, .mlflowDatabase, .mlflowFiles])
    func `MLflow's stores are emptied by MLflow`(_ kind: SteeringStage.Kind) async throws {
        let stage = try await SteeringStage(kind)
        let answer = try await stage.call("purge", "--older-than", "1d", "--yes", "-o", "json")
        #expect(answer.status == 1 && answer.output.isEmpty && answer.errors.contains("mlflow gc"))
        #expect(answer.errors.contains(#""code":"unsupported""#))
    }

    @Test(arguments: [SteeringStage.Kind.mlflowDatabase, .mlflowFiles])
    func `MLflow's own client sees what was deleted, and the reverse`(_ kind: SteeringStage.Kind) async throws {
        let stage = try await SteeringStage(kind)
        let id = try await stage.start()
        let uri = kind == .mlflowFiles ? "file://\(stage.address)" : "sqlite:///\(stage.address)"
        func client(_ call: String) async throws -> String {
            let script = """
                import os
                os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
                from mlflow.tracking import MlflowClient
                c = MlflowClient("\(uri)")
                \(call)
                """
            let python = try MLflowPython.checkedExecutable().path
            return try await OtherProgram.run("sh", ["-c", "exec \"$0\" -c \"$1\"", python, script], stage.binary)
                .output
        }
        _ = try await stage.output("delete", id.text, "--yes")
        #expect(
            try await client(
                "print(c.get_run('\(id)').info.lifecycle_stage); c.restore_run('\(id)')") == "deleted\n")
        #expect(try await stage.run(id).status == .running)
        #expect(try await client("c.delete_run('\(id)'); print('ok')") == "ok\n")
        #expect(try await stage.call("show", "-r", id.text).status == 3)
        _ = try await stage.output("restore", id.text, "--yes")
        #expect(try await client("print(c.get_run('\(id)').info.lifecycle_stage)") == "active\n")
    }

    @Test func `a run whose command runs is not deleted`() async throws {
        let stage = try await SteeringStage(.embedded)
        let id = String(try await stage.output("exec", "--detach", "--", "sleep", "1000").dropLast())
        let refused = try await stage.call("delete", id, "--yes")
        #expect(refused.status == 1 && refused.errors.contains("cancel it first"))
        #expect(try await stage.call("cancel", id, "--wait").status == 0)
        #expect(try await stage.call("delete", id, "--yes").status == 0)
    }
}
