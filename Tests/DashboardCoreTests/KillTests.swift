import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// A second `c`, and `K`.
@Suite struct KillTests {
    private func scene(
        _ status: RunStatus = .cancelRequested, grace: String? = nil, oversight: [String: Oversight] = [:]
    ) -> Scene {
        var run = Run.make("a", status: status, at: 9)
        if let grace { run.machineTags.set(grace, forKey: Run.graceTag) }
        var scene = Scene.opened([run, .make("b", status: .running, at: 8)])
        scene.world.oversight = oversight
        scene.select("a")
        return scene
    }

    private func words(_ scene: Scene) -> String {
        scene.screen.split { $0 == "\n" || $0 == "│" || $0 == " " }.joined(separator: " ")
    }

    @Test func aSecondCancelAsksWhetherToKillNow() {
        var scene = scene()
        scene.type("c")
        #expect(scene.effects == [.inspect([RunID("a")])])
        scene.settle()
        #expect(scene.screen.contains("Kill “a”?"))
        #expect(words(scene).contains("Its processes are killed at once; what they have not saved is lost."))
        scene.press(.enter, .character("c"), .character("K"))
        #expect(scene.steerings == [])
        scene.wait(1_000)
        scene.type("y")
        #expect(scene.steerings == [.steer(.kill, [RunID("a")])])
        #expect(scene.screen.contains("killing"))
        scene.settle()
        #expect(scene.screen.contains("killing"), "until it is gone")
    }

    @Test func theTimeThatIsLeftIsOnScreen() {
        var scene = scene(grace: "3600000")
        for _ in 0..<13 {
            scene.wait(60_000)
            scene.poll()
        }
        #expect(scene.screen.contains("stopping, 47 m left"))
        scene.type("c")
        scene.settle()
        #expect(words(scene).contains("It is stopping, 47 m left."))
    }

    @Test func aCancelSaysHowItStops() {
        var scene = scene(.running, grace: "3600000")
        scene.type("c")
        scene.settle()
        #expect(words(scene).contains("Its processes are asked to end, and killed after 1 h."))
        scene.type("n")
        scene.type("K")
        scene.settle()
        #expect(scene.screen.contains("Kill “a”?"))
        scene.wait(1_000)
        scene.type("y")
        #expect(scene.steerings == [.steer(.kill, [RunID("a")])])
    }

    @Test func whatNothingSupervisesCannotBeKilled() {
        var scene = scene(oversight: ["a": .unsupervised])
        scene.type("c")
        scene.settle()
        #expect(
            words(scene).contains("Nothing that runwatch started runs it: no process of it can be killed from here."))
        #expect(!scene.screen.contains("y yes"))
        scene.wait(1_000)
        scene.type("y")
        #expect(scene.steerings == [])
    }

    @Test func severalOfWhichOneRunsAreCancelled() {
        var scene = scene()
        scene.type("*c")
        scene.settle()
        #expect(scene.screen.contains("Cancel 2 runs?"))
    }

    @Test(arguments: ["x", "-5", "99999999999999", "", "1e3"])
    func aGraceThatIsNoneIsTheUsualOne(text: String) {
        var run = Run.make("a")
        run.machineTags.set(text, forKey: Run.graceTag)
        run.machineTags.set("rm -rf /", forKey: Run.stopSignalTag)
        #expect(run.stopTerms == StopTerms())
    }
}
