import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// Runs side by side: which, what of them, and how a person moves in it.
@Suite struct ComparisonTests {
    private static func run(_ number: Int, loss: Double, rate: String, status: RunStatus = .completed) -> Run {
        var run = Run.make(
            "r\(number)", name: "train \(number)", status: status, at: Int64(-number),
            tags: [("team", "vision"), ("try", "\(number)")], metrics: [("loss", loss), ("accuracy", 1 - loss)])
        run.params = Params([("lr", rate), ("optimizer", "adamw")])
        return run
    }

    private static let runs = [
        run(0, loss: 0.3, rate: "0.1"), run(1, loss: 0.2, rate: "0.01"), run(2, loss: 0.25, rate: "0.03"),
    ]

    private static func scene(_ runs: [Run] = runs, size: Size = Size(columns: 120, rows: 40)) -> Scene {
        var scene = Scene.opened(runs, size: size)
        for run in runs {
            scene.world.sources[run.id] = RunSource(
                command: ["python", "train.py", "--lr", run.params.value(forKey: "lr") ?? ""], directory: "/work",
                host: "gpu1")
        }
        return scene
    }

    private static func compared(_ runs: [Run] = runs, size: Size = Size(columns: 120, rows: 40)) -> Scene {
        var scene = scene(runs, size: size)
        scene.type("*=")
        scene.settle()
        return scene
    }

    private func rows(_ scene: Scene) -> [String: [ColumnValue]] {
        guard let state = scene.dashboard.comparison else { return [:] }
        return Dictionary(
            scene.dashboard.comparisonTable(state).rows.map { ($0.field.name, $0.values) },
            uniquingKeysWith: { first, _ in first })
    }

    @Test func showsWhatDiffers() {
        let scene = Self.compared()
        let rows = rows(scene)
        #expect(rows["params.lr"] == [.text("0.1"), .text("0.01"), .text("0.03")])
        #expect(rows["tags.try"] == [.text("0"), .text("1"), .text("2")])
        #expect(rows["params.optimizer"] == nil && rows["tags.team"] == nil && rows["source.host"] == nil)
        #expect(rows["source.command"]?.first == .text("python train.py --lr 0.1"))
        // The world's samples fall to the newest value, and rise to it where more is better they do not.
        #expect(rows["metrics.loss min"] == [.number(0.3), .number(0.2), .number(0.25)])
        #expect(rows["metrics.accuracy max"]?.count == 3)
    }

    @Test func showsAllOnWish() {
        var scene = Self.compared()
        scene.type("d")
        #expect(rows(scene)["params.optimizer"] != nil && rows(scene)["source.host"] != nil)
        scene.type("d")
        #expect(rows(scene)["params.optimizer"] == nil)
    }

    @Test func theBestIsOfAllPointsWithItsStep() {
        var scene = Self.scene()
        let key = MetricSeriesKey(run: RunID("r0"), metric: "loss")
        scene.world.series[key] = MetricSeries(
            key: key, points: [.make(0.5, step: 1), .make(0.1, step: 2), .make(.nan, step: 3), .make(0.3, step: 4)],
            total: 4)
        scene.type("*=")
        scene.settle()
        #expect(rows(scene)["metrics.loss"]?.first == .number(0.3))
        #expect(rows(scene)["metrics.loss min"]?.first == .number(0.1))
        #expect(rows(scene)["metrics.loss min step"]?.first == .integer(2))
        // A newer and better point counts as soon as a poll brings it.
        scene.world.change("r0") { $0.metrics.set(.make(0.05, step: 9), forKey: "loss") }
        scene.poll()
        #expect(rows(scene)["metrics.loss min"]?.first == .number(0.05))
        #expect(rows(scene)["metrics.loss min step"]?.first == .integer(9))
    }

    @Test func asksOncePerThingAndShowsWhatIsMissing() {
        var scene = Self.scene()
        scene.type("*=")
        #expect(scene.effects.count == 2, "one source and one set of metrics at a time")
        scene.type("d")
        #expect(scene.screen.contains("…"))
        scene.settle()
        scene.forget()
        for _ in 0..<3 { scene.poll() }
        let asked = scene.effects.filter {
            switch $0 {
            case .loadDetails, .loadSeries: true
            default: false
            }
        }
        #expect(asked == [])
        scene.type("r")
        scene.settle()
        #expect(scene.effects.contains { if case .loadSeries(_, _, .comparison) = $0 { true } else { false } })
    }

    @Test(arguments: [World.Kind.details, .series]) func whatFailsIsNotAskedInALoop(kind: World.Kind) {
        var scene = Self.scene()
        scene.world.failures[kind] = World.down
        let before = scene.world.asked[kind] ?? 0
        scene.type("*=")
        scene.settle()
        for _ in 0..<3 { scene.poll() }
        #expect((scene.world.asked[kind] ?? 0) - before <= 5)
        scene.world.failures[kind] = nil
        scene.poll()
        #expect(rows(scene)["metrics.loss min"] != nil && rows(scene)["source.command"] != nil)
    }

    @Test func aMetricThatIsRefusedIsAskedOnce() {
        var scene = Self.scene()
        scene.world.refusedMetrics = ["loss"]
        scene.type("*=")
        scene.settle()
        #expect(rows(scene)["metrics.loss"] != nil && rows(scene)["metrics.loss min"] == nil)
        #expect(rows(scene)["metrics.accuracy max"] != nil)
    }

    @Test func ordersRunsByARow() {
        var scene = Self.compared()
        scene.type("/lr")
        scene.press(.enter)
        scene.settle()
        #expect(scene.dashboard.comparison?.runs.map(\.text) == ["r0", "r1", "r2"])
        scene.press(.down)
        scene.type("o")
        #expect(scene.dashboard.comparison?.runs.map(\.text) == ["r1", "r2", "r0"])
        scene.type("o")
        #expect(scene.dashboard.comparison?.runs.map(\.text) == ["r0", "r2", "r1"])
    }

    @Test func filtersKeysAsTheyAreTyped() {
        var scene = Self.compared()
        scene.type("/LOSS")
        #expect(Set(rows(scene).keys.map { $0.hasPrefix("metrics.loss") }) == [true])
        scene.press(.enter)
        scene.press(.escape)
        #expect(rows(scene)["params.lr"] != nil && scene.dashboard.comparison != nil, "escape clears the filter first")
        scene.press(.escape)
        #expect(scene.dashboard.comparison == nil)
    }

    @Test func theHighlightStaysWithItsField() {
        var scene = Self.compared()
        scene.type("/params")
        scene.press(.enter)
        scene.press(.down, .up)
        let field = scene.dashboard.comparison?.cursor
        #expect(field?.name == "params.lr")
        scene.press(.escape)
        scene.type("d")
        #expect(scene.dashboard.comparison?.cursor == field)
        let page = scene.dashboard.comparison.map { ComparisonView.page(scene.dashboard, $0) }
        #expect(page.map { $0.table.rows[$0.row].field } == field)
    }

    @Test func runsGoBySideways() {
        let runs = (0..<8).map { Self.run($0, loss: Double($0), rate: "\($0)") }
        var scene = Self.compared(runs, size: Size(columns: 80, rows: 24))
        #expect(scene.screen.contains("train 0") && !scene.screen.contains("train 7"))
        for _ in 0..<10 { scene.press(.right) }
        #expect(scene.screen.contains("train 0") && scene.screen.contains("train 7"), "the reference stays")
        #expect(!scene.screen.contains("train 1"))
        for _ in 0..<10 { scene.press(.left) }
        #expect(scene.screen.contains("train 1"))
    }

    @Test func tooFewOrTooManyAreTold() {
        var scene = Self.scene((0..<9).map { Self.run($0, loss: 1, rate: "1") })
        scene.type("=")
        #expect(scene.dashboard.notice?.text.contains("Mark 2 to 8 runs") == true)
        scene.type(" =")
        #expect(scene.dashboard.notice?.text.contains("Only 1 run is marked") == true)
        scene.type("*=")
        #expect(scene.dashboard.notice?.text.contains("9 runs are marked") == true)
        #expect(scene.dashboard.comparison == nil)
    }

    @Test func aParentsChildRunsAreComparedAtOnce() {
        let children = (0..<12).map { number in
            Run.make(
                "c\(number)", name: "child \(number)", parent: "p", at: Int64(number),
                metrics: [("loss", Double((number * 5) % 12))])
        }
        var scene = Self.scene([Run.make("p", name: "sweep", at: -10)] + children)
        scene.select("p")
        scene.type("=")
        scene.settle()
        #expect(scene.dashboard.comparison?.runs.count == 8)
        #expect(scene.dashboard.comparison?.runs.first == RunID("c0"))
        #expect(scene.screen.contains("of 12 child runs of “sweep” the 8 with the least loss"))
        // Without a metric the newest are taken.
        var plain = Self.scene(
            [Run.make("p", name: "sweep", at: -10)]
                + (0..<12).map { Run.make("c\($0)", parent: "p", at: Int64($0)) })
        plain.select("p")
        plain.type("=")
        #expect(Set(plain.dashboard.comparison?.runs.map(\.text) ?? []) == Set((4..<12).map { "c\($0)" }))
        #expect(plain.screen.contains("the 8 newest"))
    }

    @Test func runsThatAreDeletedLeaveIt() {
        var scene = Self.compared()
        scene.world.remove("r0")
        scene.poll()
        #expect(scene.dashboard.comparison?.runs.map(\.text) == ["r1", "r2"])
        scene.world.remove("r1")
        scene.poll()
        #expect(scene.dashboard.comparison == nil)
        #expect(scene.dashboard.notice?.text.contains("fewer than two") == true)
    }

    @Test func anotherServiceClosesIt() {
        var scene = Self.compared()
        scene.send(.connected(ServiceDescription(kind: "mlflow", location: "there"), Capabilities()))
        #expect(scene.dashboard.comparison == nil)
    }

    @Test func commandsOfTheListsCloseIt() {
        var scene = Self.compared()
        scene.type(":metrics")
        scene.press(.enter)
        #expect(scene.dashboard.comparison == nil && scene.dashboard.detail.tab == .metrics)
        scene = Self.compared()
        scene.type("c")
        #expect(scene.dashboard.mode == .browsing && scene.dashboard.comparison != nil, "no steering by its keys there")
        scene.press(.control("c"))
        #expect(scene.dashboard.comparison == nil)
    }

    @Test(arguments: [(120, 40), (80, 24), (40, 8), (60, 15), (200, 50)]) func anySizeKeepsTheHighlightInView(
        columns: Int, rows: Int
    ) {
        var scene = Self.compared()
        scene.type("d")
        scene.resize(columns, rows)
        for key in [Key.down, .down, .pageDown, .end, .up, .home, .right, .pageDown, .left] {
            scene.press(key)
            guard let state = scene.dashboard.comparison else { return }
            let page = ComparisonView.page(scene.dashboard, state)
            #expect(page.visibleLines.contains(.row(page.row)))
            _ = scene.dashboard.render()
        }
    }

    @Test func differencesAreTowardTheFirst() {
        func text(_ value: ColumnValue, _ reference: ColumnValue) -> String? {
            ComparedText.difference(value, to: reference, width: 8)
        }
        #expect(text(.number(0.5), .number(0.25)) == "+0.25")
        #expect(text(.text("0.01"), .text("0.1")) == "-0.09")
        #expect(text(.integer(3), .integer(5)) == "-2")
        #expect(text(.duration(90_000), .duration(30_000)) == "+1m 00s")
        #expect(text(.duration(1_000), .duration(1_350)) == "-350ms")
        #expect(text(.text("adam"), .text("0.1")) == nil)
        #expect(text(.number(.nan), .number(1)) == nil && text(.number(1), .number(1)) == nil)
        #expect(text(.number(.infinity), .number(1)) == nil && text(.none, .number(1)) == nil)
    }

    @Test func aLongTextLosesWhatIsInCommonFirst() {
        let values: [ColumnValue] = [.text("python train.py --lr 0.1"), .text("python train.py --lr 0.25")]
        let common = ComparedText.commonBeginning(values)
        #expect(common == 23)
        #expect(ComparedText.fitted("python train.py --lr 0.25", common: common, width: 10, .unicode) == "…--lr 0.25")
        #expect(ComparedText.fitted("short", common: 0, width: 10, .unicode) == "short")
    }

    @Test func missingValuesComeLastEitherWay() {
        let values: [ColumnValue] = [.none, .text("10"), .number(2), .text("adam"), .number(.nan), .text("x1")]
        func order(_ isDescending: Bool) -> [Int] {
            ComparedOrder.sorted(Array(values.indices), isDescending: isDescending) { values[$0] }
        }
        #expect(order(false) == [2, 1, 3, 5, 0, 4])
        #expect(order(true) == [5, 3, 1, 2, 0, 4])
    }

    @Test func snapshots() {
        for (size, suffix) in [(Size(columns: 120, rows: 40), ""), (Size(columns: 80, rows: 24), "-80x24")] {
            let runs = (0..<6).map {
                Self.run($0, loss: 0.3 - Double($0) / 40, rate: "0.0\($0 + 1)", status: $0 == 2 ? .failed : .completed)
            }
            var scene = Self.compared(runs, size: size)
            scene.press(.down)
            Snapshot.check(scene.dashboard.render(), "comparison\(suffix)")
            scene.type("d/loss")
            Snapshot.check(scene.dashboard.render(), "comparison-keys\(suffix)")
        }
        var loading = Self.scene(size: Size(columns: 80, rows: 24))
        loading.type("*=d")
        Snapshot.check(loading.dashboard.render(), "comparison-reading")
    }
}
