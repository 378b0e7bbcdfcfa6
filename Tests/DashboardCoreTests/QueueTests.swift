import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// The queues of the machine on screen.
@Suite struct QueueTests {
    private static func entry(
        _ id: String, name: String, since seconds: Int64, granted: Bool = false, position: Int? = nil,
        reason: String? = nil, demand: QueueDemand = QueueDemand(), gpus: [Int] = [],
        condition: QueueEntry.Condition = .supervised, service: String = ""
    ) -> QueueEntry {
        let moment = Clock.start.advanced(byMilliseconds: -seconds * 1_000)
        return QueueEntry(
            id: "place-" + id, run: RunID(id), runName: name, experimentName: "sweep-lr", service: service,
            isOfService: service.isEmpty, demand: demand, gpus: gpus, condition: condition, joinedAt: moment,
            grantedAt: granted ? moment : nil, position: position, reason: reason)
    }

    private static var queues: [RunQueue] {
        let two = QueueDemand(slots: 0, gpus: 2)
        return [
            RunQueue(
                name: "evaluation", slots: 1,
                entries: [
                    entry(
                        "old", name: "a run whose supervisor is gone", since: 4_000, granted: true, condition: .orphaned
                    ),
                    entry(
                        "far", name: "report", since: 90, position: 1, reason: "next",
                        service: "https://mlflow.example.org"),
                    entry("left", name: "a daemon's", since: 5_000, granted: true, condition: .leftBehind),
                    entry("dead", name: "before the reboot", since: 90_000, condition: .gone),
                ]),
            RunQueue(
                name: "gpu", slots: 1,
                entries: [
                    entry("a", name: "lr=0.1", since: 700, granted: true, demand: two, gpus: [0, 1]),
                    entry("b", name: "lr=0.3", since: 600, position: 1, reason: "next, for 2 GPUs", demand: two),
                    entry("c", name: "lr=1.0", since: 500, position: 2, reason: "behind 1 run", demand: two),
                    entry("d", name: "lr=3.0", since: 400, position: 3, reason: "behind 1 run", condition: .stopped),
                ]),
            RunQueue(name: "idle", slots: 0),
        ]
    }

    private static func scene(
        size: Size = Size(columns: 120, rows: 40), glyphs: Glyphs = .unicode,
        settings: Dashboard.Settings = Dashboard.Settings(), capabilities: Capabilities = Capabilities()
    ) -> Scene {
        var world = World()
        world.queues = queues
        var scene = Scene.opened(
            [
                .make("a", name: "lr=0.1", in: "sweep-lr", status: .running, at: -700),
                .make("b", name: "lr=0.3", in: "sweep-lr", status: .queued, at: -600),
                .make("c", name: "lr=1.0", in: "sweep-lr", status: .queued, at: -500),
                .make("d", name: "lr=3.0", in: "sweep-lr", status: .queued, at: -400),
            ], size: size, glyphs: glyphs, capabilities: capabilities, settings: settings, world: world)
        scene.press("Q")
        scene.settle()
        scene.forget()
        return scene
    }

    private static func highlight(_ id: String, _ scene: inout Scene) {
        scene.press("g")
        for _ in 0..<20 where scene.dashboard.queues?.entry?.run.text != id { scene.press("j") }
        #expect(scene.dashboard.queues?.entry?.run.text == id)
    }

    private static func line(_ scene: Scene) -> [String?] {
        scene.dashboard.queues?.queues?[1].waiting.map(\.run.text) ?? []
    }

    @Test func theyAreShownWithWhoHasWhat() {
        for (size, name) in [(Size(columns: 120, rows: 40), "queues"), (Size(columns: 80, rows: 24), "queues-80x24")] {
            Snapshot.check(Self.scene(size: size).dashboard.render(), name)
        }
        Snapshot.check(
            Self.scene(size: Size(columns: 80, rows: 24), glyphs: .ascii).dashboard.render(), "queues-ascii-80x24")
    }

    @Test func aRunMovesAndTheHighlightWithIt() {
        var scene = Self.scene()
        Self.highlight("c", &scene)
        scene.press("K")
        #expect(Self.line(scene) == ["c", "b", "d"], "at once")
        #expect(scene.effects == [.changeQueue(.move(entry: "place-c", by: -1))])
        scene.press("K")
        #expect(scene.effects.count == 1, "it is the first already")
        scene.settle()
        #expect(Self.line(scene) == ["c", "b", "d"] && scene.dashboard.queues?.entry?.run.text == "c")
        #expect(scene.world.asked[.queue] == 3, "read when it was opened, changed, and read again")
        scene.press("J", "J", "J")
        scene.settle()
        #expect(Self.line(scene) == ["b", "d", "c"])
        Self.highlight("d", &scene)
        scene.press("g")
        #expect(scene.dashboard.queues?.entry?.run.text == "old")
        scene.forget()
        scene.press("J")
        #expect(scene.effects.isEmpty && scene.dashboard.notice?.text.contains("only what waits moves") == true)
    }

    @Test func whatWasReadBesideAChangeIsReadAgain() throws {
        var scene = Self.scene()
        Self.highlight("c", &scene)
        scene.wait(2_000)
        scene.send(.tick)
        let early = try #require(scene.pending.firstIndex(of: .readQueues))
        #expect(early >= 0)
        scene.press("K")
        scene.send(.queuesArrived(.success(Self.queues)))
        #expect(Self.line(scene) == ["c", "b", "d"], "an answer from before does not take it back")
        scene.settle()
        #expect(Self.line(scene) == ["c", "b", "d"])
    }

    @Test func aRefusedMoveIsTakenBackAndSaid() {
        var scene = Self.scene()
        Self.highlight("c", &scene)
        scene.world.failures[.queue] = RunServiceError(.conflict, "The run has started.")
        scene.press("K")
        scene.answerNext()
        #expect(scene.dashboard.notice?.text == "The run has started.")
        scene.world.failures[.queue] = nil
        scene.settle()
        #expect(Self.line(scene) == ["b", "c", "d"])
    }

    @Test func removalIsACancelWithItsQuestion() {
        var scene = Self.scene()
        Self.highlight("b", &scene)
        scene.press("d")
        #expect(scene.effects.contains(.inspect([RunID("b")])))
        scene.settle()
        #expect(scene.screen.contains("Cancel “lr=0.3”?"))
        scene.wait(400)
        scene.press(.enter, "d", "n")
        #expect(scene.dashboard.notice?.text == "Nothing was changed." && scene.dashboard.queues != nil)
        scene.press("c")
        scene.settle()
        scene.wait(400)
        scene.press("y")
        #expect(scene.effects.contains(.steer(.cancel(includingDescendants: false), [RunID("b")])))
        #expect(scene.dashboard.queues != nil && scene.screen.contains("Canceling"))
        scene.settle()
        scene.world.queues[1].entries.remove(at: 1)
        scene.poll()
        #expect(scene.dashboard.queues?.entry?.run.text == "c", "the one that took its place")
    }

    @Test func aWaitingRunIsSaidNotToStart() {
        var scene = Self.scene()
        scene.world.change("b") { $0.machineTags.set("next in queue gpu", forKey: Run.waitingTag) }
        scene.poll()
        Self.highlight("b", &scene)
        scene.press("c")
        scene.settle()
        #expect(scene.screen.contains("It waits for its turn, and will not start."))
        scene.press("n", "Q")
        scene.select("b")
        #expect(scene.screen.contains("waits      next in queue gpu"))
    }

    @Test func whatIsElsewhereOrGoneIsNotCancelled() {
        var scene = Self.scene()
        Self.highlight("far", &scene)
        scene.press("c")
        #expect(scene.effects.isEmpty && scene.dashboard.notice?.text.contains("mlflow.example.org") == true)
        Self.highlight("dead", &scene)
        scene.press("c")
        #expect(scene.effects == [.changeQueue(.forget(entry: "place-dead"))])
        scene.settle()
        #expect(!scene.screen.contains("before the reboot"))
        Self.highlight("left", &scene)
        scene.forget()
        scene.press("c")
        #expect(scene.effects == [.changeQueue(.forget(entry: "place-left"))])
    }

    @Test func changesFollowOneAnotherAlsoWhenTheQueuesAreClosed() {
        var scene = Self.scene()
        Self.highlight("b", &scene)
        scene.press("+", "+")
        #expect(scene.effects == [.changeQueue(.resize(queue: "gpu", slots: 2))], "the second waits for the first")
        scene.press(.escape)
        scene.forget()
        scene.answerNext()
        #expect(scene.effects.contains(.changeQueue(.resize(queue: "gpu", slots: 3))))
        scene.settle()
        #expect(scene.world.queues[1].slots == 3)
    }

    @Test func anotherServiceKeepsTheQueuesReading() {
        var scene = Self.scene()
        scene.send(.tick)
        scene.wait(2_000)
        scene.send(.tick)
        #expect(scene.dashboard.queues?.isReading == true)
        // Going over takes questions under way back, so that no answer to this one comes.
        scene.forget()
        scene.send(.connected(ServiceDescription(kind: "mlflow", location: "there"), Capabilities()))
        #expect(scene.effects.contains(.readQueues))
    }

    @Test func slotsAreChangedOnScreen() {
        var scene = Self.scene()
        Self.highlight("b", &scene)
        scene.press("+")
        #expect(scene.effects == [.changeQueue(.resize(queue: "gpu", slots: 2))])
        scene.press("-", "-", "-")
        scene.settle()
        #expect(scene.world.queues[1].slots == 0)
        #expect(scene.dashboard.notice?.text == "Queue gpu has no slots now: nothing of it starts.")
    }

    @Test func nothingIsChangedThatMayNot() {
        let reason = "This is to look only."
        var scene = Self.scene(settings: Dashboard.Settings(readOnlyReason: reason))
        Self.highlight("c", &scene)
        for key in ["K", "J", "c", "+", "-"] as [Key] {
            scene.press(key)
            #expect(scene.effects.isEmpty && scene.dashboard.notice?.text == reason)
        }
    }

    @Test func enterGoesToTheRunAndEscapeBack() {
        var scene = Self.scene()
        Self.highlight("c", &scene)
        scene.press(.enter)
        #expect(scene.dashboard.queues == nil && scene.selected == "c")
        scene.type(":queue")
        scene.press(.enter)
        scene.settle()
        #expect(scene.screen.contains("Queues of this machine"))
        scene.press("x", .control("s"), .paste("cy"))
        #expect(scene.dashboard.queues != nil && scene.dashboard.mode == .browsing)
        scene.press(.escape)
        #expect(scene.dashboard.queues == nil)
    }

    @Test func theyAreReadWithEachTickWhileTheyAreShown() {
        var scene = Self.scene()
        scene.poll()
        #expect(scene.effects.count { $0 == .readQueues } == 1)
        scene.press("q")
        scene.forget()
        scene.poll()
        #expect(!scene.effects.contains(.readQueues))
    }

    @Test func nothingThereAndUnreadableAreTold() {
        var scene = Self.scene()
        scene.world.queues = []
        scene.poll()
        #expect(scene.screen.contains("There is none yet."))
        scene.world.failures[.queue] = RunServiceError(.unavailable, "The disk is away.")
        scene.poll()
        #expect(scene.screen.contains("The disk is away."))
    }
}
