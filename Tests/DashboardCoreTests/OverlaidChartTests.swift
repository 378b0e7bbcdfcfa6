import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// Charts of several runs.
@Suite struct OverlaidChartTests {
    private static func losses(_ index: Int) -> [Double] {
        (0..<60).map { (1 + Double(index) / 3) / (1 + Double($0) / Double(8 + index)) }
    }

    /// A sweep with a child for each rate, the first one the oldest, and a run without children.
    static func scene(
        children: Int = 3, size: Size = Size(columns: 120, rows: 40), glyphs: Glyphs = .unicode
    ) -> Scene {
        var world = World()
        var runs: [Run] = [.make("p", name: "sweep", status: .running, at: -500), .make("alone", at: -900)]
        for index in 0..<children {
            let values = losses(index)
            runs.append(
                .make(
                    "c\(index)", name: "sweep learning-rate=0.00\(index + 1)", status: .running, parent: "p",
                    at: Int64(index) - 400, metrics: [("accuracy", 0.5), ("loss", values[59])]))
            let series = ChartControlTests.series("c\(index)", "loss", values)
            world.series[series.key] = series
        }
        var scene = Scene.opened(runs, size: size, glyphs: glyphs, world: world)
        scene.select("p")
        return scene
    }

    private static func keys(_ effects: [Effect]) -> [[String]] {
        effects.compactMap { effect in
            if case .loadSeries(let keys, _, .overlay) = effect { keys.map(\.run.text) } else { nil }
        }
    }

    @Test func theChildrenOfAParentAreOfferedAndShownAtOnce() {
        var scene = Self.scene()
        #expect(scene.screen.contains("M charts"))
        scene.type("M")
        #expect(scene.dashboard.overlay.runs.map(\.text) == ["c2", "c1", "c0"])
        #expect(scene.screen.contains("reading…"))
        scene.settle()
        #expect(scene.screen.contains("Charts of 3 children of sweep"))
        #expect(scene.dashboard.overlay.metric == "loss" || scene.dashboard.overlay.metric == "accuracy")
        scene.press(.escape)
        #expect(scene.dashboard.mode == .browsing)
    }

    @Test func withNothingToCompareItSaysWhatToDo() {
        var scene = Self.scene()
        scene.select("alone")
        #expect(!scene.screen.contains("M charts"))
        scene.type("M")
        #expect(scene.screen.contains("mark 2 to 8 runs with space, or go to a run with several children."))
        scene.type(" M")
        #expect(scene.dashboard.mode == .browsing && scene.screen.contains("One run is marked"))
        scene.select("c0")
        scene.type(" :charts")
        scene.press(.enter)
        #expect(Set(scene.dashboard.overlay.runs.map(\.text)) == ["alone", "c0"])
        scene.settle()
        #expect(scene.screen.contains("Charts of 2 marked runs"))
    }

    @Test func ofMoreThanEightTheFirstOfTheListAreShownAndSaid() {
        var scene = Self.scene(children: 12)
        scene.type("M")
        scene.settle()
        #expect(scene.dashboard.overlay.runs.map(\.text) == (4..<12).reversed().map { "c\($0)" })
        #expect(scene.screen.contains("Charts of 8 of 12 children of sweep, the first by started ▼"))
    }

    @Test func keysTurnTheMetricAndOnlyWhatIsMissingIsAskedFor() {
        var scene = Self.scene()
        scene.type("M")
        scene.settle()
        let first = scene.dashboard.overlay.metric
        scene.forget()
        scene.press(.tab)
        #expect(scene.dashboard.overlay.metric != first)
        #expect(Self.keys(scene.effects).count == 1)
        scene.settle()
        scene.forget()
        scene.press(.backTab, .right, .up, .end, .home)
        #expect(scene.dashboard.overlay.metric == first)
        #expect(Self.keys(scene.effects).isEmpty, "both are here")
    }

    @Test func newPointsAreAskedForAsTheyComeAndNewChildrenJoin() {
        var scene = Self.scene()
        scene.type("M")
        scene.settle()
        while scene.dashboard.overlay.metric != "loss" { scene.press(.tab) }
        scene.settle()
        scene.forget()
        scene.world.change("c1") { $0.metrics.set(.make(0.01, step: 600), forKey: "loss") }
        scene.poll()
        #expect(Self.keys(scene.effects).count == 1 && Self.keys(scene.effects).first?.count == 1)
        #expect(scene.screen.contains("0.01"))
        scene.world.put(.make("c9", name: "late", status: .running, parent: "p", metrics: [("loss", 2)]))
        scene.poll()
        #expect(scene.dashboard.overlay.runs.map(\.text) == ["c2", "c1", "c0", "c9"], "the others keep their marks")
        scene.world.remove("c2")
        scene.poll()
        #expect(scene.screen.contains("deleted"))
    }

    @Test func theCursorReadsAllCurves() {
        var scene = Self.scene()
        scene.type("M")
        scene.settle()
        while scene.dashboard.overlay.metric != "loss" { scene.press(.tab) }
        scene.settle()
        scene.type("i")
        scene.press(.home)
        #expect(scene.screen.contains("at step 0"))
        #expect(scene.screen.contains("1.667 at 0") && scene.screen.contains("1 at 0"))
        scene.press(.escape)
        #expect(scene.dashboard.isOverlaid && scene.dashboard.overlay.view.cursor == nil)
        scene.type("q")
        #expect(scene.dashboard.mode == .browsing)
    }

    @Test func failuresAreShownAndTriedAgainWhenTheServiceIsBack() {
        var scene = Self.scene()
        scene.world.failures[.series] = World.down
        scene.type("M")
        scene.settle()
        #expect(scene.screen.contains(World.down.message))
        let asked = scene.world.asked[.series]
        scene.press(.up)
        scene.settle()
        #expect(scene.world.asked[.series] == asked)
        scene.world.failures = [:]
        scene.poll()
        #expect(!scene.screen.contains(World.down.message))
    }

    @Test func anAnswerOfChartsThatWereLeftIsNotTakenForAnother() {
        var scene = Self.scene()
        scene.type("M")
        let late = scene.holdNext()
        scene.press(.escape)
        scene.select("alone")
        scene.type(" ")
        scene.select("c0")
        scene.type(" M")
        if let late { scene.send(late) }
        #expect(scene.dashboard.overlay.isLoading)
        scene.settle()
        #expect(!scene.dashboard.overlay.isLoading)
    }

    @Test func samplesOfManyMetricsAreNotAllKept() {
        var world = World()
        let metrics = (0..<30).map { ("m\($0)", 1.0) }
        let runs = (0..<8).map { Run.make("r\($0)", metrics: metrics) }
        world.pagesAreShort = false
        var scene = Scene.opened(runs, world: world)
        scene.type("*M")
        scene.settle()
        for _ in 0..<40 {
            scene.press(.tab)
            scene.settle()
            #expect(scene.dashboard.overlay.samples.count <= 72)
        }
    }

    @Test func aScreenOfAnySizeHasAsMuchAsFits() {
        var scene = Self.scene(children: 8)
        scene.type("M")
        scene.settle()
        for (columns, rows) in [(40, 8), (41, 9), (60, 12), (79, 15), (99, 20), (300, 8), (40, 100), (1, 1)] {
            scene.resize(columns, rows)
            scene.settle()
            let isShown = scene.screen.contains("Charts of 8")
            #expect(isShown == (columns >= 40 && rows >= 8), "\(columns)x\(rows)")
            if isShown, rows < 15 { #expect(scene.screen.contains("more") || columns > 200) }
        }
    }

    @Test func namesAreCutToWhatDiffers() {
        func names(_ all: [String], _ width: Int) -> [String] {
            RunLegend.names(
                all.enumerated().map { ($0.element, RunID("run-00\($0.offset)")) }, width: width, ellipsis: "…")
        }
        #expect(names(["a", "b"], 10) == ["a", "b"])
        #expect(names(["sweep lr=0.1 bs=32", "sweep lr=0.01 bs=32"], 14) == ["…0.1 bs=32", "…0.01 bs=32"])
        #expect(names(["same", "same"], 20) == ["same un-000", "same un-001"])
        #expect(names(["resnet50-large", "vit-huge-patch"], 8) == ["resnet5…", "vit-hug…"])
        #expect(names([""], 1) == [""])
    }

    @Test(arguments: [(Size(columns: 120, rows: 40), ""), (Size(columns: 80, rows: 24), "-80x24")])
    func screens(size: Size, suffix: String) {
        var scene = Self.scene(children: 5, size: size)
        scene.type("M")
        scene.settle()
        while scene.dashboard.overlay.metric != "loss" { scene.press(.tab) }
        scene.settle()
        Snapshot.check(scene.dashboard.render(), "overlaid-charts\(suffix)")
        scene.type("Ysi")
        scene.press(.left)
        Snapshot.check(scene.dashboard.render(), "overlaid-charts-cursor\(suffix)")
        var ascii = Self.scene(children: 5, size: size, glyphs: .ascii)
        ascii.type("M")
        ascii.settle()
        while ascii.dashboard.overlay.metric != "loss" { ascii.press(.tab) }
        ascii.settle()
        Snapshot.check(ascii.dashboard.render(), "overlaid-charts-ascii\(suffix)")
        var one = ChartControlTests.scene(size)
        one.type("Yssi")
        one.press(.left)
        Snapshot.check(one.dashboard.render(), "chart-controls\(suffix)")
    }
}
