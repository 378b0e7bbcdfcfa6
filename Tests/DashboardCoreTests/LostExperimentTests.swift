import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

@Suite struct LostExperimentTests {
    private static func scene() -> Scene {
        var scene = Scene.opened([.make("a", in: "keep", at: 1), .make("b", in: "lost", at: 2)])
        scene.type(":experiment lost")
        scene.press(.enter)
        scene.settle()
        #expect(scene.listed == ["b"])
        return scene
    }

    @Test(arguments: [false, true]) func theListOfAllTakesItsPlace(isTold: Bool) {
        var scene = Self.scene()
        scene.world.remove("b")
        scene.world.deletedExperiments = ["lost"]
        scene.world.tellsGoneExperiments = isTold
        scene.poll()
        scene.settle()
        #expect(scene.dashboard.list.scope == .all)
        #expect(scene.listed == ["a"])
        #expect(scene.dashboard.experiments.experiments.map(\.name) == ["keep"])
        #expect(scene.dashboard.notice?.text.contains("“lost” was deleted") == true)
        #expect(scene.dashboard.polling.error == nil)
        scene.wait(20_000)
        scene.poll()
        #expect(!scene.screen.contains("lost"))
    }

    @Test func aStoreThatIsGoneAltogetherIsNotCalledADeletion() {
        var scene = Self.scene()
        scene.world.failures[.poll] = RunServiceError(.notFound, "There is no run store any more.")
        scene.poll()
        scene.settle()
        #expect(scene.screen.contains("There is no run store any more."))
        #expect(scene.dashboard.notice == nil)
        scene.world.failures = [:]
        scene.type("r")
        scene.settle()
        #expect(scene.dashboard.polling.error == nil)
        #expect(scene.listed == ["b", "a"])
    }
}
