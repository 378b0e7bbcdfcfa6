import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// The columns of the run list: their words, those that follow from the runs, the chooser, and scrolling sideways.
@Suite struct ColumnTests {
    static let runs: [Run] = (0..<6).map { index in
        var run = Run.make(
            "r\(index)", name: "lr=\(index)", in: "sweep", at: Int64(index),
            tags: [("quality", index == 2 ? "great run" : "fair")] + (index == 0 ? [("note", nil)] : []),
            metrics: [("loss", Double(index)), ("acc", 0.5)])
        run.params = Params([("lr", "0.\(index)"), ("model", "resnet"), ("batch size", "\(index % 2)")])
        run.properties.set("ana", forKey: "author")
        run.machineTags.set("0123456789abcdef", forKey: "mlflow.source.git.commit")
        run.user = "ana"
        return run
    }

    private static func words(_ text: String) -> [String]? {
        ColumnWords.parse(text).map { words in words.map { ($0.isTakenAway ? "-" : "") + $0.column.text } }
    }

    @Test(arguments: [
        ("loss \"val acc\"", ["loss", "val acc"]), ("`val acc`, loss", ["val acc", "loss"]), ("", []),
        ("min loss max \"val acc\" last x", ["min loss", "max val acc", "x"]), ("min", ["min"]),
        ("params.lr =lr param.\"batch size\"", ["params.lr", "params.lr", "params.batch size"]),
        (
            "tags.a property.b metrics.user user \"user\"",
            ["tags.a", "properties.b", "metrics.user", "user", "metrics.user"]
        ),
        ("-started -loss differ auto", ["-started", "-loss", "differ", "auto"]),
    ])
    func columnsAreTypedAsInTheFilter(text: String, expected: [String]) {
        #expect(Self.words(text) == expected)
    }

    @Test func anOpenQuoteIsNoColumn() { #expect(Self.words("loss \"val acc") == nil) }

    @Test(arguments: [
        ([], ["experiment", "started", "duration", "auto", "tags"]),
        (["loss"], ["experiment", "started", "duration", "loss", "tags"]),
        (["params.lr"], ["experiment", "started", "duration", "params.lr", "auto", "tags"]),
        (["-started", "-tags", "user"], ["experiment", "duration", "user", "auto"]),
        (["-auto", "started"], ["experiment", "duration", "started", "tags"]),
        (["differ"], ["experiment", "started", "duration", "differ", "auto", "tags"]),
        (["loss", "loss"], ["experiment", "started", "duration", "loss", "tags"]),
    ])
    func theUsualColumnsStayUnlessTakenAway(words: [String], expected: [String]) {
        #expect(ColumnChoice(words: words).columns.map(\.text) == expected)
    }

    @Test(arguments: 0..<200) func everyChoiceCanBeWrittenDown(seed: Int) {
        var random = SeededGenerator(seed)
        let names = ["loss", "user", "-x", "min loss", "val acc", "params.lr", "a,b", "\"q\"", "differ", "=", "tags."]
        var columns = ColumnChoice.standard.columns + [.differing, .user, .id, .ended]
        for name in names {
            columns += [.metric(name), .metric(ExactText(name), .max), .param(ExactText(name)), .tag(ExactText(name))]
        }
        let choice = ColumnChoice(
            Array(columns.shuffled(using: &random).prefix(Int.random(in: 0...12, using: &random))))
        #expect(ColumnChoice(words: choice.words) == choice)
        // What is typed means the same.
        for column in choice.columns {
            #expect(ColumnWords.parse(ColumnWords.typed(column))?.map(\.column) == [column], "\(column.text)")
        }
    }

    @Test func columnsShowWhatRunsHave() {
        var scene = Scene.opened(Self.runs, size: Size(columns: 160, rows: 40))
        scene.type(":columns tags.quality params.lr user commit acc -experiment")
        scene.press(.enter)
        #expect(scene.dashboard.notice?.kind == .done)
        let rows = scene.screen.split(separator: "\n")
        #expect(rows[2].contains("STARTED▼  DURATION  quality       lr    USER   COMMIT    acc"), "\(rows[2])")
        #expect(rows.contains { $0.contains("great run     0.2   ana    01234567  0.5") })
    }

    @Test func whatNoRunHasIsSaid() {
        var scene = Scene.opened(Self.runs)
        scene.type(":columns params.no tags.quality \"no metric\"")
        scene.press(.enter)
        #expect(
            scene.dashboard.notice?.text
                == "No loaded run has a parameter named “no”, or a metric named “no metric”.")
    }

    @Test func whatDiffersChoosesItself() {
        var scene = Scene.opened(Self.runs)
        scene.type(":columns differ")
        scene.press(.enter)
        scene.settle()
        #expect(
            scene.dashboard.shownColumns.map(\.text) == [
                "experiment", "started", "duration", "params.batch size", "params.lr", "tags.quality", "tags.note",
                "loss",
                "acc", "tags",
            ])
        #expect(
            scene.dashboard.notice?.text
                == "Different among the runs listed: params.\"batch size\", params.lr, tags.quality, tags.note.")
        // A filter leaves fewer runs, and a change makes them the same.
        scene.type("/name = \"lr=1\" or name = \"lr=3\"")
        scene.press(.enter)
        #expect(scene.dashboard.shownColumns.filter { $0.text.contains(".") }.map(\.text) == ["params.lr"])
        scene.world.change("r3") { $0.params.set("0.1", forKey: "lr") }
        scene.poll()
        #expect(!scene.dashboard.shownColumns.contains { $0.text.contains(".") })
    }

    /// A parent has no parameters; that alone is no difference.
    @Test func parentsDoNotMakeADifference() {
        var runs = [Run.make("p", name: "parent", in: "sweep", status: .running, at: -5)] + Self.runs
        for index in 1..<runs.count { runs[index].parentID = RunID("p") }
        var scene = Scene.opened(runs)
        scene.type(":columns differ")
        scene.press(.enter)
        #expect(!scene.dashboard.shownColumns.contains(.param(ExactText("model"))))
        #expect(scene.dashboard.shownColumns.contains(.param(ExactText("lr"))))
    }

    @Test func extremesAreReadForTheRowsInView() {
        var scene = Scene.opened(Self.runs)
        scene.type(":columns min loss max loss")
        scene.press(.enter)
        let asked = scene.effects.compactMap { effect -> Int? in
            if case .loadSeries(let keys, RangeCache.points, .ranges) = effect { keys.count } else { nil }
        }
        #expect(asked == [6])
        scene.settle()
        let key = MetricSeriesKey(run: RunID("r3"), metric: "loss")
        let range = scene.dashboard.ranges.range(of: key)
        #expect(range?.least == 3 && (range?.greatest ?? 0) > 3 && range?.isWhole == true)
        #expect(scene.screen.contains("min loss") && scene.screen.contains("max loss"))
        scene.forget()
        // Nothing changed, nothing is asked; a changed run is asked again, but not at every tick.
        scene.poll()
        #expect(!scene.effects.contains { if case .loadSeries(_, _, .ranges) = $0 { true } else { false } })
        scene.world.change("r3") { $0.metrics.set(.make(-7, step: 11), forKey: "loss") }
        scene.poll()
        #expect(scene.dashboard.ranges.range(of: key)?.least == -7, "the newest value counts at once")
        #expect(!scene.effects.contains { if case .loadSeries(_, _, .ranges) = $0 { true } else { false } })
        for _ in 0..<6 { scene.poll() }
        let again = scene.effects.compactMap { effect -> [MetricSeriesKey]? in
            if case .loadSeries(let keys, _, .ranges) = effect { keys } else { nil }
        }
        #expect(again == [[key]])
    }

    @Test func columnsScrollWhileTheNameStays() {
        var scene = Scene.opened(Self.runs, size: Size(columns: 80, rows: 24))
        scene.type(":columns loss acc params.lr params.model tags.quality user commit properties.author id")
        scene.press(.enter)
        func heads() -> String { String(scene.screen.split(separator: "\n")[2]) }
        #expect(heads().contains("STARTED") && heads().contains("→") && !heads().contains("←"))
        scene.type("))")
        #expect(scene.dashboard.firstColumn == 2)
        #expect(!heads().contains("STARTED") && heads().contains("RUN") && heads().contains("←"))
        for _ in 0..<30 { scene.type(")") }
        #expect(heads().contains("ID") && heads().contains("TAGS") && !heads().contains("→"))
        scene.type("(")
        #expect(heads().contains("→") || heads().contains("author"))
        for _ in 0..<30 { scene.type("(") }
        #expect(scene.dashboard.firstColumn == 0)
        scene.resize(200, 24)
        scene.type(")")
        #expect(scene.dashboard.notice?.text == "All columns are on screen; H chooses more.")
    }

    @Test func theChooserShowsAtOnceWhatIsChosen() {
        var scene = Scene.opened(Self.runs)
        scene.type("Hqual")
        guard case .choosingColumns(let chooser) = scene.dashboard.mode else {
            Issue.record("no chooser")
            return
        }
        #expect(chooser.matches.map { chooser.entries[$0].column.text } == ["tags.quality"])
        scene.type(" ")
        #expect(scene.screen.contains("quality"))
        #expect(
            scene.dashboard.columnChoice.columns.contains(.tag(ExactText("quality"))))
        scene.press(.backspace, .backspace, .backspace, .backspace)
        scene.type("lr ")
        scene.press(.backspace, .backspace)
        scene.type("params.lr")
        scene.type("KK")
        scene.press(.enter)
        let columns = scene.dashboard.columnChoice.columns.map(\.text)
        #expect(columns == ["experiment", "started", "duration", "params.lr", "auto", "tags", "tags.quality"])
        #expect(scene.dashboard.mode == .browsing)
        scene.type("H")
        scene.press(.down, .down)
        scene.type(" J")
        #expect(!scene.dashboard.columnChoice.columns.contains(.duration))
        scene.press(.escape)
        #expect(scene.dashboard.columnChoice.columns.map(\.text) == columns, "esc leaves them as they were")
    }

    @Test(arguments: [
        (120, 40, false, "columns-chooser"), (80, 24, false, "columns-chooser-80x24"),
        (120, 40, true, "columns-chooser-ascii"),
    ])
    func snapshots(columns: Int, rows: Int, isASCII: Bool, name: String) {
        var scene = Scene.opened(
            Self.runs, size: Size(columns: columns, rows: rows), glyphs: isASCII ? .ascii : .unicode)
        scene.type("Hparams")
        scene.type(" ")
        scene.press(.down)
        scene.settle()
        Snapshot.check(scene.dashboard.render(), name)
        scene.press(.enter)
        scene.wait(20_000)
        scene.send(.elapsed)
        scene.type(":columns differ -tags min loss loss user commit")
        scene.press(.enter)
        scene.settle()
        Snapshot.check(scene.dashboard.render(), name.replacing("chooser", with: "chosen"))
    }
}
