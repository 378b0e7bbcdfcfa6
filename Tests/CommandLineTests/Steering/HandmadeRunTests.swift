import RunModel
import RunServices
import TestSupport
import Testing

/// `start`, `log`, `update`, `child`, `complete` and `fail`, over every kind of run service.
@Suite struct HandmadeRunTests {
    @Test(arguments: SteeringStage.Kind.allCases)
    func `a script records a run by itself`(_ kind: SteeringStage.Kind) async throws {
        let stage = try await SteeringStage(kind)
        let id = try await stage.start(
            "--name", "by hand", "--tag", "quality=great run", "--tag", "todo", "--property", "author=ana", "--param",
            "lr=0.1", "--description", "what it is about")
        let begun = try await stage.run(id)
        #expect(begun.status == .running && begun.startedAt != nil && begun.experimentName == stage.experiment)
        #expect(begun.name == "by hand" && begun.parentID == nil)
        #expect(begun.properties == Properties([("author", "ana")]) && begun.params == Params([("lr", "0.1")]))
        #expect(begun.tags.value(forKey: RunEdit.descriptionTag) == "what it is about")
        let here = ["RUNWATCH_RUN_ID": id.text]
        #expect(try await stage.output("log", "loss=0.25", environment: here).isEmpty)
        let updated = try await stage.output(
            "update", "--add-tag", "quality=fantastic run", "--add-tag", "new", "--remove-tag", "todo",
            "--add-property", "reviewed=yes", "--name", "renamed", "--description", "", "-o", "json", "--query",
            "[runId, displayName, tags.quality, properties.reviewed, status]", environment: here)
        #expect(
            updated.filter { !" \n".contains($0) }
                == #"["\#(id.text)","renamed","fantasticrun","yes","Running"]"#)
        #expect(
            try await stage.output("complete", "-o", "tsv", "--query", "status", environment: here) == "Completed\n")
        let over = try await stage.run(id)
        #expect(over.metrics.value(forKey: "loss")?.value == .number(0.25))
        #expect(over.tags.keys.sorted() == ["new", "quality"] && over.endedAt != nil)
        // A property is there for good, and so is an end.
        let again = try await stage.call("update", "-r", id.text, "--add-property", "author=bo")
        #expect(again.status == 1 && again.output.isEmpty && again.errors.contains("author"))
        #expect(try await stage.call("complete", "-r", id.text).status == 1)
        let failed = try await stage.output(
            "fail", "-r", id.text, "--error-code", "BadData", "--message", "wrong split", "--query", "status", "-o",
            "tsv"
        )
        #expect(failed == "Failed\n")
        let failure = try await stage.run(id).failure
        #expect(failure == RunFailure(code: "BadData", message: "wrong split"))
    }

    @Test(arguments: SteeringStage.Kind.allCases)
    func `children come as one batch, each with its tag`(_ kind: SteeringStage.Kind) async throws {
        let stage = try await SteeringStage(kind)
        let parent = try await stage.start()
        let ids = try await stage.output("child", "-r", parent.text, "--tag-key", "fold", "--tag-values", "a,b,c")
            .split(separator: "\n").map { RunID(String($0)) }
        #expect(ids.count == 3 && Set(ids).count == 3)
        for (id, value) in zip(ids, ["a", "b", "c"]) {
            let child = try await stage.run(id)
            #expect(child.parentID == parent && child.rootID == parent && child.status == .running)
            #expect(child.experimentName == stage.experiment && child.tags.value(forKey: "fold") == value)
        }
        let below = try await stage.output("child", "--count", "2", environment: ["RUNWATCH_RUN_ID": ids[0].text])
        #expect(below.split(separator: "\n").count == 2)
        let wrong = try await stage.call(
            "child", "-r", parent.text, "--count", "2", "--tag-key", "k", "--tag-values", "a")
        #expect(wrong.status == 2 && wrong.errors.contains("--tag-values"))
    }

    @Test func `what cannot be understood is status 2, and changes nothing`() async throws {
        let stage = try await SteeringStage(.embedded)
        let id = try await stage.start()
        for arguments in [
            ["update", "-r", id.text], ["update", "-r", id.text, "--add-property", "novalue"],
            ["update", "-r", id.text, "--add-tag", "a=1", "--remove-tag", "a"], ["complete"], ["child"],
            ["complete", id.text, "--filter", "status:running"], ["cancel", "--filter", "status:"],
            ["fail", "--silent-for", "soon"], ["child", "-r", id.text, "--count", "0"], ["restore"], ["purge"],
            ["purge", "--older-than", "30"],
        ] {
            let answer = try await stage.call(arguments)
            #expect(answer.status == 2, "\(arguments): \(answer.errors)")
            #expect(answer.output.isEmpty && !answer.errors.isEmpty)
        }
        #expect(try await stage.run(id).status == .running)
        #expect(try await stage.call("update", "-r", "nothing", "--name", "x").status == 3)
        let unreachable = try await stage.call(
            "complete", "-r", id.text, environment: ["RUNWATCH_SERVICE": "http://127.0.0.1:1"])
        #expect(unreachable.status == 4 && unreachable.output.isEmpty)
    }
}
