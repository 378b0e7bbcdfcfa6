import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

@Suite struct RenamingTests {
    private static func scene() -> Scene {
        Scene.opened([.make("a", name: "first", at: 2), .make("b", name: "second", status: .failed, at: 1)])
    }

    @Test func theLineStartsWithTheNameAndEnterSendsIt() {
        var scene = Self.scene()
        scene.type("R")
        #expect(scene.screen.contains("another name"))
        scene.type(" try")
        scene.press(.enter)
        #expect(scene.steerings == [.steer(.rename(from: "first", to: "first try"), [RunID("a")])])
        scene.settle()
        #expect(scene.dashboard.list.table[RunID("a")]?.name == "first try")
        #expect(scene.dashboard.notice?.text == "“first” is “first try” now.")
    }

    @Test func byNameWithWords() {
        var scene = Self.scene()
        scene.press(.down)
        scene.type(":rename wrong learning rate")
        scene.press(.enter)
        #expect(scene.steerings == [.steer(.rename(from: "second", to: "wrong learning rate"), [RunID("b")])])
    }

    @Test func theSameNameOrNoneChangesNothing() {
        var scene = Self.scene()
        scene.type("R")
        scene.press(.enter)
        scene.type("R")
        scene.press(.control("u"), .enter)
        scene.type("Rx")
        scene.press(.escape)
        #expect(scene.steerings == [])
        #expect(scene.dashboard.notice?.text == "Nothing was changed.")
    }

    @Test func theTargetIsThatOfTheMomentTheLineOpened() {
        var scene = Self.scene()
        scene.type("R")
        scene.world.put(.make("newer", at: 1_000))
        scene.poll()
        scene.type("x")
        scene.press(.enter)
        #expect(scene.steerings == [.steer(.rename(from: "first", to: "firstx"), [RunID("a")])])
    }

    @Test func severalMarkedRunsAreRefused() {
        var scene = Self.scene()
        scene.type("*R")
        #expect(scene.dashboard.mode == .browsing)
        #expect(scene.dashboard.notice?.text == "Runs are renamed one at a time; U unmarks all.")
    }

    @Test func aRefusalIsTold() {
        var scene = Self.scene()
        scene.world.failures[.steer] = RunServiceError(.invalid, "A run name cannot be that.")
        scene.type("Rx")
        scene.press(.enter)
        scene.settle()
        #expect(scene.dashboard.notice?.text == "A run name cannot be that.")
        #expect(scene.dashboard.list.table[RunID("a")]?.name == "first")
    }

    @Test func readOnlyServicesSaySo() {
        var scene = Scene.opened([.make("a")], capabilities: Capabilities().readOnly(because: "Only looking."))
        scene.type("R")
        #expect(scene.dashboard.notice?.text == "Only looking.")
    }
}
