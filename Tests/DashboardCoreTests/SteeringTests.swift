import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

@Suite struct SteeringTests {
    static let family: [Run] = [
        .make("parent", status: .running, at: 50), .make("child1", status: .running, parent: "parent", at: 51),
        .make("child2", status: .queued, parent: "parent", at: 52),
        .make("grandchild", status: .running, parent: "child1", at: 53),
        .make("done", status: .completed, at: 10), .make("failed", status: .failed, at: 5),
    ]

    static func scene(_ selected: String = "parent") -> Scene {
        var scene = Scene.opened(family)
        scene.select(selected)
        return scene
    }

    func confirmation(_ scene: Scene) -> DashboardCore.Confirmation? {
        if case .confirming(let confirmation) = scene.dashboard.mode { confirmation } else { nil }
    }

    @Test func cancelAsksFirstAndReadsTheRunAfresh() {
        var scene = Self.scene("child1")
        scene.type("c")
        #expect(scene.effects == [.inspect([RunID("child1")])])
        scene.settle()
        #expect(confirmation(scene)?.fresh?.runs.map(\.id) == [RunID("child1")])
        for part in ["child1", "exp", "local ~/.local/share/runwatch", "with its child run"] {
            #expect(scene.screen.contains(part), "\(part)")
        }
    }

    @Test(arguments: ["c", "n", "N", "q"] as [Character])
    func onlyTheConfirmingKeyConfirms(key: Character) {
        var scene = Self.scene()
        scene.type("c")
        scene.settle()
        scene.wait(1_000)
        scene.type(String(key))
        #expect(scene.steerings == [])
    }

    @Test func enterSpaceAndPastedTextNeverConfirm() {
        for invoke in ["c", "C"] {
            var scene = Self.scene()
            scene.type(invoke)
            scene.settle()
            scene.wait(1_000)
            scene.press(.enter, .character(" "), .paste("y"), .paste("a\ny\n"), .tab, .up, .control("d"))
            #expect(scene.steerings == [])
            #expect(confirmation(scene) != nil, "the prompt stays")
        }
    }

    @Test func pastedTextIsNoCommand() {
        var scene = Self.scene()
        let before = scene.dashboard.mode
        scene.press(.paste("cy:q\nf"))
        #expect(scene.effects == [])
        #expect(scene.dashboard.mode == before)
    }

    @Test func keysAreIgnoredUntilThePromptHasBeenSeen() {
        var scene = Self.scene("child2")
        scene.type("c")
        scene.settle()
        scene.wait(299)
        scene.type("y")
        #expect(scene.steerings == [])
        scene.wait(1)
        scene.type("y")
        #expect(scene.steerings == [.steer(.cancel(includingDescendants: false), [RunID("child2")])])
    }

    @Test func keysAreIgnoredAgainWhenTheFreshStateChangesThePrompt() {
        var scene = Self.scene()
        scene.type("c")
        scene.wait(5_000)
        scene.settle()
        scene.type("y")
        #expect(scene.steerings == [], "the offer of child runs has only just appeared")
        scene.wait(300)
        scene.type("a")
        #expect(scene.steerings == [.steer(.cancel(includingDescendants: true), [RunID("parent")])])
    }

    @Test func nothingIsSentOnAStateThatNobodyHasRead() {
        var scene = Self.scene()
        scene.type("c")
        scene.wait(10_000)
        scene.type("y")
        scene.type("a")
        #expect(scene.steerings == [])
    }

    @Test func unreadableStateCanBeTriedAgain() {
        var scene = Self.scene()
        scene.world.failures[.inspect] = World.down
        scene.type("c")
        scene.settle()
        scene.wait(1_000)
        scene.type("y")
        #expect(scene.steerings == [])
        #expect(scene.screen.contains("can't be read"))
        scene.world.failures = [:]
        scene.type("r")
        scene.settle()
        scene.wait(1_000)
        scene.type("y")
        #expect(scene.steerings.count == 1)
    }

    @Test func targetsAreThoseOfTheMomentThePromptOpened() {
        var scene = Self.scene()
        scene.type("c")
        scene.settle()
        scene.world.put(.make("newer", status: .running, at: 1_000))
        scene.world.remove("child2")
        scene.poll()
        scene.wait(1_000)
        scene.type("y")
        #expect(scene.steerings == [.steer(.cancel(includingDescendants: false), [RunID("parent")])])
    }

    @Test func aRunThatEndedMeanwhileIsNotCancelled() {
        var scene = Self.scene("child2")
        scene.world.change("child2") { $0.status = .completed }
        scene.type("c")
        scene.settle()
        #expect(scene.screen.contains("has become Completed meanwhile"))
        scene.wait(1_000)
        scene.type("y")
        #expect(scene.steerings == [])
        #expect(scene.dashboard.notice?.kind == .refused)
    }

    @Test(arguments: [("c", "done"), ("c", "failed"), ("C", "done"), ("C", "failed")])
    func whatCannotApplyIsRefusedAtOnce(key: String, run: String) {
        var scene = Self.scene(run)
        scene.type(key)
        #expect(confirmation(scene) == nil)
        #expect(scene.effects == [])
        #expect(scene.dashboard.notice?.text.contains(run) == true)
    }

    @Test func failTakesAMessageAndThenAsks() {
        var scene = Self.scene("done")
        scene.type("fwrong script")
        #expect(scene.effects == [])
        scene.press(.enter)
        scene.settle()
        scene.press(.enter)
        scene.wait(1_000)
        scene.press(.enter)
        #expect(scene.steerings == [])
        scene.type("y")
        #expect(scene.steerings == [.steer(.fail(message: "wrong script"), [RunID("done")])])
        scene.settle()
        #expect(scene.dashboard.list.table[RunID("done")]?.failure?.message == "wrong script")
    }

    @Test func failWithoutAMessage() {
        var scene = Self.scene("done")
        scene.type("f")
        scene.press(.enter)
        scene.settle()
        scene.wait(1_000)
        scene.type("y")
        #expect(scene.steerings == [.steer(.fail(message: nil), [RunID("done")])])
    }

    @Test func completeAsksAndCompletes() {
        var scene = Self.scene("child2")
        scene.type("C")
        scene.settle()
        scene.wait(1_000)
        scene.type("y")
        #expect(scene.steerings == [.steer(.complete, [RunID("child2")])])
        scene.settle()
        #expect(scene.dashboard.list.table[RunID("child2")]?.status == .completed)
    }

    @Test func markedRunsAreTheTargets() {
        var scene = Self.scene("done")
        scene.press(.home)
        scene.type("  ")
        let marked = scene.dashboard.list.marks
        #expect(marked.count == 2)
        scene.type("C")
        scene.settle()
        #expect(scene.screen.contains("Mark as completed 2 runs?"))
        scene.wait(1_000)
        scene.type("y")
        #expect(scene.steerings == [.steer(.complete, marked.sorted())])
        scene.settle()
        #expect(scene.dashboard.list.marks == [], "marks have served")
    }

    @Test func cancelOfFamiliesLeavesOutWhatIsBelowAndWhatIsOver() {
        var scene = Self.scene()
        scene.type("*c")
        scene.settle()
        scene.wait(1_000)
        // All are marked, so no descendant is left to offer.
        #expect(confirmation(scene)?.fresh?.activeDescendants == [])
        scene.press(.escape)
        scene.type("U")
        scene.select("parent")
        scene.type(" ")
        scene.select("child1")
        scene.type(" ")
        scene.select("done")
        scene.type(" c")
        scene.settle()
        scene.wait(1_000)
        scene.type("a")
        #expect(scene.steerings == [.steer(.cancel(includingDescendants: true), [RunID("parent")])])
        scene.settle()
        #expect(scene.dashboard.notice?.kind == .done)
        #expect(scene.dashboard.inFlight.isEmpty)
        #expect(scene.dashboard.list.table[RunID("grandchild")]?.status == .cancelRequested)
    }
}
