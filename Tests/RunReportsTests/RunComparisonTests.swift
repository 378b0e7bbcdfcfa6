import RunModel
import RunReports
import Testing

@Suite struct RunComparisonTests {
    private static let now = Timestamp(milliseconds: 1_800_000_000_000)

    private var runs: [Run] {
        let first = SampleRun.plain("a")
        var second = SampleRun.plain("b")
        second.params = Params([("lr", "0.01"), ("seed", "1")])
        second.status = .failed
        second.tags = Tags([("quality", "fantastic run")] as [(String, String?)])
        return [first, second]
    }

    @Test func keepsWhatDiffers() {
        let rows = RunComparison(runs, all: false, at: Self.now).rows
        #expect(rows.map(\.field.name) == ["status", "params.lr", "params.seed", "tags.worth another look"])
        #expect(rows[1].values == [.text("0.1"), .text("0.01")])
        #expect(rows[2].values == [.none, .text("1")])
        // Being there without a value differs from not being there.
        #expect(rows[3].values == [.text(""), .none])
    }

    @Test func keepsAllThatIsKnownOnWish() {
        let fields = RunComparison(runs, all: true, at: Self.now).rows.map(\.field.name)
        #expect(fields.contains("user") && fields.contains("metrics.loss") && !fields.contains("parent"))
    }

    @Test func whatMachinesSayComesLast() {
        var (first, second) = (SampleRun.plain("a"), SampleRun.plain("b"))
        for (key, value) in [("system/process_count", 2.0), ("zeta", 1)] {
            first.metrics.set(SampleRun.point(value), forKey: key)
        }
        second.tags = Tags([("zebra", "yes")] as [(String, String?)])
        let fields = RunComparison([first, second], all: true, at: Self.now).rows.map(\.field)
        #expect(fields.last == ComparedField(.system, "system/process_count"))
        #expect(fields.last?.name == "metrics.system/process_count" && fields.last?.family == .system)
        #expect(fields.filter { $0.family == .metric }.map(\.key) == ["loss", "zeta"])
    }

    @Test func theSameNaNIsNoDifference() {
        var runs = [SampleRun.plain("a"), SampleRun.plain("b")]
        for index in runs.indices { runs[index].metrics.set(SampleRun.point(.nan), forKey: "loss") }
        #expect(RunComparison(runs, all: false, at: Self.now).rows.isEmpty)
        runs[1].metrics.set(SampleRun.point(0), forKey: "loss")
        #expect(RunComparison(runs, all: false, at: Self.now).rows.map(\.field.name) == ["metrics.loss"])
    }

    @Test func namesRunsApart() {
        let named = [SampleRun.plain("aaaaaaaaaa", name: "x"), SampleRun.plain("bbbbbbbbbb", name: "y")]
        #expect(ListedDifference.columns(named).map(\.title) == ["field", "x", "y"])
        let same = [SampleRun.plain("aaaaaaaaaa", name: "x"), SampleRun.plain("bbbbbbbbbb", name: "x")]
        #expect(ListedDifference.columns(same).map(\.title) == ["field", "x aaaaaaaa", "x bbbbbbbb"])
    }
}
