import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

@Suite struct NoticeTests {
    private static let runs = [
        Run.make("a", status: .running, at: 1, metrics: [("val acc", 1)]), .make("b", at: 2, metrics: [("loss", 2)]),
    ]

    @Test func columnsSayWhatNoRunHas() {
        var scene = Scene.opened(Self.runs)
        scene.type(":columns \"val acc\"")
        scene.press(.enter)
        scene.settle()
        #expect(scene.dashboard.metricColumns == ["val acc"])
        #expect(scene.dashboard.notice?.kind == .done)
        scene.type(":columns loss absent")
        scene.press(.enter)
        #expect(scene.dashboard.notice?.text == "No loaded run has a metric named “absent”.")
        scene.type(":columns \"val acc")
        scene.press(.enter)
        #expect(scene.dashboard.notice?.kind == .refused)
        #expect(scene.dashboard.metricColumns == ["loss", "absent"], "the columns before stay")
    }

    @Test(arguments: [(120, 40), (80, 24)]) func aLongRefusalIsShownWhole(columns: Int, rows: Int) {
        let words = (0..<30).map { "word\($0)" }
        var scene = Scene.opened(Self.runs, size: Size(columns: columns, rows: rows))
        scene.world.failures[.steer] = RunServiceError(.conflict, words.joined(separator: " ") + ".")
        scene.select("a")
        scene.type("c")
        scene.settle()
        scene.wait(1_000)
        scene.type("y")
        scene.settle()
        for word in words { #expect(scene.screen.contains(word)) }
    }

    /// More than the footer has room for opens as a page, which is scrolled to its end.
    @Test(arguments: [(120, 40), (80, 24), (60, 16)]) func aVeryLongRefusalOpensAsAPage(columns: Int, rows: Int) {
        let words = (0..<300).map { "word\($0)" }
        var scene = Scene.opened(Self.runs, size: Size(columns: columns, rows: rows))
        scene.world.failures[.steer] = RunServiceError(.conflict, words.joined(separator: " ") + ".")
        scene.select("a")
        scene.type("c")
        scene.settle()
        scene.wait(1_000)
        scene.type("y")
        scene.settle()
        var seen = scene.screen
        for _ in 0..<100 {
            scene.press(.down)
            seen += scene.screen
        }
        for word in words { #expect(seen.contains(word)) }
        #expect(scene.screen.contains("word299."))
        scene.press(.escape)
        #expect(scene.dashboard.mode == .browsing)
    }

    @Test(arguments: [(120, 40), (80, 24)]) func aLongErrorOfAPollIsShownWhole(columns: Int, rows: Int) {
        let words = (0..<30).map { "word\($0)" }
        var scene = Scene.opened(Self.runs, size: Size(columns: columns, rows: rows))
        scene.world.failures[.poll] = RunServiceError(.unavailable, words.joined(separator: " ") + ".")
        scene.poll()
        for word in words { #expect(scene.screen.contains(word)) }
        #expect(scene.screen.contains("retry in"))
    }

    @Test func oneHiddenRunIsOne() {
        var scene = Scene.opened([Self.runs[0]])
        scene.type("/zzz")
        scene.press(.enter)
        #expect(scene.screen.contains("1 run is hidden"))
    }

    @Test func anUnreadableRunHasOneQuestionMark() {
        let scene = Scene.opened([.make("a", status: .unknown("Unreadable"), at: 1)])
        #expect(scene.screen.contains("? Unreadable"))
        #expect(!scene.screen.contains("? ?") && !scene.screen.contains("??"))
    }

    @Test(arguments: [(120, 40), (80, 24)]) func theHelpHasEveryKey(columns: Int, rows: Int) {
        var scene = Scene.opened(Self.runs, size: Size(columns: columns, rows: rows))
        scene.type("?")
        var screens = scene.screen
        var pages = 1
        while scene.screen.contains("↓ more"), pages < 20 {
            scene.press(.pageDown)
            screens += scene.screen
            pages += 1
        }
        for binding in scene.dashboard.keys.bindings { #expect(screens.contains(binding.command.summary)) }
        #expect(pages <= (columns == 120 ? 2 : 10), "it says how to scroll where it does not fit")
    }

    @Test func theLastAnswerIsNotSaidOfTheNextCommand() {
        var scene = Scene.opened(Self.runs)
        scene.type("O")
        #expect(scene.screen.contains("Sorted by"))
        scene.press(.down)
        #expect(scene.screen.contains("Sorted by"), "moving is no command")
        scene.type("2")
        #expect(!scene.screen.contains("Sorted by"))
    }

    @Test func theOverviewLeavesOutWhatARunDoesNotTell() {
        var scene = Scene.opened([.make("a", at: 1)])
        let source = RunSource(command: ["train.py"], directory: "", host: "")
        scene.send(.detailsArrived(RunID("a"), .success(RunDetails(run: .make("a", at: 1), source: source))))
        #expect(scene.screen.contains("train.py"))
        #expect(!scene.screen.contains("directory") && !scene.screen.contains("host "))
    }

    @Test func theOverviewDrawsTheMainChartWhereThereIsRoom() {
        var scene = Scene.opened(Self.runs)
        scene.select("b")
        #expect(scene.screen.contains("loss  2"))
        #expect(scene.dashboard.detail.charts.series.map(\.key.metric) == ["loss"])
        scene.resize(80, 24)
        scene.settle()
        #expect(!scene.screen.contains("loss  2"), "one column has no room for it")
    }
}
