import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

@Suite struct PollingTests {
    @Test func startAsksForEverything() {
        var scene = Scene([.make("a")])
        #expect(scene.send(.started) == [.poll(.all, since: nil, generation: 0, pageSize: 200)])
    }

    @Test func tickIsDroppedWhileAnAnswerIsUnderWay() {
        var scene = Scene([.make("a")])
        scene.send(.started)
        scene.wait(2_000)
        #expect(scene.send(.tick) == [])
        scene.settle()
        scene.wait(2_000)
        #expect(scene.send(.tick).count == 1)
    }

    @Test func answerOfAnOlderGenerationIsIgnored() throws {
        var scene = Scene([.make("a")])
        scene.send(.started)
        let held = scene.holdNext()
        let old = try #require(held)
        scene.press(.character("r"))
        scene.settle()
        let before = scene.dashboard.polling
        scene.world.change("a") { $0.name = "renamed" }
        scene.send(old)
        #expect(scene.dashboard.polling == before)
        #expect(scene.dashboard.list.table[RunID("a")]?.name == "a")
    }

    @Test func everyPageIsReadAtOnce() {
        var scene = Scene((0..<10).map { .make("r\($0)") })
        scene.world.pagesAreShort = true
        scene.send(.started)
        scene.settle()
        #expect(scene.polls.count == 4)
        #expect(scene.dashboard.list.table.count == 10)
    }

    @Test func failureKeepsTheRowsAndSaysSo() {
        var scene = Scene.opened([.make("a"), .make("b")])
        scene.world.failures[.poll] = World.down
        scene.poll()
        #expect(scene.listed.count == 2)
        #expect(scene.dashboard.polling.error == World.down)
        scene.wait(5_000)
        scene.send(.elapsed)
        #expect(scene.screen.contains("stale 7 s"))
        #expect(scene.screen.contains(World.down.message.prefix(20)))
    }

    @Test func failuresBackOffToAMinuteAtMost() {
        var scene = Scene.opened([.make("a")])
        scene.world.failures[.poll] = World.down
        var gaps: [Int64] = []
        var last = scene.now.monotonic
        for _ in 0..<600 {
            scene.wait(2_000)
            let before = scene.polls.count
            scene.send(.tick)
            scene.settle()
            guard scene.polls.count > before else { continue }
            gaps.append(scene.now.monotonic - last)
            last = scene.now.monotonic
        }
        #expect(gaps.max() ?? 0 <= 62_000)
        #expect(gaps.suffix(5).min() ?? 0 >= 30_000)
        #expect(Set(gaps.suffix(12)).count > 2, "without jitter many dashboards would ask together")
        // The first tries are quick.
        #expect(gaps.prefix(3).max() ?? .max <= 8_000)
    }

    @Test func rAsksNowAndRecoveryForgetsTheFailure() {
        var scene = Scene.opened([.make("a")])
        scene.world.failures[.poll] = World.down
        for _ in 0..<40 { scene.poll() }
        scene.forget()
        scene.world.failures = [:]
        scene.press(.character("r"))
        #expect(scene.polls.count == 1)
        scene.settle()
        #expect(scene.dashboard.polling.error == nil)
        #expect(scene.dashboard.polling.failures == 0)
    }

    @Test func lostCursorMeansReadingEverythingAgain() {
        var scene = Scene.opened([.make("old"), .make("kept"), .make("lost", in: "other")])
        scene.world = World()
        scene.world.put(.make("kept"))
        scene.world.put(.make("new"))
        scene.world.failures[.poll] = RunServiceError(.invalid, "This cursor is of another store.")
        scene.poll()
        #expect(scene.listed.count == 3, "old rows stay until there are new ones")
        scene.world.failures = [:]
        for _ in 0..<3 { scene.poll() }
        #expect(Set(scene.listed) == ["kept", "new"])
        #expect(scene.dashboard.experiments.experiments.map(\.name) == ["exp"])
    }

    @Test func aServiceThatRefusesItsOwnCursorsIsNotAskedInALoop() {
        var scene = Scene((0..<10).map { .make("r\($0)") })
        scene.world.pagesAreShort = true
        scene.send(.started)
        scene.answerNext()
        scene.world.failures[.poll] = RunServiceError(.invalid, "No.")
        scene.settle()
        #expect(scene.polls.count == 2)
    }

    @Test func loadingStopsAtTheLimitAndStaysThere() {
        var scene = Scene((0..<40).map { .make("r\($0)") }, settings: .init(limit: 9))
        scene.world.pagesAreShort = true
        scene.send(.started)
        scene.settle()
        #expect(scene.dashboard.list.table.count == 9)
        #expect(scene.dashboard.polling.truncated == [.all])
        for _ in 0..<20 { scene.poll() }
        #expect(scene.dashboard.list.table.count == 9, "later polls must not go on loading old runs")
        scene.world.put(.make("new", at: 100))
        scene.world.change("r39") { $0.status = .running }
        scene.poll()
        #expect(scene.dashboard.list.table[RunID("new")] != nil)
        #expect(scene.dashboard.list.table[RunID("r39")] != nil, "an old run that is alive is news")
        scene.type(":limit 100")
        scene.press(.enter)
        scene.settle()
        #expect(scene.dashboard.list.table.count == 41)
        #expect(scene.dashboard.polling.truncated == [])
    }

    @Test func pauseStopsTheTimerButNotAPerson() {
        var scene = Scene.opened([.make("a")])
        scene.type("p")
        scene.poll()
        #expect(scene.polls.isEmpty)
        scene.type("r")
        #expect(scene.polls.count == 1)
        scene.settle()
        scene.forget()
        scene.type("p")
        #expect(scene.polls.count == 1, "resuming asks at once")
    }

    @Test func intervalFollowsCommandAndKeys() {
        var scene = Scene.opened([.make("a")])
        scene.type("+")
        #expect(scene.effects == [.setInterval(5_000)])
        scene.type(":interval 0.5")
        scene.press(.enter)
        #expect(scene.effects.last == .setInterval(500))
        scene.forget()
        for text in ["0", "-1", "nan", "inf", "x", "1e9", ""] {
            scene.type(":interval \(text)")
            scene.press(.enter)
            #expect(scene.effects == [], "\(text)")
            #expect(scene.dashboard.notice?.kind == .refused)
        }
    }

    @Test func wallClockSetBackBreaksNothing() {
        var scene = Scene.opened([.make("a", status: .running)])
        scene.setWallClock(to: Timestamp(milliseconds: 0))
        scene.send(.tick)
        scene.settle()
        #expect(scene.polls.count == 1)
        #expect(scene.screen.contains("Running"))
    }

    @Test func goneExperimentGivesWayToAll() {
        var scene = Scene.opened([.make("a", in: "one"), .make("b", in: "two")])
        scene.type(":experiment two")
        scene.press(.enter)
        scene.settle()
        #expect(scene.listed == ["b"])
        scene.send(
            .changesArrived(
                ChangeBatch(goneRuns: [RunID("b")], goneExperiments: [ExperimentID("two")], cursor: ChangeCursor("9")),
                scope: .experiment(ExperimentID("two")), generation: scene.dashboard.polling.generation, latency: 1))
        #expect(scene.dashboard.list.scope == .all)
        #expect(scene.listed == ["a"])
    }

    @Test func renamedExperimentRenamesItsRunsHere() {
        var scene = Scene.opened([.make("a", in: "one"), .make("b", in: "two")])
        scene.send(.tick)
        scene.send(
            .changesArrived(
                ChangeBatch(
                    experiments: [
                        Experiment(id: ExperimentID("two"), name: "second", createdAt: Timestamp(milliseconds: 0))
                    ],
                    cursor: ChangeCursor("9")),
                scope: .all, generation: scene.dashboard.polling.generation, latency: 1))
        #expect(scene.dashboard.list.table[RunID("b")]?.experimentName == "second")
        #expect(scene.dashboard.list.table[RunID("a")]?.experimentName == "one")
        scene.type("/experiment = second")
        scene.press(.enter)
        scene.settle()
        #expect(scene.listed == ["b"])
    }
}
