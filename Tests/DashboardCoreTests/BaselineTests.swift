import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// One run pinned on top, and stars for the best children.
@Suite struct BaselineTests {
    private static let family: [Run] = [
        .make("p", name: "sweep", in: "sweep", status: .running, at: -100),
        .make("a", in: "sweep", parent: "p", at: -90, metrics: [("loss", 0.5), ("acc", 0.9)]),
        .make("b", in: "sweep", parent: "p", at: -80, metrics: [("loss", 0.25), ("acc", 0.7)]),
        .make("c", in: "sweep", status: .failed, parent: "p", at: -70, metrics: [("loss", .nan)]),
        .make("d", in: "sweep", status: .running, parent: "p", at: -60),
        .make("q", name: "other", in: "sweep", at: -50, metrics: [("loss", 1.5)]),
    ]

    private static func lines(_ scene: Scene) -> [String] {
        scene.screen.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func othersAreShownAsDifferences() {
        var scene = Scene.opened(Self.family)
        scene.select("a")
        scene.type("B")
        scene.settle()
        let lines = Self.lines(scene)
        #expect(lines[2].contains("Δ loss"))
        #expect(lines[3].contains("◈ a") && lines[3].contains("0.5"), "pinned below the heads: \(lines[3])")
        #expect(lines.contains { $0.contains("├ b") && $0.contains("-0.25") })
        #expect(lines.contains { $0.contains("├ c") && $0.contains("nan") })
        #expect(lines.contains { $0.contains("other") && $0.contains("+1 ") })
        #expect(lines.contains { $0.contains("◈ a") && $0.contains("└") }, "and in its own place")
        #expect(scene.selected == "a", "the cursor stays")
    }

    @Test func thePinSurvivesTicksFiltersSortsAndFolding() {
        var scene = Scene.opened(Self.family)
        scene.select("b")
        scene.type("B")
        scene.world.change("b") { $0.metrics.set(.make(0.2, step: 11), forKey: "loss") }
        scene.poll()
        scene.type(">>O")
        scene.type("/other")
        scene.press(.enter)
        scene.type("Z")
        let lines = Self.lines(scene)
        #expect(scene.listed == ["q"])
        #expect(lines[3].contains("◈ b") && lines[3].contains("0.2"))
        #expect(lines.contains { $0.contains("other") && $0.contains("+1.3") })
        // The same key takes it away, on the pinned run itself.
        scene.press(.escape)
        scene.select("b")
        scene.type("B")
        #expect(scene.dashboard.baseline == nil && !scene.screen.contains("◈") && !scene.screen.contains("Δ"))
        scene.select("b")
        scene.type("B")
        scene.select("q")
        scene.type("B")
        #expect(scene.dashboard.baseline == RunID("q"), "on another run it moves there")
        scene.world.remove("q")
        scene.poll()
        #expect(scene.dashboard.baselineRun == nil && !scene.screen.contains("◈"), "a run that is gone is not shown")
    }

    @Test func theSelectedRunStaysInViewBelowThePin() {
        let runs = (0..<100).map { Run.make("r\($0)", at: Int64(-$0), metrics: [("loss", Double($0))]) }
        var scene = Scene.opened(runs, size: Size(columns: 80, rows: 24))
        scene.press(.end)
        scene.type("B")
        scene.press(.home)
        for _ in 0..<40 {
            scene.press(.down)
            let dashboard = scene.dashboard
            #expect((0..<dashboard.layout.runRows.height).contains(scene.screenLine ?? -1))
            #expect(dashboard.layout.baseline.maxY == dashboard.layout.runRows.y)
        }
    }

    private static func stars(_ scene: Scene) -> [String] {
        let list = scene.dashboard.list
        return list.rows.filter { list.isBest($0.slot) }.map { list.table[$0.slot].id.text }
    }

    @Test func theBestChildIsStarred() {
        var scene = Scene.opened(Self.family)
        scene.type(":best loss min")
        scene.press(.enter)
        #expect(Self.stars(scene) == ["b"] && scene.screen.contains("★ b"))
        #expect(scene.dashboard.notice?.text == "★ is the child with the least “loss”.")
        scene.type(":best acc")
        scene.press(.enter)
        #expect(Self.stars(scene) == ["a"], "more of an accuracy is better")
        scene.type(":best loss max")
        scene.press(.enter)
        #expect(Self.stars(scene) == ["a"])
        scene.type(":best")
        scene.press(.enter)
        #expect(Self.stars(scene).isEmpty && !scene.screen.contains("★"))
        scene.type(":best a b c")
        scene.press(.enter)
        #expect(scene.dashboard.notice?.kind == .refused && scene.dashboard.list.best == nil)
    }

    /// After any change the star is where a look at all children would put it.
    @Test(arguments: 0..<30) func theStarFollowsChanges(seed: Int) {
        var random = SeededGenerator(seed)
        var scene = Scene.opened(Self.family)
        scene.type(":best loss \(seed % 2 == 0 ? "min" : "max")")
        scene.press(.enter)
        for step in 0..<60 {
            let id = ["a", "b", "c", "d", "e", "f"].randomElement(using: &random) ?? "a"
            let value = Int.random(in: 0...6, using: &random)
            let number = value == 6 ? Double.nan : Double(value)
            switch Int.random(in: 0..<8, using: &random) {
            case 0: scene.world.remove(id)
            case 1: scene.world.change(id) { $0.parentID = $0.parentID == nil ? RunID("p") : nil }
            case 2: scene.world.put(.make(id, in: "sweep", parent: "p", at: Int64(step), metrics: [("loss", number)]))
            default: scene.world.change(id) { $0.metrics.set(.make(number, step: Int64(step)), forKey: "loss") }
            }
            scene.poll()
            let children = scene.world.runs.values.filter { $0.parentID == RunID("p") }
            let values = children.compactMap { run in
                run.metrics.value(forKey: "loss")?.value.number.flatMap { $0.isNaN ? nil : (run.id, $0) }
            }
            let best = values.min { left, right in
                left.1 == right.1 ? left.0 < right.0 : (left.1 < right.1) == (seed % 2 == 0)
            }
            #expect(Self.stars(scene) == (best.map { [$0.0.text] } ?? []), "seed \(seed), step \(step)")
        }
    }

    @Test func aParentHasAGlyphOfItsChildren() {
        func status(_ statuses: RunStatus...) -> RunStatus {
            var counts = StatusCounts()
            for status in statuses { counts.add(1, of: status) }
            return RollUpText.status(counts)
        }
        #expect(status(.completed, .failed, .running) == .running)
        #expect(status(.completed, .failed, .queued) == .failed)
        #expect(status(.completed, .queued) == .queued)
        #expect(status(.completed, .canceled) == .completed)
        #expect(status(.canceled) == .canceled)
    }

    @Test(arguments: [
        (120, 40, false, "baseline-120x40"), (80, 24, false, "baseline-80x24"), (120, 40, true, "baseline-ascii"),
    ])
    func snapshots(columns: Int, rows: Int, isASCII: Bool, name: String) {
        var scene = Scene.opened(
            Self.family, size: Size(columns: columns, rows: rows), glyphs: isASCII ? .ascii : .unicode)
        scene.select("a")
        scene.type("B")
        scene.type(":best loss min")
        scene.press(.enter)
        scene.press(.down)
        scene.wait(20_000)
        scene.send(.elapsed)
        scene.settle()
        Snapshot.check(scene.dashboard.render(), name)
    }
}
