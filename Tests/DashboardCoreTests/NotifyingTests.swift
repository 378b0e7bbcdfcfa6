import RunAttention
import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// What leaves the screen.
@Suite struct NotifyingTests {
    private static func scene(_ channels: NotificationChannels = .standard) -> Scene {
        Scene.opened(
            [.make("a", status: .running), .make("b", status: .running, at: 1), .make("c", status: .running, at: 2)],
            settings: Dashboard.Settings(channels: channels))
    }

    private static func end(_ id: String, _ status: RunStatus, in scene: inout Scene) {
        let now = scene.now.wall
        scene.world.change(id) { run in
            run.status = status
            run.endedAt = now
        }
    }

    private func sent(_ scene: Scene) -> (signals: [TerminalSignal], hooks: [String]) {
        var signals: [TerminalSignal] = []
        var hooks: [String] = []
        for effect in scene.effects {
            switch effect {
            case .signal(let more): signals += more
            case .runHook(let event): hooks.append("\(event.kind.word) \(event.name)")
            default: break
            }
        }
        return (signals, hooks)
    }

    @Test func failuresAreToldByThemselves() {
        var scene = Self.scene()
        Self.end("a", .failed, in: &scene)
        Self.end("b", .completed, in: &scene)
        scene.poll()
        #expect(sent(scene).signals == [.bell, .notification(title: "runwatch", body: "a (exp) failed")])
        #expect(sent(scene).hooks == ["failed a"])
        scene.forget()
        scene.poll()
        #expect(sent(scene).signals.isEmpty)
    }

    @Test func manyAreOneMessage() {
        var scene = Self.scene()
        for id in ["a", "b"] { Self.end(id, .failed, in: &scene) }
        scene.world.change("c") { $0.metrics.set(.make(.nan), forKey: "loss") }
        scene.poll()
        #expect(
            sent(scene).signals == [.bell, .notification(title: "runwatch", body: "2 failed, 1 NaN: a, b, c")])
        #expect(sent(scene).hooks.count == 3)
    }

    @Test(arguments: [
        ("none", 0, 0), ("bell", 1, 0), ("osc", 1, 0), ("bell,osc", 2, 0), ("hook", 0, 1), ("bell, hook", 1, 1),
    ])
    func onlyByTheWaysThatWereChosen(words: String, signals: Int, hooks: Int) throws {
        let channels = try #require(NotificationChannels(words))
        var scene = Self.scene(channels)
        Self.end("a", .failed, in: &scene)
        scene.poll()
        #expect(sent(scene).signals.count == signals && sent(scene).hooks.count == hooks)
        #expect((scene.dashboard.title == nil) == (words == "none"))
    }

    @Test(arguments: ["", "belle", "bell,", "bell;osc", "none,bell"]) func otherWordsAreNoWays(words: String) {
        #expect(NotificationChannels(words) == nil)
    }

    @Test func ofAWatchedRunAllIsTold() {
        var scene = Self.scene()
        scene.select("b")
        scene.type("w")
        #expect(scene.screen.contains("◎"))
        scene.forget()
        Self.end("b", .completed, in: &scene)
        Self.end("c", .completed, in: &scene)
        scene.poll()
        #expect(sent(scene).hooks == ["finished b"])
        scene.select("b")
        scene.type("w")
        #expect(!scene.screen.contains("◎"))
    }

    @Test func inALogTheKeyWrapsLines() {
        var scene = Self.scene()
        scene.type("3")
        scene.press(.tab)
        scene.settle()
        scene.type("w")
        #expect(scene.dashboard.detail.log.wraps && scene.dashboard.attention.watchedRuns.isEmpty)
    }

    @Test func theTitleCounts() {
        var scene = Self.scene()
        #expect(scene.dashboard.title == "runwatch: 3 active")
        Self.end("a", .failed, in: &scene)
        scene.poll()
        #expect(scene.dashboard.title == "runwatch: 2 active, 1 failed")
        scene.press(.down)
        #expect(scene.dashboard.title == "runwatch: 2 active")
    }

    @Test func theHooksFailureIsSaid() {
        var scene = Self.scene()
        scene.send(.hookFailed("The hook ended with status 1."))
        #expect(scene.dashboard.notice?.text == "The hook ended with status 1.")
    }
}
