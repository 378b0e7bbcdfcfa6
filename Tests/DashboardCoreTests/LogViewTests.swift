import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

@Suite struct LogViewTests {
    private static func text(_ lines: Range<Int>, padding: Int = 0) -> [UInt8] {
        let filler = String(repeating: ".", count: padding)
        return Array(lines.map { "line \($0) with some words to fill it\(filler)\n" }.joined().utf8)
    }

    private static func scene(_ log: [UInt8], size: Size = Size(columns: 100, rows: 40)) -> Scene {
        var scene = Scene.opened([.make("a", status: .running, at: 1)], size: size)
        scene.world.logs[RunID("a")] = log
        scene.poll()
        scene.type("3")
        scene.press(.tab)
        scene.settle()
        scene.forget()
        return scene
    }

    private func shown(_ scene: Scene) -> [String] {
        LogsView.visibleLines(scene.dashboard, in: scene.dashboard.layout.detailBody).map { String($0.text) }
    }

    private func logReads(_ scene: Scene) -> [LogRequest] {
        scene.effects.compactMap { if case .readLog(let request) = $0 { request } else { nil } }
    }

    @Test func opensAtTheEndAndFollows() {
        var scene = Self.scene(Self.text(0..<100_000))
        #expect(shown(scene).last == "line 99999 with some words to fill it")
        scene.world.logs[RunID("a")]? += Self.text(100_000..<100_010)
        scene.poll()
        #expect(shown(scene).last == "line 100009 with some words to fill it")
        #expect(scene.dashboard.detail.log.window.end < 1 << 23)
    }

    @Test func newOutputNeverMovesTheViewWhenNotFollowing() {
        var scene = Self.scene(Self.text(0..<100_000))
        scene.press(.up, .pageUp)
        scene.settle()
        let before = shown(scene)
        for round in 1..<40 {
            scene.world.logs[RunID("a")]? += Self.text(100_000 * round..<100_000 * round + 20_000)
            scene.poll()
            #expect(shown(scene) == before)
        }
        scene.type("F")
        scene.settle()
        #expect(shown(scene).last?.hasPrefix("line 39") == true)
    }

    @Test func theWholeLogCanBeWalkedUpAndDown() {
        var scene = Self.scene(Self.text(0..<10_000, padding: 150))
        var seen = Set(shown(scene))
        for _ in 0..<4_000 where !seen.contains(where: { $0.hasPrefix("line 0 ") }) {
            scene.press(.pageUp)
            scene.settle()
            seen.formUnion(shown(scene))
        }
        #expect(seen.count == 10_000, "every line is passed on the way up")
        seen = Set(shown(scene))
        for _ in 0..<4_000 where !seen.contains(where: { $0.hasPrefix("line 9999 ") }) {
            scene.press(.pageDown)
            scene.settle()
            seen.formUnion(shown(scene))
        }
        #expect(seen.count == 10_000, "and down")
    }

    @Test func homeAndEnd() {
        var scene = Self.scene(Self.text(0..<100_000))
        scene.type("g")
        scene.settle()
        #expect(shown(scene).first == "line 0 with some words to fill it")
        scene.type("G")
        scene.settle()
        #expect(shown(scene).last == "line 99999 with some words to fill it")
        #expect(scene.dashboard.detail.log.isFollowing)
    }

    /// Settling fails the test when it never ends.
    @Test(arguments: [0, 1, 3, 4_000_000]) func logsWithoutNewlinesEndQuietly(size: Int) {
        var scene = Self.scene([UInt8](repeating: 0x2E, count: size))
        for key in [Key.up, .pageUp, .home, .down, .end, .pageDown] {
            scene.press(key)
            scene.settle()
        }
        scene.world.logs[RunID("a")]? += [UInt8](repeating: 0x2E, count: 500_000)
        scene.poll()
        #expect(scene.dashboard.detail.log.window.held <= LogWindow.capacity)
    }

    @Test(arguments: [10_000, 60_000, 300_000]) func veryLongLinesEndQuietly(length: Int) {
        let line = [UInt8](repeating: 0x78, count: length) + [0x0A]
        var scene = Self.scene(Array(repeatElement(line, count: 6_000_000 / length).joined()))
        for key in [Key.up, .pageUp, .pageUp, .home, .down, .pageDown, .pageDown, .up, .end] {
            scene.press(key)
            scene.settle()
            scene.poll()
        }
    }

    @Test(arguments: [10, 2_000, 900_000] as [Int64]) func aPageThatTellsAnotherSizeIsNotBelievedForEver(told: Int64) {
        var scene = Self.scene(Self.text(0..<100))
        scene.world.reportedLogSize = told
        scene.poll()
        scene.forget()
        scene.poll()
        #expect(logReads(scene).count <= 3)
        scene.type("F")
        scene.settle()
        #expect(shown(scene).last == "line 99 with some words to fill it")
    }

    @Test func aCutLogBeginsAgain() {
        var scene = Self.scene(Self.text(0..<1_000))
        scene.world.logs[RunID("a")] = Array("new\n".utf8)
        scene.poll()
        #expect(shown(scene) == ["new"])
        scene.world.logs[RunID("a")] = []
        scene.poll()
        #expect(shown(scene) == [])
        #expect(scene.screen.contains("The log is empty so far."))
    }

    @Test func aServiceThatGivesLessThanAskedIsReadToTheEnd() {
        var scene = Self.scene(Self.text(0..<2_000))
        scene.world.longestRead = 4_096
        scene.type("g")
        scene.settle()
        for _ in 0..<200 {
            scene.press(.pageDown)
            scene.settle()
        }
        #expect(shown(scene).last == "line 1999 with some words to fill it")
        for _ in 0..<20 {
            scene.press(.pageUp)
            scene.settle()
        }
        scene.type("G")
        scene.settle()
    }

    @Test func failuresAreShownAndTriedAgainAfterAGoodPoll() {
        var scene = Scene.opened([.make("a", at: 1)])
        scene.world.logs[RunID("a")] = Self.text(0..<10)
        scene.type("r")
        scene.settle()
        scene.world.failures[.log] = World.down
        scene.type("3")
        scene.settle()
        #expect(scene.screen.contains(World.down.message))
        let reads = scene.world.asked[.log] ?? 0
        scene.world.failures[.poll] = World.down
        for _ in 0..<10 { scene.poll() }
        #expect(scene.world.asked[.log] == reads, "a broken service is not asked in a loop")
        scene.world.failures = [:]
        scene.type("r")
        scene.settle()
        #expect(shown(scene).count == 10)
    }

    @Test func searchForwardAndBackward() {
        var scene = Self.scene(Self.text(0..<8_000))
        scene.type("g")
        scene.settle()
        scene.type("/line 7000")
        #expect(scene.dashboard.list.filter == nil)
        scene.press(.enter)
        scene.settle()
        #expect(shown(scene).contains { $0.hasPrefix("line 7000 ") })
        #expect(!scene.dashboard.detail.log.isFollowing)
        scene.type("n")
        scene.settle()
        #expect(scene.dashboard.notice?.text.contains("not found below") == true)
        scene.type("N")
        scene.settle()
        #expect(scene.dashboard.notice?.text.contains("not found above") == true)
    }

    @Test func aSearchUnderWayIsNotAskedTwiceAndOldAnswersAreDropped() {
        var scene = Self.scene(Self.text(0..<1_000))
        scene.type("g/line 7")
        scene.press(.enter)
        scene.type("nnn")
        let searches = scene.effects.filter { if case .searchLog = $0 { true } else { false } }
        #expect(searches.count == 1)
        scene.type("/")
        scene.press(.control("u"))
        scene.type("line 9")
        scene.press(.enter)
        scene.settle()
        let log = scene.dashboard.detail.log
        #expect(log.search == "line 9")
        #expect(log.match.map { log.window.text(ofLine: log.window.line(at: $0)) }?.hasPrefix("line 9 ") == true)
    }

    @Test func anotherRunHasAnotherLog() {
        var scene = Scene.opened([.make("a", at: 2), .make("b", at: 1), .make("c", at: 0)])
        scene.world.logs = [RunID("a"): Array("log of a\n".utf8), RunID("b"): Array("log of b\n".utf8)]
        scene.type("r3")
        scene.settle()
        #expect(scene.screen.contains("log of a"))
        scene.press(.down)
        #expect(!scene.screen.contains("log of a"), "never another run's log under this run's name")
        scene.settle()
        #expect(scene.screen.contains("log of b"))
        scene.press(.down)
        scene.settle()
        #expect(scene.screen.contains("This run has no log."))
    }

    @Test func aTextThatIsNoLogIsNotTakenForOne() {
        var scene = Scene.opened([.make("a")])
        scene.world.files[RunID("a")] = [LogFile(name: "model/requirements.txt", size: 1_200)]
        scene.type("r3")
        scene.settle()
        #expect(scene.screen.contains("This run has no log of a command."))
        #expect(scene.screen.contains("model/requirements.txt  1.2 kB"))
        #expect(logReads(scene).isEmpty)
    }

    @Test func aLogOfAScriptIsNamed() {
        var scene = Self.scene(Self.text(0..<10))
        #expect(scene.screen.contains("output · following"))
        scene.world.files[RunID("a")] = [LogFile(name: "a.log", size: 1)]
        scene.world.logs[RunID("a")] = nil
        scene.poll()
        #expect(logReads(scene).last?.file == "a.log")
    }

    @Test func saysWhyLogsAreNotKnown() {
        var scene = Scene.opened([.make("a")])
        scene.world.logsError = World.down
        scene.type("r3")
        scene.settle()
        #expect(scene.screen.contains(World.down.message))
    }
}
