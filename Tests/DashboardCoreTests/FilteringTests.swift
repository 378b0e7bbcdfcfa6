import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

@Suite struct FilteringTests {
    private static func scene() -> Scene {
        Scene.opened([
            .make("sweep", status: .running, at: 3), .make("lr=0.1", status: .running, parent: "sweep", at: 4),
            .make("lr=0.2", status: .failed, parent: "sweep", at: 5), .make("base", at: 2, tags: [("team", "vision")]),
            .make("other", at: 1),
        ])
    }

    @Test func everyKeystrokeNarrows() {
        var scene = Self.scene()
        scene.type("/")
        #expect(scene.listed.count == 5)
        scene.type("b")
        #expect(scene.listed == ["base"])
        scene.type("x")
        #expect(scene.listed == [])
        #expect(scene.screen.contains("No run matches “bx”"))
        scene.press(.backspace)
        #expect(scene.listed == ["base"])
    }

    @Test func matchesKeepTheirAncestorsForContext() {
        var scene = Self.scene()
        scene.type("/0.2")
        #expect(scene.listed == ["sweep", "lr=0.2"])
        #expect(scene.dashboard.list.rows.map(\.isContext) == [true, false])
        #expect(scene.dashboard.list.matchCount == 1)
        #expect(scene.dashboard.list.scopeCount == 5)
        scene.press(.enter)
        #expect(scene.dashboard.mode == .browsing)
        #expect(scene.screen.contains("1 of 5 match"))
    }

    @Test func aSyntaxErrorLeavesTheLastGoodFilterInForce() {
        var scene = Self.scene()
        scene.type("/status:running")
        let before = scene.listed
        #expect(before == ["sweep", "lr=0.1"])
        scene.type(" (")
        #expect(scene.dashboard.filterError != nil)
        #expect(scene.listed == before)
        #expect(scene.screen.contains(scene.dashboard.filterError?.message.prefix(20) ?? "?"))
        scene.press(.enter)
        #expect(scene.dashboard.filterText == "status:running ")
        #expect(scene.dashboard.filterError == nil)
        #expect(scene.dashboard.notice?.kind == .refused)
        #expect(scene.listed == before)
    }

    @Test func escapeClears() {
        var scene = Self.scene()
        scene.type("/base")
        scene.press(.escape)
        #expect(scene.listed.count == 5)
        #expect(scene.dashboard.list.filter == nil)
        scene.type("/base")
        scene.press(.enter, .escape)
        #expect(scene.listed.count == 5)
    }

    @Test func ctrlCKeepsTheLastGoodFilter() {
        var scene = Self.scene()
        scene.type("/base (")
        scene.press(.control("c"))
        #expect(scene.dashboard.mode == .browsing)
        #expect(scene.dashboard.filterError == nil)
        #expect(scene.listed == ["base"])
    }

    @Test func pastedFilterIsTextEvenWithNewlines() {
        var scene = Self.scene()
        scene.type("/")
        scene.press(.paste("ba\nse"))
        #expect(scene.dashboard.filterText == "ba se")
        guard case .filtering = scene.dashboard.mode else {
            Issue.record("a newline in a paste ended the line")
            return
        }
    }

    @Test func blanksAreNoFilter() {
        var scene = Self.scene()
        scene.type("/   ")
        scene.press(.enter)
        #expect(scene.dashboard.list.filter == nil)
        #expect(scene.listed.count == 5)
    }

    @Test func tabCompletes() {
        var scene = Self.scene()
        scene.type("/tag.te")
        scene.press(.tab)
        #expect(scene.dashboard.filterText.hasPrefix("tag.team") || scene.dashboard.filterText.hasPrefix("tags.team"))
    }

    @Test func filterByNameOfTheCommand() {
        var scene = Self.scene()
        scene.type(":filter status:failed")
        scene.press(.enter)
        #expect(scene.listed == ["sweep", "lr=0.2"])
        scene.type(":filter (")
        scene.press(.enter)
        #expect(scene.dashboard.notice?.kind == .refused)
        #expect(scene.listed == ["sweep", "lr=0.2"])
    }

    @Test func filtersOnAgeAreJudgedAgainAsTimePasses() {
        var scene = Self.scene()
        scene.type(":filter age>1h")
        scene.press(.enter)
        #expect(scene.listed == [])
        scene.wait(3_700_000)
        scene.poll()
        #expect(scene.listed.count == 5)
        // Also in a poll that lists anew for another reason.
        scene.type(":filter age<2h")
        scene.press(.enter)
        scene.wait(3_700_000)
        scene.world.put(.make("new", at: 7_400))
        scene.poll()
        #expect(scene.listed == ["new"])
    }

    @Test func runsThatComeToMatchShowUp() {
        var scene = Self.scene()
        scene.type(":filter status:failed")
        scene.press(.enter)
        scene.world.change("base") { $0.status = .failed }
        scene.poll()
        #expect(scene.listed == ["sweep", "lr=0.2", "base"])
        scene.world.change("lr=0.2") { $0.status = .running }
        scene.poll()
        #expect(scene.listed == ["base"])
    }

    @Test func threeDifferentEmptyScreens() {
        var nothing = Scene.opened([])
        #expect(nothing.screen.contains("No runs yet"))
        nothing.world.failures[.poll] = World.down
        var unreadable = Scene([])
        unreadable.world.failures[.poll] = World.down
        unreadable.send(.started)
        #expect(unreadable.screen.contains("Reading runs"))
        unreadable.settle()
        #expect(unreadable.screen.contains("The runs can't be read."))
        #expect(unreadable.screen.contains(World.down.message))
        var filtered = Self.scene()
        filtered.type("/zzz")
        #expect(filtered.screen.contains("5 runs are hidden"))
    }
}
