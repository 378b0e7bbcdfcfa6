import Glibc
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

    @Test(arguments: ReadingStage.Kind.allCases) func tellsWhatTheDashboardTells(_ kind: ReadingStage.Kind) async throws
    {
        let stage = try await ReadingStage(kind)
        let second = try #require(stage.ids["second"])
        let status = try await stage.binary.calling(
            "watch", "-r", second.text, "--interval", "0.1", environment: ["RUNWATCH_SERVICE": stage.place]
        ) { _ in
            _ = try await eventually("the status at first") {
                try stage.binary.said().contains("second  Running\n") ? true : nil
            }
            try await stage.service.logMetrics([MetricEntry(key: "loss", value: .number(.nan), step: 8)], to: second)
            _ = try await eventually("the event") {
                try stage.binary.said().contains("  second  not a finite number: loss") ? true : nil
            }
            try await stage.service.apply(
                .fail(RunFailure(code: "Bad", message: "Traceback\n  line\nValueError: x")), to: second,
                onBehalfOf: .lifecycle)
        }
        #expect(status == 1)
        let lines = try stage.binary.said().split(separator: "\n")
        #expect(lines.count == 3 && lines[2].contains("  second  Failed after "))
        #expect(lines[2].hasSuffix(": Bad: ValueError: x"))
    }

    @Test(arguments: ReadingStage.Kind.allCases) func followsAnExperimentAsEvents(_ kind: ReadingStage.Kind)
        async throws
    {
        let stage = try await ReadingStage(kind)
        let status = try await stage.binary.calling(
            "watch", "-e", stage.experiment, "-o", "events", "--interval", "0.1",
            environment: ["RUNWATCH_SERVICE": stage.place]
        ) { pid in
            // What came before it looked first is no news, and nothing tells when it has looked.
            _ = try await eventually("the event") {
                let late = try await stage.service.createRun(
                    RunDraft(experimentName: stage.experiment, name: "late"))
                try await stage.service.apply(.start, to: late.id, onBehalfOf: .lifecycle)
                try await stage.service.apply(
                    .fail(RunFailure(message: "late")), to: late.id, onBehalfOf: .lifecycle)
                try await Task.sleep(for: .milliseconds(300))
                return try stage.binary.said().contains("\"event\":\"failed\"") ? true : nil
            }
            kill(pid, SIGTERM)
        }
        #expect(status == 128 + SIGTERM)
        let lines = try stage.binary.said().split(separator: "\n")
        #expect(lines.allSatisfy { $0.hasPrefix("{") && $0.contains("\"name\":\"late\"") }, "\(lines)")
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
        #expect(try await Binary().call("watch", "--all", "-r", "x").status == 2)
        #expect(try await Binary().call("watch", "--all", "-o", "jsonl").status == 2)
    }
}
