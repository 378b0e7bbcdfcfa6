import RunModel

/// Runs for tests, with what is hard to write.
enum SampleRun {
    static func plain(_ id: String = "7df7f855", name: String = "hello") -> Run {
        Run(
            id: RunID(id), experimentID: ExperimentID("1"), experimentName: "explore-runs", name: name, number: 3,
            status: .completed, createdAt: Timestamp(milliseconds: 1_700_000_000_000),
            startedAt: Timestamp(milliseconds: 1_700_000_000_531), endedAt: Timestamp(milliseconds: 1_700_000_012_531),
            user: "ana",
            tags: Tags([("quality", "fantastic run"), ("worth another look", nil)] as [(String, String?)]),
            properties: Properties([("author", "azureml-user")]), params: Params([("lr", "0.1")]),
            metrics: LatestMetrics([("loss", point(0.25))]))
    }

    /// With every kind of text and number that a format could trip over.
    static func extreme() -> Run {
        var run = plain("run,\"1\"\t\\", name: "a\u{1B}[31m\r\n|b| 漢字 é👩‍👩‍👧 \u{202E}")
        run.status = .unknown("null")
        run.number = nil
        run.parentID = RunID("yes")
        run.startedAt = Timestamp.earliest
        run.endedAt = Timestamp.latest
        run.user = ""
        run.failure = RunFailure(code: nil, message: "line 1\nline 2")
        run.tags = Tags(
            [("", ""), ("mlflow.note.content", "- not: a list"), ("1e3", "no"), ("a: b", "#c")] as [(String, String?)])
        run.metrics = LatestMetrics([
            ("nan", point(.nan)), ("inf", point(.infinity)), ("-inf", point(-.infinity)),
            ("huge", point(.greatestFiniteMagnitude)), ("tiny", point(.leastNonzeroMagnitude)), ("zero", point(-0.0)),
            ("text", MetricPoint(step: 0, timestamp: Timestamp(milliseconds: 0), value: .text("0x1F"))),
        ])
        return run
    }

    static func point(_ value: Double, step: Int64 = 0) -> MetricPoint {
        MetricPoint(step: step, timestamp: Timestamp(milliseconds: 0), value: .number(value))
    }
}
