import LocalStore
import RunModel
import RunServices
import Testing

@Suite struct LogCommandTests {
    private func newRun(_ binary: Binary) async throws -> RunID {
        try await binary.service().createRun(RunDraft(experimentName: "tests", name: "test")).id
    }

    private func latest(_ binary: Binary, _ run: RunID) async throws -> [String: MetricPoint] {
        let metrics = try await binary.service().details(of: run).run.metrics
        return Dictionary(uniqueKeysWithValues: metrics.entries.map { ($0.key, $0.value) })
    }

    @Test func writesSeveralMetricsAtOneStep() async throws {
        let binary = try Binary()
        let run = try await newRun(binary)
        let answer = try await binary.call(
            "log", "loss=0.31", "gap=-1e-3", "broken=nan", "far=-inf", "message=Hello, world", "empty=", "equation=a=b",
            "--step", "40", "-r", run.text)
        #expect(answer.status == 0)
        #expect(answer.output.isEmpty && answer.errors.isEmpty)
        let metrics = try await latest(binary, run)
        #expect(metrics["loss"]?.value == .number(0.31))
        #expect(metrics["loss"]?.step == 40)
        #expect(metrics["gap"]?.value == .number(-0.001))
        #expect(metrics["broken"]?.value.number?.isNaN == true)
        #expect(metrics["far"]?.value == .number(-.infinity))
        #expect(metrics["message"]?.value == .text("Hello, world"))
        #expect(metrics["empty"]?.value == .text(""))
        #expect(metrics["equation"]?.value == .text("a=b"))
    }

    @Test func takesTheRunFromTheEnvironmentAndCountsSteps() async throws {
        let binary = try Binary()
        let run = try await newRun(binary)
        for loss in ["loss=3", "loss=2"] {
            let answer = try await binary.call("log", loss, environment: ["RUNWATCH_RUN_ID": run.text])
            #expect(answer.status == 0)
        }
        let loss = try #require(try await latest(binary, run)["loss"])
        #expect(loss.step == 1)
        #expect(loss.value == .number(2))
    }

    @Test(arguments: ["-5", "-9223372036854775808", "0"])
    func aStepMayBeNegative(_ step: String) async throws {
        let binary = try Binary()
        let run = try await newRun(binary)
        let answer = try await binary.call("log", "loss=1", "--step", step, "-r", run.text)
        #expect(answer.status == 0 && answer.errors.isEmpty)
        #expect(try await latest(binary, run)["loss"]?.step == Int64(step))
    }

    @Test func aMissingStepIsToldAndNotTakenFromTheNextOption() async throws {
        let answer = try await Binary().call("log", "loss=1", "--step", "--run", "x")
        #expect(answer.status == 2)
        #expect(answer.errors.contains("'--run' is invalid for '--step <step>'"))
    }

    @Test func refusesBadInputWithASentence() async throws {
        let binary = try Binary()
        let run = try await newRun(binary)
        let noEquals = try await binary.call("log", "good=1", "loss", "-r", run.text)
        #expect(noEquals.status == 2)
        #expect(noEquals.errors.contains("'loss' has no '='"))
        #expect(try await latest(binary, run).isEmpty)
        let noKey = try await binary.call("log", "=1", "-r", run.text)
        #expect(noKey.status == 2)
        let noRun = try await binary.call("log", "loss=1")
        #expect(noRun.status == 2)
        #expect(noRun.errors.contains("--run"))
        let unknownRun = try await binary.call("log", "loss=1", "-r", "nobody")
        #expect(unknownRun.status == 3)
        #expect(unknownRun.errors.contains("nobody"))
    }
}
