import RunModel
import Testing

/// Metrics, run numbers, lengths of time and moments.
struct FilterNumberTests {
    private static let metrics = sampleRun(
        number: 12,
        metrics: [
            ("loss", .number(0.25)), ("nan", .number(.nan)), ("inf", .number(.infinity)),
            ("message", .text("Hello World")),
        ])

    @Test(arguments: [
        "metrics.loss", "metrics.loss = 0.25", "metrics.loss == 2.5e-1", "metrics.loss:0.25", "metrics.loss != 0.3",
        "metrics.loss < 0.3", "metrics.loss <= 0.25", "metrics.loss > -1", "metrics.loss >= '0.25'",
        "metrics.loss in (1, 0.25)",
        "metrics.loss not in (1, 2)", "metrics.loss != text", "metrics.nan != 1", "metrics.nan = nan",
        "metrics.nan:NaN",
        "metrics.nan in (1, nan)", "metrics.loss != nan", "metrics.inf > 1e308", "metrics.inf = inf",
        "metrics.message:hello",
        "metrics.message = 'Hello World'", "metrics.message != hello", "metrics.message ~ ^Hello",
        "metrics.message !~ ^hello",
        "metrics.message != 3", "metrics.missing is null", "metrics:los", "metrics:'hello w'", "number = 12",
        "number:12",
        "number < 12.5", "number in (11, 12)", "number != 3",
    ])
    func matches(filter: String) throws { #expect(try passes(filter, FilterNumberTests.metrics)) }

    @Test(arguments: [
        "metrics.loss < 0.25", "metrics.loss != 0.25", "metrics.loss not in (0.25)", "metrics.loss = '0.25'",
        "metrics.nan = 1",
        "metrics.nan < 1", "metrics.nan >= 1", "metrics.nan > nan", "metrics.nan != nan", "metrics.loss = nan",
        "metrics.missing != 1", "metrics.missing < 1", "metrics.missing !~ x", "metrics.message = hello",
        "metrics.message > 0",
        "metrics.message = 3", "metrics.loss ~ 0", "metrics.loss is null", "number > 12", "number not in (12)",
    ])
    func doesNotMatch(filter: String) throws { #expect(try !passes(filter, FilterNumberTests.metrics)) }

    @Test func aRunWithoutANumberMatchesNone() throws {
        #expect(try !passes("number != 3", sampleRun()))
        #expect(try passes("number is null", sampleRun()))
    }

    @Test(arguments: [
        ("500ms", 500), ("90s", 90_000), ("90", 90_000), ("1.5", 1500), ("10m", 600_000), ("1h30m", 5_400_000),
        ("1.5h", 5_400_000), ("2d", 172_800_000), ("1w", 604_800_000), ("1W1D", 691_200_000), ("0", 0),
    ])
    func readsLengthsOfTime(text: String, milliseconds: Int64) throws {
        let filter = try Filter.parse("age = \(text)")
        #expect(filter.expression == .comparison(FilterComparison(.age, .equal, [.duration(milliseconds)])))
        #expect(filter.matches(sampleRun(createdAgo: milliseconds), at: now))
        #expect(!filter.matches(sampleRun(createdAgo: milliseconds + 1), at: now))
        #expect(try passes("age <= \(text)", sampleRun(createdAgo: milliseconds)))
        #expect(try !passes("age > \(text)", sampleRun(createdAgo: milliseconds)))
    }

    @Test(arguments: ["", "d", "2x", "1h30", "30 m", "-5", "1.2.3s", "1e3", "2d-1h", "99999999999999w", "h2"])
    func refusesOtherLengthsOfTime(text: String) {
        #expect(throws: FilterSyntaxError.self) { try Filter.parse("age < '\(text)'") }
    }

    @Test func durationRunsToTheEndOrToNow() throws {
        let hour: Int64 = 3_600_000
        let start = now.milliseconds - 3 * hour
        #expect(try passes("duration > 2h59m duration <= 3h", sampleRun(started: start)))
        #expect(try passes("duration = 1h", sampleRun(started: start, ended: start + hour)))
        #expect(try passes("duration = 0", sampleRun(started: start, ended: start - hour)))
        #expect(try !passes("duration < 1w", sampleRun()))
        #expect(try passes("duration is null", sampleRun()))
        #expect(try passes("age < 1s", sampleRun(createdAgo: -hour)))
    }

    @Test func timesOfAnySizeDoNotTrap() throws {
        for time in [Int64.min, Int64.max, 0] {
            for other in [Int64.min, Int64.max, 0] {
                var run = sampleRun(started: time, ended: other)
                run.createdAt = Timestamp(milliseconds: time)
                for filter in [
                    "age < 1d", "duration < 1d", "started > 0", "ended < \(Int64.min)", "ended != 2026-11-24",
                ] {
                    _ = try passes(filter, run)
                }
            }
        }
        #expect(throws: FilterSyntaxError.self) { try Filter.parse("ended > \(Int64.max)") }
    }
}
