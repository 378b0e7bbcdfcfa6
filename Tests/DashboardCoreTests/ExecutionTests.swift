import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// Runs that the command of another run started by itself: nothing supervises them, and that run has their processes.
@Suite struct ExecutionTests {
    private static func started(_ id: String, by execution: String, _ status: RunStatus = .running) -> Run {
        var run = Run.make(id, status: status, at: 5)
        run.machineTags = Tags([(Run.executionTag, execution)])
        return run
    }

    /// `x` is a supervised command that started `a` and `b`; `c` says so of a run that does not exist.
    private func scene(_ execution: Oversight = .supervised, status: RunStatus = .running) -> Scene {
        var scene = Scene.opened([
            .make("x", name: "train.py", status: status, at: 9), Self.started("a", by: "x"), Self.started("b", by: "x"),
            Self.started("c", by: "gone"),
        ])
        scene.world.oversight = [
            "x": execution, "a": .unsupervised, "b": .unsupervised, "c": .unsupervised,
        ]
        return scene
    }

    private func words(_ scene: Scene) -> String {
        scene.screen.split { $0 == "\n" || $0 == "│" || $0 == " " }.joined(separator: " ")
    }

    private func steered(_ scene: Scene) -> [[String]] {
        scene.effects.compactMap {
            if case .steer(.cancel(includingDescendants: false), let ids) = $0 { ids.map(\.text) } else { nil }
        }
    }

    @Test func theOverviewNamesTheRunThatStartedIt() {
        var scene = scene()
        scene.select("a")
        #expect(words(scene).contains("started by the command of “train.py”"))
        scene.select("c")
        #expect(words(scene).contains("started by the command of run gone"))
        scene.select("x")
        #expect(!words(scene).contains("started by"))
    }

    @Test func aCancelOffersToEndTheProcess() {
        var scene = scene()
        scene.select("a")
        scene.type("c")
        scene.settle()
        let text = words(scene)
        #expect(text.contains("Nothing supervises it: only the status changes, no process ends."))
        #expect(text.contains("The command of “train.py” started it: cancelling that run as well ends the process."))
        #expect(text.contains("y status only e end its process (“train.py”)"))
        scene.type("e")
        #expect(steered(scene).isEmpty, "the key came too soon")
        scene.wait(1_000)
        scene.type("e")
        #expect(steered(scene) == [["x", "a"]], "the one that has the process comes first")
        scene.settle()
        #expect(scene.world.runs[RunID("x")]?.status == .cancelRequested)
    }

    @Test func yesChangesTheStatusOnly() {
        var scene = scene()
        scene.select("a")
        scene.type("c")
        scene.settle()
        scene.wait(1_000)
        scene.type("y")
        #expect(steered(scene) == [["a"]])
    }

    @Test func oneCommandOfSeveralRunsIsNamedOnce() {
        var scene = scene()
        for id in ["a", "b"] {
            scene.select(id)
            scene.type(" ")
        }
        scene.type("c")
        scene.settle()
        scene.wait(1_000)
        scene.type("e")
        #expect(steered(scene).map { $0.first } == ["x"])
        #expect(steered(scene).map { Set($0) } == [["x", "a", "b"]])
    }

    @Test func whatIsCancelledAnywayIsNotOffered() {
        var scene = scene()
        for id in ["a", "x"] {
            scene.select(id)
            scene.type(" ")
        }
        scene.type("c")
        scene.settle()
        #expect(!words(scene).contains("started it"))
        #expect(words(scene).contains("Their processes are asked to end, and killed after 10 s."))
    }

    @Test(arguments: [
        ("a", Oversight.unsupervised, RunStatus.running), ("a", .supervised, .completed), ("c", .supervised, .running),
    ])
    func nothingIsOfferedThatEndsNoProcess(id: String, oversight: Oversight, status: RunStatus) {
        var scene = scene(oversight, status: status)
        scene.select(id)
        scene.type("c")
        scene.settle()
        scene.wait(1_000)
        #expect(!words(scene).contains("started it"))
        scene.type("e")
        #expect(steered(scene).isEmpty)
    }

    @Test func aTagThatNamesNothingElseSaysNothing() {
        #expect(Self.started("a", by: "").executionID == nil)
        #expect(Self.started("a", by: "a").executionID == nil)
        #expect(Run.make("a").executionID == nil)
        #expect(Self.started("a", by: "x").executionID == RunID("x"))
    }
}
