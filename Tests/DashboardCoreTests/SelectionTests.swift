import RunModel
import TerminalUI
import Testing

@testable import DashboardCore

@Suite struct SelectionTests {
    private static func scene(_ count: Int = 100) -> Scene {
        Scene.opened((0..<count).map { .make("r\($0)", at: Int64($0)) })
    }

    @Test func refreshesNeverMoveTheSelectionOrTheView() {
        var scene = Self.scene()
        for _ in 0..<40 { scene.press(.down) }
        let line = scene.screenLine
        #expect(scene.selected == "r59")
        for number in 0..<30 { scene.world.put(.make("new\(number)", at: 1_000 + Int64(number))) }
        scene.world.remove("r80")
        scene.poll()
        #expect(scene.selected == "r59")
        #expect(scene.screenLine == line)
    }

    @Test func aGoneSelectionGoesToTheRowThatTookItsPlace() {
        var scene = Self.scene()
        for _ in 0..<40 { scene.press(.down) }
        let line = scene.screenLine
        scene.world.remove("r59")
        scene.poll()
        #expect(scene.selected == "r58")
        #expect(scene.screenLine == line)
    }

    @Test func sortingKeepsTheRun() {
        var scene = Self.scene()
        for _ in 0..<40 { scene.press(.down) }
        scene.type("O")
        #expect(scene.selected == "r59")
        #expect(scene.listed.first == "r0")
        #expect(scene.dashboard.list.selectedRow == 59)
    }

    @Test func resizeKeepsTheRunInView() {
        var scene = Self.scene()
        scene.press(.end)
        for size in [(80, 24), (40, 8), (39, 7), (1, 1), (200, 60), (60, 10)] {
            scene.resize(size.0, size.1)
            #expect(scene.selected == "r0")
            guard let line = scene.screenLine, scene.dashboard.layout.runRows.height > 0 else { continue }
            #expect((0..<scene.dashboard.layout.runRows.height).contains(line), "\(size)")
        }
    }

    @Test func eachExperimentRemembersItsRun() {
        var scene = Scene.opened([
            .make("a1", in: "a", at: 1), .make("a2", in: "a", at: 2), .make("b1", in: "b", at: 3),
            .make("b2", in: "b", at: 4),
        ])
        scene.type(":experiment a")
        scene.press(.enter)
        scene.settle()
        scene.press(.down)
        #expect(scene.selected == "a1")
        scene.type(":experiment b")
        scene.press(.enter)
        scene.settle()
        #expect(scene.selected == "b2")
        scene.type(":experiment a")
        scene.press(.enter)
        #expect(scene.selected == "a1")
        scene.type(":experiment nope")
        scene.press(.enter)
        #expect(scene.dashboard.notice?.kind == .refused)
        #expect(scene.selected == "a1")
    }

    @Test func foldingByKeys() {
        var scene = Scene.opened([
            .make("p", at: 9), .make("c1", parent: "p", at: 1), .make("c2", parent: "p", at: 2), .make("q", at: 8),
        ])
        #expect(scene.listed == ["p", "c2", "c1", "q"])
        scene.press(.down, .left)
        #expect(scene.selected == "p")
        scene.press(.left)
        #expect(scene.listed == ["p", "q"])
        scene.type("l")
        #expect(scene.listed == ["p", "c2", "c1", "q"])
        scene.press(.right)
        #expect(scene.selected == "c2")
        scene.type("Z")
        #expect(scene.listed == ["p", "q"])
        #expect(scene.selected == "p", "a folded-away selection goes to its parent")
        scene.type("Z")
        #expect(scene.listed == ["p", "c2", "c1", "q"])
    }

    @Test func folksOfALargeFamilyStartFolded() {
        let small = Scene.opened([.make("p", at: 999)] + (0..<12).map { .make("c\($0)", parent: "p", at: Int64($0)) })
        #expect(small.listed.count == 13)
        let large = Scene.opened(
            [.make("p", at: 9_999)] + (0..<5_000).map { .make("c\($0)", parent: "p", at: Int64($0)) })
        #expect(large.listed == ["p"])
        #expect(large.screen.contains("5000/5000"), "the parent rolls its children up")
    }

    @Test func marks() {
        var scene = Self.scene(10)
        scene.type(" ")
        #expect(scene.dashboard.list.marks == [RunID("r9")])
        #expect(scene.selected == "r8", "marking goes on to the next")
        scene.press(.down, .down)
        scene.type("V")
        #expect(scene.dashboard.list.marks.map(\.text).sorted() == ["r6", "r7", "r8", "r9"])
        scene.type("U")
        #expect(scene.dashboard.list.marks == [])
        scene.type("V")
        #expect(scene.dashboard.list.marks == [])
        #expect(scene.dashboard.notice?.kind == .hint)
        scene.type("*")
        #expect(scene.dashboard.list.marks.count == 10)
        scene.world.remove("r3")
        scene.poll()
        #expect(scene.dashboard.list.marks.count == 9)
    }

    @Test func markAllLeavesOutWhatIsThereForContext() {
        var scene = Scene.opened([.make("p", at: 2), .make("c", status: .failed, parent: "p", at: 1)])
        scene.type("/status:failed")
        scene.press(.enter)
        scene.type("*")
        #expect(scene.dashboard.list.marks == [RunID("c")])
    }

    @Test func theHighlightedChildIsARunNotARow() {
        var scene = Scene.opened(
            [.make("p", status: .running, at: 99)]
                + (0..<5).map { .make("c\($0)", status: .running, parent: "p", at: Int64($0)) })
        scene.select("p")
        scene.type("5")
        scene.press(.tab, .down, .down)
        #expect(scene.dashboard.highlightedChild?.id.text == "c2")
        scene.world.put(.make("c9", status: .running, parent: "p", at: 50))
        scene.poll()
        #expect(scene.dashboard.highlightedChild?.id.text == "c2")
        scene.forget()
        scene.type("c")
        #expect(scene.effects == [.inspect([RunID("c2")])])
        scene.press(.escape, .enter)
        #expect(scene.selected == "c2")
        #expect(scene.dashboard.focus == .runs)
    }

    @Test func ctrlCTwiceQuitsAndOnceExplains() {
        var scene = Self.scene(3)
        scene.press(.control("c"))
        #expect(scene.effects == [])
        #expect(scene.dashboard.notice?.kind == .hint)
        scene.wait(1_500)
        scene.press(.control("c"))
        #expect(scene.effects == [])
        scene.wait(500)
        scene.press(.control("c"))
        #expect(scene.effects == [.quit])
    }

    @Test func noticesLeaveByThemselves() {
        var scene = Self.scene(3)
        scene.type("O")
        #expect(scene.dashboard.notice != nil)
        scene.wait(5_000)
        scene.send(.elapsed)
        #expect(scene.dashboard.notice == nil)
    }
}
