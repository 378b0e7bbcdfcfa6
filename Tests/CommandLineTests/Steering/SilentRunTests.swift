import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// `fail --silent-for`: what says Running and is not.
@Suite struct SilentRunTests {
    private static let hour: Int64 = 3_600_000

    @Test func `only runs of which nothing was heard are closed`() async throws {
        let stage = try await SteeringStage(.embedded)
        let now = LocalStore.systemClock()
        let long = Timestamp(milliseconds: now.milliseconds - 3 * Self.hour)
        let past = try await LocalStore.open(at: stage.address, clock: { long })
        func old(_ name: String) async throws -> RunID {
            let id = try await past.createRun(RunDraft(experimentName: "old", name: name)).id
            try await past.apply(.start, to: id, onBehalfOf: .lifecycle)
            return id
        }
        let (silent, logging, waiting) = (
            try await old("silent"), try await old("logging"),
            try await past.createRun(RunDraft(experimentName: "old", name: "waiting")).id
        )
        try await stage.service().logMetrics([MetricEntry(key: "m", value: .number(1))], to: logging)
        let young = try await stage.start()
        let supervised = RunID(
            String(try await stage.output("exec", "--detach", "--", "sleep", "1000").dropLast()))
        let refused = try await stage.call("fail", "--silent-for", "1h")
        #expect(
            refused.status == 2 && refused.errors.contains("Fail 1 run ") && refused.errors.contains("silent for 1h"))
        #expect(try await stage.run(silent).status == .running)
        let closed = try await stage.output(
            "fail", "--silent-for", "1h", "--yes", "-o", "tsv", "--query", "[].[displayName, status]")
        #expect(closed == "silent\tFailed\n")
        #expect(try await stage.run(silent).failure?.code == "Silent")
        #expect(try await stage.run(silent).failure?.message?.contains("3h 00m") == true)
        for id in [logging, young, supervised] { #expect(try await stage.run(id).status == .running) }
        #expect(try await stage.run(waiting).status == .notStarted)
        #expect(try await stage.output("fail", "--silent-for", "1h", "--yes") == "[]\n")
        #expect(try await stage.output("fail", young.text, "--silent-for", "1h", "--yes") == "[]\n")
        #expect(try await stage.call("cancel", supervised.text, "--wait").status == 0)
    }

    @Test(arguments: SteeringStage.Kind.allCases)
    func `a filter says among which`(_ kind: SteeringStage.Kind) async throws {
        let stage = try await SteeringStage(kind)
        let (first, second) = (try await stage.start("--tag", "k=1"), try await stage.start())
        let closed = try await stage.output(
            "fail", "--silent-for", "0s", "--filter", "experiment = \(stage.experiment) and tags.k = 1", "--yes",
            "--error-code", "Stale", "-o", "tsv", "--query", "[].runId")
        #expect(closed == first.text + "\n")
        #expect(try await stage.run(first).failure?.code == "Stale")
        #expect(try await stage.run(second).status == .running)
    }

    @Test func `a sign is a heartbeat, a metric or the start, and none of the future`() {
        func moment(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }
        var run = Run(
            id: RunID("r"), experimentID: ExperimentID("e"), name: "r", status: .running, createdAt: moment(10),
            startedAt: moment(20))
        #expect(InspectedRun(run: run, supervisor: nil).lastSign(notAfter: moment(99)) == moment(20))
        run.metrics.set(MetricPoint(step: 0, timestamp: moment(30), value: .number(1)), forKey: "m")
        #expect(InspectedRun(run: run, supervisor: nil).lastSign(notAfter: moment(99)) == moment(30))
        let supervisor = SupervisorState(
            supervisor: Supervisor(host: "h", process: ProcessStamp(pid: 1, startTicks: 1, bootID: "b")),
            lastHeartbeat: moment(40))
        #expect(InspectedRun(run: run, supervisor: supervisor).lastSign(notAfter: moment(99)) == moment(40))
        #expect(InspectedRun(run: run, supervisor: supervisor).lastSign(notAfter: moment(35)) == moment(35))
    }
}
