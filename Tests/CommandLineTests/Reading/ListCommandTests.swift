import LocalStore
import RunModel
import RunServices
import Testing

@Suite struct ListCommandTests {
    @Test(arguments: ReadingStage.Kind.allCases) func listsWhatIsAskedFor(_ kind: ReadingStage.Kind) async throws {
        let stage = try await ReadingStage(kind)
        func names(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String] {
            try await stage.lines(
                ["list", "-e", stage.experiment] + arguments + ["--query", "[].displayName", "-o", "tsv"],
                sourceLocation: sourceLocation)
        }
        #expect(Set(try await names()) == ["hello", "first", "second", "grandchild", "bad"])
        #expect(try await names("--status", "failed,PAUSED", "--status", "canceled") == ["bad"])
        #expect(try await names("--filter", "params.lr = '0.1' and metrics.loss < 1") == ["hello"])
        #expect(try await names("--tag", "quality=fantastic run") == ["hello"])
        #expect(try await names("--tag", "worth another look") == ["hello"])
        #expect(try await names("--tag", "quality=other").isEmpty)
        #expect(try await names("--property", "author=azureml-user", "--status", "ended") == ["hello"])
        #expect(try await names("--since", "1h", "--tag", "quality") == ["hello"])
        #expect(try await names("--since", "2999-01-01").isEmpty)
        #expect(Set(try await names("--parent", stage.id("hello"))) == ["first", "second"])
        #expect(try await names("--sort", "name", "--last", "2") == ["bad", "first"])
        #expect(try await names("--sort", "name desc", "--last", "1") == ["second"])
        #expect(try await names("--sort", "loss", "--last", "1") == ["hello"])
        #expect(try await names("--last", "0").isEmpty)
    }

    @Test(arguments: ReadingStage.Kind.allCases) func writesColumns(_ kind: ReadingStage.Kind) async throws {
        let stage = try await ReadingStage(kind)
        let columns =
            "name, =lr, min loss as best, max loss, first loss, loss, mean loss as average, count loss, tags.quality"
        #expect(
            try await stage.lines(
                "list", "-e", stage.experiment, "--tag", "quality", "-o", "csv", "--columns", columns)
                == [
                    "name,lr,best,max loss,first loss,loss,average,count loss,quality",
                    "hello,0.1,0.5,3.0,3.0,0.5,1.625,4,fantastic run",
                ])
    }

    /// The article's queries, as they stand.
    @Test(arguments: ReadingStage.Kind.allCases) func answersTheArticlesQueries(_ kind: ReadingStage.Kind) async throws
    {
        let stage = try await ReadingStage(kind)
        for query in [
            "[?properties.author=='azureml-user']", "[?tags.keys(@)[?starts_with(@, 'worth another look')]]",
            "[?properties.author=='azureml-user' && tags.quality=='fantastic run']",
        ] {
            let words = ["list", "--experiment-name", stage.experiment, "--query", query + ".runId", "--output", "tsv"]
            #expect(try await stage.lines(words) == [try stage.id("hello")])
        }
    }

    @Test func writesEachFormat() async throws {
        let stage = try await ReadingStage(.embedded)
        func output(_ format: String) async throws -> [String] {
            try await stage.lines("list", "--status", "failed", "-o", format)
        }
        let bad = try stage.id("bad")
        #expect(try await output("json").prefix(3) == ["[", "  {", "    \"runId\": \"\(bad)\","])
        let lines = try await output("jsonl")
        #expect(lines.count == 1 && lines[0].hasPrefix("{\"runId\":\"\(bad)\","))
        #expect(lines[0].contains(#""error":{"error":{"code":"UserError","message":"no such file"}}"#))
        #expect(try await output("yaml").first?.filter { $0 != "\"" } == "- runId: \(bad)")
        #expect(try await output("tsv").first?.hasPrefix("\(bad)\tFailed\tbad\t\(stage.experiment)\t") == true)
        #expect(try await output("table").first?.split(separator: " ").first == "id")
        #expect(try await output("csv").first == "id,status,name,experiment,started,duration")
        #expect(try await output("markdown").count == 3)
        // No terminal, so that no lines are cut, and the default is for programs.
        #expect(try await stage.call("list", "--status", "failed").output.first == "[")
    }

    @Test func goesThroughManyPages() async throws {
        let binary = try Binary()
        let service = try await binary.service()
        let drafts = (0..<2_500).map { RunDraft(experimentName: "many", name: "run \($0)") }
        for start in stride(from: 0, to: drafts.count, by: 500) {
            try await service.createRuns(Array(drafts[start..<start + 500]))
        }
        let all = try await binary.call("list", "-o", "tsv", "--columns", "name")
        #expect(Set(all.output.split(separator: "\n")).count == 2_500)
        let some = try await binary.call("list", "-o", "jsonl", "--last", "1001", "--sort", "name desc")
        #expect(some.output.split(separator: "\n").count == 1_001)
        // Nobody reads to the end.
        let script = """
            "$0" list -o jsonl | head -n 1 | wc -l
            exec 3>&1
            { "$0" list -o jsonl; echo $? >&3; } | head -n 1 > /dev/null
            """
        let answer = try await OtherProgram.run("sh", ["-c", script, Binary.path], binary)
        #expect(answer.output.split(separator: "\n") == ["1", "0"] && answer.errors.isEmpty)
    }

    @Test(arguments: [
        (["--query", "[?"], "--query: syntax"), (["--columns", ".x"], "--columns: "),
        (["--status", "busy"], "--status: "),
        (["--since", "soon"], "--since: "), (["--filter", "a ="], "--filter, character "),
        (["--last", "-1"], "--last"),
        (["--sort", ""], "--sort: "), (["-o", "xml"], "xml"),
    ])
    func saysWhatIsWrong(_ arguments: [String], _ part: String) async throws {
        let answer = try await Binary().call(["list"] + arguments)
        #expect(answer.status == 2 && answer.output.isEmpty)
        #expect(answer.errors.contains(part), "\(answer.errors)")
    }
}
