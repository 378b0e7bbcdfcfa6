import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

@Suite struct PaletteTests {
    private static func scene() -> Scene { Scene.opened([.make("a", status: .running), .make("b")]) }

    @Test func anEmptyLineDoesNothing() {
        var scene = Self.scene()
        scene.type(":filter a")
        scene.press(.enter)
        scene.type(":")
        scene.press(.enter)
        #expect(scene.dashboard.mode == .browsing)
        #expect(scene.dashboard.list.filter != nil)
    }

    @Test func theBestMatchOrTheHighlightedOneRuns() {
        var scene = Self.scene()
        scene.type(":qu")
        scene.press(.enter)
        #expect(scene.effects == [.quit])
    }

    @Test func unknownNamesAreRefused() {
        var scene = Self.scene()
        scene.type(":xyzzy")
        scene.press(.enter)
        #expect(scene.dashboard.notice?.text.contains("xyzzy") == true)
        #expect(scene.dashboard.mode == .browsing)
    }

    @Test func pastingNeverRuns() {
        var scene = Self.scene()
        scene.type(":")
        scene.press(.paste("quit\n"))
        #expect(scene.effects == [])
        scene.press(.escape)
        #expect(scene.dashboard.mode == .browsing)
    }

    @Test func dangerousNamesStillAsk() {
        var scene = Self.scene()
        scene.type(":cancel")
        scene.press(.enter, .enter)
        scene.settle()
        scene.wait(1_000)
        scene.press(.enter)
        #expect(scene.steerings == [])
    }

    @Test func sortByAnyColumn() {
        var scene = Scene.opened([
            .make("a", at: 1, metrics: [("loss", 2)]), .make("b", at: 2, metrics: [("loss", 1)]), .make("c", at: 3),
        ])
        for (command, expected) in [
            (":sort name", ["a", "b", "c"]), (":sort loss", ["b", "a", "c"]), (":reverse-sort", ["a", "b", "c"]),
            (":sort start", ["c", "b", "a"]), (":sort absent", ["c", "b", "a"]),
        ] {
            scene.type(command)
            scene.press(.enter)
            #expect(scene.listed == expected, "\(command)")
        }
        scene.type("o")
        #expect(scene.screen.contains("Sort by"))
        scene.press(.home, .enter)
        #expect(scene.dashboard.list.sort == .standard)
        scene.type("o")
        scene.press(.enter)
        #expect(scene.dashboard.list.sort.isDescending == false, "choosing the same column turns it round")
    }

    @Test func helpScrollsToItsEndAndBack() {
        var scene = Self.scene()
        scene.resize(80, 24)
        scene.type("?")
        for _ in 0..<200 { scene.press(.down) }
        let end = scene.screen
        scene.press(.up)
        #expect(scene.screen != end, "the first key back up already moves")
        scene.type("G")
        #expect(scene.screen == end)
        scene.press(.escape)
        #expect(scene.dashboard.mode == .browsing)
    }
}
