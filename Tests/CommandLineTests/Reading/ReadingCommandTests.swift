import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// `experiments`, `children`, `metrics` and `compare`.
@Suite struct ReadingCommandTests {
    @Test(arguments: ReadingStage.Kind.allCases) func listsExperiments(_ kind: ReadingStage.Kind) async throws {
        let stage = try await ReadingStage(kind)
        let query = "[?name=='\(stage.experiment)'].[runs, activeRuns, runsByStatus.Failed]"
        #expect(try await stage.lines("experiments", "--query", query, "-o", "tsv") == ["5\t2\t1"])
        let none = try await stage.call("list", "-e", "no-such-experiment")
        #expect(none.status == 3 && none.errors.contains("There is no experiment no-such-experiment"))
    }

    @Test(arguments: ReadingStage.Kind.allCases) func listsChildren(_ kind: ReadingStage.Kind) async throws {
        let stage = try await ReadingStage(kind)
        func names(_ arguments: String...) async throws -> [String] {
            try await stage.lines(
                ["children", "-r", try stage.id("hello")] + arguments + ["-o", "tsv", "--columns", "name"])
        }
        #expect(Set(try await names()) == ["first", "second"])
        let all = try await names("--recursive")
        #expect(Set(all.prefix(2)) == ["first", "second"] && all.dropFirst(2) == ["grandchild"])
        #expect(try await names("--recursive", "--status", "running") == ["second"])
        #expect(try await stage.lines("children", "-r", stage.id("bad"), "-o", "json") == ["[]"])
    }

    @Test(arguments: ReadingStage.Kind.allCases) func printsEveryPoint(_ kind: ReadingStage.Kind) async throws {
        let stage = try await ReadingStage(kind)
        let id = try stage.id("hello")
        #expect(
            try await stage.lines("metrics", "-r", id, "loss", "--query", "[].[metric, step, value]", "-o", "tsv")
                == ["loss\t0\t3.0", "loss\t1\t1.0", "loss\t2\t2.0", "loss\t3\t0.5"])
        let all = try await stage.lines("metrics", "-r", id, "-o", "csv")
        #expect(all.count == 6 && all[0] == "metric,step,time,value")
        #expect(all[1].hasPrefix("accuracy,0,2") && all[1].hasSuffix(",NaN"))
        #expect(try await stage.lines("metrics", "-r", stage.id("bad"), "-o", "jsonl").isEmpty)
        let missing = try await stage.call("metrics", "-r", id, "los")
        #expect(missing.status == 3)
        #expect(missing.errors == "Error: The run has no metric “los”; it has accuracy, loss.\n")
    }

    /// More than a page of any service's, and more than a chart shows.
    @Test(arguments: ReadingStage.Kind.allCases) func leavesNoPointOut(_ kind: ReadingStage.Kind) async throws {
        let stage = try await ReadingStage(kind)
        let id = try #require(stage.ids["second"])
        for start in stride(from: 0, to: 6_000, by: 1_000) {
            let entries = (start..<start + 1_000).map {
                MetricEntry(key: "long", value: .number(Double($0)), step: Int64($0))
            }
            try await stage.service.logMetrics(entries, to: id)
        }
        let lines = try await stage.lines("metrics", "-r", id.text, "long", "-o", "tsv")
        #expect(lines.count == 6_000 && lines.last?.hasSuffix("\t5999.0") == true)
        #expect(
            try await stage.lines(
                "list", "-e", stage.experiment, "--filter", "name = second", "-o", "tsv", "--columns",
                "count long, min long, mean long") == ["6000\t0.0\t2999.5"])
    }

    @Test(arguments: ReadingStage.Kind.allCases) func comparesRuns(_ kind: ReadingStage.Kind) async throws {
        let stage = try await ReadingStage(kind)
        let (hello, first) = (try stage.id("hello"), try stage.id("first"))
        let lines = try await stage.lines("compare", hello, first, "-o", "csv")
        #expect(lines.first == "field,hello,first")
        #expect(lines.contains("params.lr,0.1,0.2") && lines.contains("metrics.loss,0.5,"))
        #expect(lines.contains("tags.quality,fantastic run,") && !lines.contains { $0.hasPrefix("status") })
        #expect(
            try await stage.lines("compare", hello, first, "--all", "-o", "csv").contains("status,Completed,Completed"))
        let query = "[?field=='params.lr'].values.\"\(first)\""
        #expect(try await stage.lines("compare", hello, first, "--query", query, "-o", "tsv") == ["0.2"])
        #expect(try await stage.lines("compare", hello, first, "-o", "markdown").contains("| params.lr | 0.1 | 0.2 |"))
        let same = try await stage.call("compare", hello, hello)
        #expect(same.status == 2 && same.output.isEmpty)
        #expect(try await stage.call("compare", hello).status == 2)
    }
}
