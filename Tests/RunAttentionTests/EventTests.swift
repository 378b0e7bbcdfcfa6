import RunAttention
import RunModel
import RunServices
import Testing

/// What is told, and what is not, once each.
@Suite struct EventTests {
    /// A service that has been read, with one run that runs and one that is over.
    private func opened(readsLogs: Bool = false) -> Watching {
        var watching = Watching(readsLogs: readsLogs)
        watching.put("a", age: 5_000)
        watching.put("old", .failed, age: 9_000)
        #expect(watching.poll().isEmpty)
        watching.wait(2_000)
        return watching
    }

    @Test func endings() {
        var watching = opened()
        watching.put("b")
        watching.put("c")
        #expect(watching.poll().isEmpty)
        watching.wait(2_000)
        watching.end("a", .completed)
        watching.end("b", .failed, RunFailure(code: "OOM", message: "Traceback:\n  line\nKilled by the kernel\n\n"))
        watching.end("c", .canceled)
        let events = watching.poll()
        #expect(events.told == ["finished a", "failed b", "canceled c"])
        #expect(events[1].detail == "OOM: Killed by the kernel")
        #expect(events[1].duration == 2_000)
        #expect(watching.poll().isEmpty)
    }

    @Test func aBatchThatIsToldTwiceOrLateSaysNothingNew() {
        var watching = opened()
        let before = watching.lastBatch
        watching.end("a", .completed)
        #expect(watching.poll().told == ["finished a"])
        let after = watching.lastBatch
        #expect(watching.deliver(after).isEmpty)
        // As after a reconnect to a server that has older data for a moment.
        #expect(watching.deliver(before).isEmpty)
        #expect(watching.deliver(after).isEmpty)
    }

    @Test func aRunThatCameAndWentBetweenTwoPolls() {
        var watching = opened()
        watching.wait(1_000)
        watching.put("quick", .failed)
        watching.put("restored", .failed, age: 90_000)
        watching.change("restored") { $0.endedAt = $0.startedAt }
        #expect(watching.poll().told == ["failed quick"])
    }

    @Test func whatThisUserDidIsNoNews() {
        var watching = opened()
        watching.put("b")
        _ = watching.poll()
        watching.follower.tracker.expect(.canceled, of: [RunID("a"), RunID("b")])
        watching.end("a", .canceled)
        watching.end("b", .failed)
        #expect(watching.poll().told == ["failed b"])
    }

    @Test func notANumberOnceForEachRun() {
        var watching = opened()
        watching.log("a", .nan, step: 7)
        watching.log("a", .infinity, metric: "grad")
        let events = watching.poll()
        #expect(events.told == ["NaN a"])
        #expect(events[0].detail == "grad at step 1 and 1 more")
        watching.log("a", 0.5)
        watching.log("a", 0.5, metric: "grad")
        #expect(watching.poll().isEmpty)
        watching.log("a", .nan)
        #expect(watching.poll().isEmpty)
    }

    @Test func firstOfAnExperiment() {
        var watching = opened()
        watching.put("b", in: "new")
        watching.put("c", in: "new")
        #expect(watching.poll().told == ["new experiment b"])
        watching.put("d", in: "new")
        #expect(watching.poll().isEmpty)
    }

    @Test func silenceAndReturn() {
        var watching = opened()
        watching.change("a") { $0.status = .notResponding }
        #expect(watching.poll().told == ["silent a"])
        watching.change("a") { $0.status = .running }
        #expect(watching.poll().told == ["back a"])
        watching.change("a") { $0.status = .notResponding }
        #expect(watching.poll().told == ["silent a"])
        watching.end("a", .canceled)
        #expect(watching.poll().told == ["canceled a"])
    }

    @Test func aSweepEndsWithOneEvent() {
        var watching = opened()
        watching.put("sweep")
        for child in ["c1", "c2", "c3"] { watching.put(child, parent: "sweep") }
        _ = watching.poll()
        watching.end("c1", .completed)
        #expect(watching.poll().told == ["finished c1"])
        watching.end("c2", .failed)
        watching.end("c3", .completed)
        // The parent may start more.
        #expect(watching.poll().told == ["failed c2", "finished c3"])
        watching.end("sweep", .completed)
        let events = watching.poll()
        #expect(events.told == ["sweep ended sweep"])
        #expect(events.first?.detail == "2 completed, 1 failed")
    }

    @Test func anotherServiceBeginsInSilence() {
        var watching = opened()
        watching.follower.tracker.restart()
        watching.end("a", .completed)
        watching.put("b", .failed)
        // The table of the runs before is gone with the service.
        var fresh = RunFollower(readsLogs: false)
        fresh.tracker = watching.follower.tracker
        watching.follower = fresh
        #expect(watching.poll().isEmpty)
    }

    @Test func jsonHasWhatHooksNeed() {
        var watching = opened()
        watching.put("sweep")
        watching.put("child", parent: "sweep")
        _ = watching.poll()
        watching.log("child", 0.25, step: 3)
        _ = watching.poll()
        watching.log("child", 0.75, step: 4)
        watching.wait(1_500)
        watching.end("child", .failed, RunFailure(message: "a \u{1b}[31mred\" end"))
        let events = watching.poll()
        #expect(events.count == 1)
        let line = events.first?.jsonLine ?? ""
        #expect(line.hasPrefix("{\"id\":\"\(events[0].id)\",\"event\":\"failed\",\"time\":1800000003500,"))
        #expect(
            line.contains("\"run\":{\"id\":\"child\",\"name\":\"child\",\"status\":\"Failed\",\"durationSeconds\":1.5}")
        )
        #expect(line.contains("\"parent\":{\"id\":\"sweep\",\"name\":\"sweep\"}"))
        #expect(line.contains("\"bestMetric\":{\"name\":\"loss\",\"value\":0.25,\"step\":3}"))
        #expect(!line.utf8.contains(0x1b) && !line.contains("\n"))
    }
}
