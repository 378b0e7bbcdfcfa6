import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct WatchCommandTests {
    @Test(arguments: ReadingStage.Kind.allCases) func returnsWhenAllHaveEnded(_ kind: ReadingStage.Kind) async throws {
        let stage = try await ReadingStage(kind)
        let (first, second) = (try stage.id("first"), try #require(stage.ids["second"]))
        let status = try await stage.binary.calling(
            "watch", "-r", first, second.text, "--interval", "0.1", "--metrics",
            environment: ["RUNWATCH_SERVICE": stage.place]
        ) { _ in
            _ = try await eventually("the status at first") {
                try stage.binary.said().contains("second  Running\n") ? true : nil
            }
            // What its machine says of a run every few seconds is no line's worth.
            try await stage.service.logMetrics([MetricEntry(key: SystemMetric.cpu, value: .number(50))], to: second)
            try await stage.service.logMetrics([MetricEntry(key: "loss", value: .number(0.25), step: 7)], to: second)
            _ = try await eventually("the metric") {
                try stage.binary.said().contains("second  step 7  loss=0.25\n") ? true : nil
            }
            try await stage.service.apply(.complete, to: second, onBehalfOf: .lifecycle)
        }
        #expect(status == 0)
        let lines = try stage.binary.said().split(separator: "\n")
        #expect(lines.count == 4 && lines[0].contains("  \(first)  first  Completed after "))
        #expect(lines[3].contains("  second  Completed after "))
    }

    @Test(arguments: ReadingStage.Kind.allCases) func failsWhereAnyRunFailed(_ kind: ReadingStage.Kind) async throws {
        let stage = try await ReadingStage(kind)
        let answer = try await stage.call("watch", "-r", stage.id("bad"), stage.id("hello"))
        #expect(answer.status == 1 && answer.errors.isEmpty)
        #expect(answer.output.contains("  bad  Failed after "))
        #expect(answer.output.contains(": no such file\n"))
        let hello = try stage.id("hello")
        let done = try await stage.call("watch", hello, "-o", "jsonl")
        #expect(done.status == 0 && done.output.hasPrefix("{\"runId\":\"\(hello)\""))
    }

    /// Nobody else looks after runs whose supervisor was killed: the watch would never end.
    @Test func bringsRunsToTheirEndWhoseSupervisorIsGone() async throws {
        let binary = try Binary()
        let service = try await binary.service()
        let watched = try await binary.calling("exec", "--", "sh", "-c", "echo ready; kill -9 $PPID") { _ in }
        #expect(watched == 137)
        let run = try #require(try await service.runs(in: .all, matching: nil, limit: 1).first)
        let answer = try await binary.call("watch", "-r", run.id.text, "--interval", "0.2")
        #expect(answer.status == 1 && answer.output.contains("Failed after "), "\(answer.output) \(answer.errors)")
    }

    @Test func saysWhichRunIsNotThere() async throws {
        #expect(try await Binary().call("watch", "-r", "x").status == 3)
        #expect(try await Binary().call("watch").status == 2)
    }
}
