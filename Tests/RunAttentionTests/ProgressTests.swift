import RunAttention
import RunModel
import Testing

/// How far a run is.
@Suite struct ProgressTests {
    private static let start = Timestamp(milliseconds: 1_800_000_000_000)

    private func run(
        params: [(String, String)], metrics: [(String, Double, step: Int64)], at: Int64 = 100_000,
        status: RunStatus = .running
    ) -> Run {
        Run(
            id: RunID("r"), experimentID: ExperimentID("e"), name: "r", status: status, createdAt: Self.start,
            startedAt: Self.start, params: Params(params),
            metrics: LatestMetrics(
                metrics.map { name, value, step in
                    let time = Self.start.advanced(byMilliseconds: at)
                    return (name, MetricPoint(step: step, timestamp: time, value: .number(value)))
                }))
    }

    private func progress(_ run: Run, after milliseconds: Int64 = 100_000) -> RunProgress? {
        RunProgress(run, at: Self.start.advanced(byMilliseconds: milliseconds))
    }

    @Test func byStepsEpochsOrWhatItSays() {
        let steps = progress(run(params: [("max_steps", "400")], metrics: [("loss", 1, 100)]))
        #expect(steps?.fraction == 0.25)
        #expect(steps?.remaining == 300_000)
        let epochs = progress(
            run(params: [("max_steps", "-1"), ("num_train_epochs", "4")], metrics: [("epoch", 3, 9)]))
        #expect(epochs?.fraction == 0.75)
        let said = progress(run(params: [("max_steps", "400")], metrics: [("loss", 1, 100), ("progress", 0.5, 1)]))
        #expect(said?.fraction == 0.5)
        #expect(progress(run(params: [], metrics: [("progress", 42, 1)]))?.fraction == 0.42)
    }

    @Test func timeGoesOnBetweenMetrics() {
        let run = run(params: [("max_steps", "400")], metrics: [("loss", 1, 100)])
        #expect(progress(run, after: 160_000)?.remaining == 240_000)
        #expect(progress(run, after: 9_000_000)?.remaining == 0)
    }

    @Test func whatCannotBeSaidIsNotSaid() {
        #expect(progress(run(params: [], metrics: [("loss", 1, 100)])) == nil)
        #expect(progress(run(params: [("max_steps", "many")], metrics: [("loss", 1, 100)])) == nil)
        #expect(progress(run(params: [("max_steps", "10")], metrics: [("loss", 1, 5)], status: .completed)) == nil)
        #expect(progress(run(params: [], metrics: [("progress", .nan, 1)])) == nil)
        #expect(progress(run(params: [("max_steps", "10")], metrics: [("loss", 1, 0)]))?.remaining == nil)
        #expect(progress(run(params: [("max_steps", "10")], metrics: [("loss", 1, 99)]))?.fraction == 1)
    }

    @Test func theNewestMetricHasAnAge() {
        let run = run(params: [], metrics: [("loss", 1, 100)], at: 70_000)
        #expect(run.lastMetricAt == Self.start.advanced(byMilliseconds: 70_000))
    }
}
