import RunAttention
import RunModel
import RunServices
import Testing

/// Runs of which nothing is heard.
@Suite struct StallTests {
    private static let minute: Int64 = 60_000

    /// A run that logs every so often, ten times, with its log beside it.
    private func paced(every interval: Int64, readsLogs: Bool = false) -> Watching {
        var watching = Watching(readsLogs: readsLogs)
        watching.put("old", .completed, age: 5_000)
        _ = watching.poll()
        watching.wait(2_000)
        watching.put("a")
        _ = watching.poll()
        for step in 0..<10 {
            _ = watching.watch(for: interval)
            watching.log("a", 1, step: Int64(step))
            watching.logs["a", default: 0] += 10
            #expect(watching.poll().isEmpty)
        }
        return watching
    }

    @Test func afterTenMinutesAtLeast() {
        var watching = paced(every: 4_000)
        #expect(watching.watch(for: 10 * Self.minute - 4_000).isEmpty)
        let events = watching.watch(for: 8_000)
        #expect(events.told == ["stalled a"])
        #expect(watching.follower.tracker.marks(of: watching.runs["a"]!) == .stalled)
        #expect(watching.watch(for: 30 * Self.minute).isEmpty)
        watching.log("a")
        #expect(watching.poll().told == ["back a"])
        #expect(watching.follower.tracker.marks(of: watching.runs["a"]!) == [])
    }

    @Test func aSlowRunHasFivePaces() {
        var watching = paced(every: 6 * Self.minute)
        #expect(watching.watch(for: 29 * Self.minute).isEmpty)
        #expect(watching.watch(for: 2 * Self.minute).told == ["stalled a"])
    }

    @Test func theFirstMetricSaysHowSlowARunIs() {
        var watching = Watching()
        watching.put("old", .completed, age: 5_000)
        _ = watching.poll()
        watching.wait(2_000)
        watching.put("a")
        #expect(watching.watch(for: 30 * Self.minute).isEmpty)
        watching.log("a")
        #expect(watching.watch(for: 149 * Self.minute).isEmpty)
        #expect(watching.watch(for: 2 * Self.minute).told == ["stalled a"])
    }

    @Test func aLogThatGrowsIsNoStall() {
        var watching = paced(every: 4_000, readsLogs: true)
        var events: [RunEvent] = []
        for _ in 0..<20 {
            events += watching.watch(for: 2 * Self.minute)
            watching.logs["a", default: 0] += 10
        }
        #expect(events.isEmpty)
        #expect(watching.watch(for: 25 * Self.minute).told == ["stalled a"])
        watching.logs["a", default: 0] += 10
        #expect(watching.watch(for: 6 * Self.minute).told == ["back a"])
    }

    @Test func aRunThatNeverSaidAnythingIsNotExpectedTo() {
        var watching = Watching(readsLogs: true)
        watching.put("quiet", age: 60 * Self.minute)
        _ = watching.poll()
        #expect(watching.watch(for: 60 * Self.minute).isEmpty)
    }

    @Test func aParentWorksThroughItsChildren() {
        var watching = paced(every: 4_000)
        watching.put("child", parent: "a")
        for step in 0..<10 {
            #expect(watching.watch(for: 3 * Self.minute).isEmpty)
            watching.log("child", step: Int64(step))
        }
        watching.end("child", .completed)
        #expect(watching.poll().told == ["finished child"])
        #expect(watching.watch(for: 9 * Self.minute).isEmpty)
        #expect(watching.watch(for: 2 * Self.minute).told == ["stalled a"])
    }

    @Test func anOutageIsNoSilence() {
        var watching = paced(every: 4_000)
        watching.wait(5 * 3_600_000)
        #expect(watching.poll().isEmpty)
        #expect(watching.watch(for: 8 * Self.minute).isEmpty)
    }

    @Test func whatHasStalledBeforeIsMarkedAndNoNews() {
        var watching = Watching()
        watching.put("a", age: 600 * Self.minute)
        let start = watching.runs["a"]!.createdAt
        watching.change("a") { run in
            let last = start.advanced(byMilliseconds: 100 * Self.minute)
            run.metrics.set(MetricPoint(step: 100, timestamp: last, value: .number(1)), forKey: "loss")
        }
        #expect(watching.poll().isEmpty)
        #expect(watching.watch(for: 4_000).isEmpty)
        #expect(watching.follower.tracker.marks(of: watching.runs["a"]!) == .stalled)
        watching.log("a")
        #expect(watching.poll().told == ["back a"])
    }

    @Test(arguments: [
        (RunStatus.queued, Int64(6 * 60)), (.preparing, 30), (.finalizing, 30), (.cancelRequested, 5),
    ])
    func statesOnTheWayHaveTheirLimit(status: RunStatus, minutes: Int64) {
        var watching = Watching()
        watching.put("old", .completed, age: 5_000)
        _ = watching.poll()
        watching.wait(2_000)
        watching.put("a", status)
        _ = watching.poll()
        #expect(watching.watch(for: minutes * Self.minute - 4_000).isEmpty)
        #expect(watching.watch(for: 8_000).told == ["stuck a"])
        #expect(watching.follower.tracker.isStuck(RunID("a")))
        #expect(watching.watch(for: minutes * Self.minute).isEmpty)
    }

    @Test func anIdlePollLooksAtNothing() {
        var watching = Watching()
        for number in 0..<2_000 { watching.put("r\(number)", age: 1_000) }
        _ = watching.poll()
        #expect(watching.follower.tracker.rememberedCount == 2_000)
        for number in 0..<2_000 { watching.end("r\(number)", .completed) }
        watching.wait(5_000)
        #expect(watching.poll().count == 2_000)
        #expect(watching.follower.tracker.rememberedCount == 0)
    }
}
