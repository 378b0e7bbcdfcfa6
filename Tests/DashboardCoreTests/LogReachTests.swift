import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// Every byte of a log can be brought on the screen, whatever the lines are like.
@Suite struct LogReachTests {
    private static func scene(_ log: String) -> Scene {
        var scene = Scene.opened([.make("a", status: .running, at: 1)], size: Size(columns: 100, rows: 40))
        scene.world.logs[RunID("a")] = Array(log.utf8)
        scene.poll()
        scene.type("3")
        scene.press(.tab)
        scene.settle()
        return scene
    }

    private func shown(_ scene: Scene) -> [String] {
        LogsView.visibleLines(scene.dashboard, in: scene.dashboard.layout.detailBody).map { String($0.text) }
    }

    /// Numbers in one line of 400 kB: all of them are passed, by each key and in each direction.
    @Test(arguments: [(Key.pageUp, Key.pageDown, false), (.control("u"), .control("d"), true)])
    func aHugeLineCanBeReadToItsEnd(up: Key, down: Key, wraps: Bool) {
        let words = (0..<50_000).map { "w\($0)w" }
        var scene = Self.scene("first\n" + words.joined(separator: " ") + "\nlast\n")
        if wraps { scene.type("w") }
        var seen = Set<String>()
        // A word may be cut by the end of a row.
        func look() {
            for separator in [" ", ""] {
                seen.formUnion(shown(scene).joined(separator: separator).split(separator: " ").map(String.init))
            }
        }
        look()
        for _ in 0..<1_500 where !seen.contains("first") {
            scene.press(up)
            scene.settle()
            look()
        }
        #expect(seen.contains("first"))
        let missing = words.filter { !seen.contains($0) }.count
        #expect(missing < words.count / 100, "only words cut by the screen's end are missing: \(missing)")
        for _ in 0..<1_500 where shown(scene).last != "last" {
            scene.press(down)
            scene.settle()
        }
        #expect(shown(scene).last == "last")
    }

    @Test func sevenMinutesOfAProgressBarDoNotStopScrolling() {
        let bar = (0..<40_000).map { "\r\($0 / 400)%|####      | \($0)/40000 [00:10<00:10, 500it/s]" }.joined()
        let before = (0..<50).map { "before \($0)\n" }.joined()
        let after = (0..<50).map { "after \($0)\n" }.joined()
        var scene = Self.scene(before + bar + "\n" + after)
        scene.settle()
        var seen = Set(shown(scene))
        for _ in 0..<100 where !seen.contains("before 0") {
            scene.press(.pageUp)
            scene.settle()
            seen.formUnion(shown(scene))
        }
        #expect(seen.count == 101, "each line, and the bar once")
        #expect(seen.contains { $0.hasPrefix("99%") }, "as it ended up")
        for _ in 0..<100 where shown(scene).last != "after 49" {
            scene.press(.pageDown)
            scene.settle()
        }
        #expect(shown(scene).last == "after 49")
    }

    @Test func aMatchInsideALongLineIsBroughtOnTheScreen() {
        let filler = String(repeating: "x ", count: 20_000)
        var scene = Self.scene(
            "top\n" + filler + "needle " + filler + "\n" + String(repeating: "y", count: 300) + "pin\n")
        scene.type("g")
        scene.settle()
        scene.type("/needle")
        scene.press(.enter)
        scene.settle()
        #expect(shown(scene).contains { $0.contains("needle") })
        scene.press(.home)
        scene.settle()
        scene.type("/")
        scene.press(.control("u"))
        scene.type("pin")
        scene.press(.enter)
        scene.settle()
        #expect(scene.screen.contains("pin"), "the view goes sideways to it")
    }

    /// Where the search text is highlighted as the current match: the cells, from the top left on.
    private func current(_ scene: Scene) -> String {
        let canvas = scene.dashboard.render()
        var found = ""
        for y in scene.dashboard.layout.detailBody.rows {
            for x in 0..<canvas.size.columns where canvas[x, y].style.attributes.contains(.reverse) {
                found += canvas[x, y].text
            }
        }
        return found
    }

    /// Wherever a match lies in a line of 40 kB: within a screen line, over the end of one, or over the end of a part.
    @Test(arguments: [0, 50, 92, 94, 4_090, 4_094, 8_190, 20_000, 39_990])
    func theCurrentMatchInAHugeLineIsHighlightedWholeAndAlone(position: Int) {
        var line = Array(String(repeating: "x", count: 40_000))
        line.replaceSubrange(position..<min(line.count, position + 6), with: "needle")
        var scene = Self.scene("top\nneedle\n" + String(line) + "\nlast needle\n")
        scene.type("g")
        scene.settle()
        scene.type("/needle")
        scene.press(.enter)
        scene.settle()
        scene.type("n")
        scene.settle()
        #expect(current(scene) == "needle")
        scene.type("n")
        scene.settle()
        #expect(current(scene) == "needle")
        #expect(shown(scene).contains("last needle"))
        scene.type("N")
        scene.settle()
        #expect(current(scene) == "needle")
        scene.type("N")
        scene.settle()
        #expect(shown(scene).contains("needle"))
    }

    @Test func aMatchOverABlankAtWhichALineIsBrokenIsHighlighted() {
        let words = String(repeating: "word ", count: 18)
        var scene = Self.scene("top\n" + words + "needle pin " + words + "\n")
        scene.type("wg/needle pin")
        scene.press(.enter)
        scene.settle()
        #expect(current(scene) == "needlepin")
    }

    @Test func anArrowSaysThatALineGoesOn() {
        var scene = Self.scene("short\n" + String(repeating: "y", count: 150) + "\nend\n")
        let edge = scene.dashboard.layout.detailBody
        func marks(_ x: Int) -> [String] { edge.rows.map { scene.dashboard.render()[x, $0].text } }
        #expect(marks(edge.maxX).prefix(3) == [" ", "→", " "])
        scene.press(.right)
        #expect(marks(edge.x - 1).prefix(3) == ["←", "←", "←"])
        scene.press(.left)
        scene.type("w")
        #expect(marks(edge.maxX).prefix(4) == [" ", "→", " ", " "])
    }

    @Test func severalLogsAreTurnedAndChosen() {
        var scene = Self.scene("output\n")
        scene.world.moreLogs = [("train.err", Array("an error\n".utf8)), ("notes.txt", Array("notes\n".utf8))]
        scene.type("r")
        scene.settle()
        #expect(scene.screen.contains("output (1 of 3)"))
        scene.type("]")
        scene.settle()
        #expect(shown(scene) == ["an error"])
        #expect(scene.screen.contains("train.err (2 of 3)"))
        scene.type("[[")
        scene.settle()
        #expect(shown(scene) == ["notes"])
        scene.poll()
        #expect(shown(scene) == ["notes"], "a refresh does not turn it back")
        scene.type("L")
        #expect(scene.screen.contains("train.err") && scene.screen.contains("9 B"))
        scene.press(.home, .enter)
        scene.settle()
        #expect(shown(scene) == ["output"])
        scene.type(":log-file err")
        scene.press(.enter)
        scene.settle()
        #expect(shown(scene) == ["an error"])
        scene.type(":log-file nosuch")
        scene.press(.enter)
        #expect(scene.dashboard.notice?.text.contains("nosuch") == true)
    }
}
