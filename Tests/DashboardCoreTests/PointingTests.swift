import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// Wheel and clicks.
@Suite struct PointingTests {
    private func scene(_ count: Int = 40, size: Size = Size(columns: 120, rows: 40)) -> Scene {
        var scene = Scene.opened((0..<count).map { .make("run\($0)", at: Int64(1_000 - $0)) }, size: size)
        scene.select("run0")
        scene.forget()
        return scene
    }

    /// The cell in which a text begins.
    private func cell(of text: String, _ scene: Scene) -> Position? {
        for (y, row) in scene.dashboard.render().textRows.enumerated() {
            guard let found = row.firstRange(of: text) else { continue }
            return Position(x: TerminalText.width(of: row[..<found.lowerBound]), y: y)
        }
        return nil
    }

    @Test func aClickSelectsTheRowUnderIt() throws {
        var scene = scene()
        let place = try #require(cell(of: "run7", scene))
        scene.press(.mouse(Mouse(.click, x: place.x, y: place.y)))
        #expect(scene.selected == "run7")
        #expect(scene.dashboard.focus == .runs)
    }

    @Test func theWheelMovesInWhatIsUnderIt() throws {
        var scene = scene()
        let rows = scene.dashboard.layout.runRows
        scene.press(.mouse(Mouse(.wheelDown, x: rows.x, y: rows.y)), .mouse(Mouse(.wheelDown, x: rows.x, y: rows.y)))
        #expect(scene.selected == "run6")
        scene.press(.mouse(Mouse(.wheelUp, x: rows.x, y: rows.y)))
        #expect(scene.selected == "run3")
        let page = scene.dashboard.layout.detailBody
        scene.press(.mouse(Mouse(.wheelDown, x: page.x, y: page.y)))
        #expect(scene.selected == "run3")
        #expect(scene.dashboard.focus == .detail)
    }

    @Test func aClickOnAColumnSortsAndTheNextTurnsItRound() throws {
        var scene = scene()
        let place = try #require(cell(of: "RUN ", scene))
        scene.press(.mouse(Mouse(.click, x: place.x, y: place.y)))
        #expect(scene.dashboard.list.sort == SortOrder(firstBy: .name))
        scene.press(.mouse(Mouse(.click, x: place.x, y: place.y)))
        #expect(scene.dashboard.list.sort.isDescending != SortOrder(firstBy: .name).isDescending)
    }

    @Test(arguments: DetailState.Tab.allCases)
    func aClickOnATabOpensItsPage(tab: DetailState.Tab) throws {
        var scene = scene()
        let place = try #require(cell(of: "\(tab.rawValue) \(tab.title)", scene))
        for x in place.x...(place.x + tab.title.count) {
            scene.press("1", .mouse(Mouse(.click, x: x, y: place.y)))
            #expect(scene.dashboard.detail.tab == tab)
        }
    }

    @Test func aClickOnAnExperimentListsItsRuns() throws {
        var scene = scene()
        let place = try #require(cell(of: "exp ", scene))
        scene.press(.mouse(Mouse(.click, x: 3, y: place.y)))
        #expect(scene.dashboard.list.scope != .all)
        scene.press(.mouse(Mouse(.click, x: 3, y: place.y - 1)))
        #expect(scene.dashboard.list.scope == .all)
    }

    /// Wherever it is, and whatever is open: no gesture sends anything to the service.
    @Test(arguments: ["", "c", "f", "C", "t", "/", ":", "?", "o", "e", "S", "K", "z", "R", "3", "5"])
    func noGestureSteers(keys: String) {
        for size in [Size(columns: 120, rows: 40), Size(columns: 80, rows: 24), Size(columns: 40, rows: 8)] {
            var scene = scene(size: size)
            scene.type(keys)
            scene.settle()
            scene.wait(1_000)
            for gesture in [Mouse.Gesture.click, .wheelUp, .wheelDown] {
                for y in 0..<size.rows {
                    for x in stride(from: 0, to: size.columns, by: 7) {
                        scene.press(.mouse(Mouse(gesture, x: x, y: y)))
                    }
                }
            }
            scene.press(.mouse(Mouse(.click, x: 9_999, y: 9_999)))
            #expect(scene.steerings == [])
            _ = scene.screen
        }
    }

    @Test func theWheelScrollsHelp() {
        var scene = scene(size: Size(columns: 80, rows: 24))
        scene.type("?")
        let before = scene.screen
        scene.press(.mouse(Mouse(.wheelDown, x: 10, y: 10)))
        #expect(scene.screen != before)
        scene.press(.mouse(Mouse(.wheelUp, x: 10, y: 10)))
        #expect(scene.screen == before)
        scene.press(.mouse(Mouse(.click, x: 10, y: 10)))
        #expect(scene.screen == before)
    }
}
