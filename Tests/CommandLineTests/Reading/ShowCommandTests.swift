import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct ShowCommandTests {
    @Test(arguments: ReadingStage.Kind.allCases) func showsARunByTheBeginningOfItsID(_ kind: ReadingStage.Kind)
        async throws
    {
        let stage = try await ReadingStage(kind)
        let id = try stage.id("hello")
        for name in [id, String(id.prefix(12))] {
            let query = "[runId, displayName, status, tags.quality, properties.author, parameters.lr, metrics.accuracy]"
            #expect(
                try await stage.lines("show", "-r", name, "--query", query, "-o", "jsonl")
                    == [
                        "\"\(id)\"", "\"hello\"", "\"Completed\"", "\"fantastic run\"", "\"azureml-user\"", "\"0.1\"",
                        "\"NaN\"",
                    ]
            )
        }
        let child = try stage.id("grandchild")
        #expect(
            try await stage.lines("show", child, "--query", "[[parentRunId, rootRunId]]", "-o", "tsv")
                == ["\(try stage.id("second"))\t\(id)"])
        let both = try await stage.lines("show", "-r", id, child, "--query", "[].displayName", "-o", "tsv")
        #expect(both == ["hello", "grandchild"])
    }

    @Test(arguments: ReadingStage.Kind.allCases) func tellsWhichRunIsNotThere(_ kind: ReadingStage.Kind) async throws {
        let stage = try await ReadingStage(kind)
        let answer = try await stage.call("show", "-r", "no-such-run", "-o", "json")
        #expect(answer.status == 3 && answer.output.isEmpty)
        let lines = answer.errors.split(separator: "\n")
        #expect(lines.first == "Error: There is no run no-such-run; `runwatch list` shows the ids.")
        #expect(
            lines.last
                == #"{"error":{"code":"notFound","message":"There is no run no-such-run; `runwatch list` shows the ids."}}"#
        )
        #expect(lines.count == 2)
    }

    @Test func listsTheCandidatesOfABeginningThatIsNotUnique() async throws {
        let binary = try Binary()
        let service = try await binary.service()
        for id in ["sweep_1", "sweep_12", "sweepX1", "other%"] {
            try await service.createRun(RunDraft(id: RunID(id), experimentName: "tests"))
        }
        func id(_ name: String) async throws -> String {
            try await binary.call("show", name, "--query", "runId", "-o", "tsv").output
        }
        // The whole id of one is the beginning of another's.
        #expect(try await id("sweep_1") == "sweep_1\n")
        #expect(try await id("sweep_12") == "sweep_12\n")
        // No wildcard: neither `_` nor `%` stands for anything else.
        #expect(try await id("sweepX") == "sweepX1\n")
        #expect(try await id("other%") == "other%\n")
        #expect(try await id("o") == "other%\n")
        let several = try await binary.call("show", "sweep_", "-o", "json")
        #expect(several.status == 2 && several.output.isEmpty)
        #expect(several.errors.contains("sweep_1") && several.errors.contains("sweep_12"))
        #expect(!several.errors.contains("sweepX1") && several.errors.contains(#""code":"ambiguous""#))
        #expect(try await binary.call("show", "%").status == 3)
        #expect(try await binary.call("show", "-r", "").status == 2)
        #expect(try await binary.call("show").status == 2)
    }

    @Test func isASheetForPeople() async throws {
        let binary = try Binary()
        let started = try await binary.call(
            "exec", "--name", "a\u{202E}b", "--tag", "note=a\u{1B}[31m\u{202E}b", "--", "sh", "-c", "echo hello")
        #expect(started.status == 0, "\(started.errors)")
        let run = try #require(try await binary.runs().first)
        let sheet = try await binary.call("show", run.id.text, "-o", "table")
        #expect(
            sheet.output.contains("command     sh -c echo hello\n")
                && sheet.output.contains("logs        output.log (6 bytes)\n"))
        for scalar in sheet.output.unicodeScalars where scalar != "\n" {
            #expect(!(scalar.value < 0x20 || scalar.value == 0x202E), "\(scalar.value)")
        }
    }

    @Test func exitsWith4WhereNobodyAnswers() async throws {
        let answer = try await Binary().call("list", "--service", "http://127.0.0.1:9", "-o", "json")
        #expect(answer.status == 4 && answer.output.isEmpty)
        #expect(answer.errors.split(separator: "\n").last?.hasPrefix(#"{"error":{"code":"unavailable","#) == true)
        let nowhere = try await Binary().call("list", "--service", "/nowhere/at/all")
        #expect(nowhere.status == 3)
    }
}
