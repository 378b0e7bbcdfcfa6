import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// The keys of the Metrics page.
@Suite struct ChartControlTests {
    static func series(_ run: String, _ metric: String, _ values: [Double], total: Int? = nil) -> MetricSeries {
        MetricSeries(
            key: MetricSeriesKey(run: RunID(run), metric: metric),
            points: values.enumerated().map { index, value in
                MetricPoint(
                    step: Int64(index * 10), timestamp: Clock.start.advanced(byMilliseconds: Int64(index) * 3_000),
                    value: .number(value))
            }, total: total ?? values.count)
    }

    static let losses = (0..<100).map { 1_000 / Double(1 + $0 * $0) }

    static func scene(_ size: Size = Size(columns: 120, rows: 40), glyphs: Glyphs = .unicode) -> Scene {
        var world = World()
        for one in [series("a", "loss", losses), series("a", "acc", (0..<100).map { Double($0) / 100 })] {
            world.series[one.key] = one
        }
        var scene = Scene.opened(
            [.make("a", status: .running, metrics: [("loss", losses[99]), ("acc", 0.99)])], size: size, glyphs: glyphs,
            world: world)
        scene.type("2z")
        scene.settle()
        scene.forget()
        return scene
    }

    @Test func theCaptionSaysScaleSmoothingAndRange() {
        var scene = Self.scene()
        #expect(!scene.screen.contains("log scale"))
        scene.type("Yss+")
        #expect(scene.screen.contains("log scale · smoothed 0.9 · steps 495 to 990"))
        scene.type("0")
        #expect(!scene.screen.contains("steps 495"))
        scene.type("Y")
        #expect(!scene.screen.contains("log scale"))
    }

    @Test func theXAxisIsStepsTimeSinceTheStartOrTimeOfDay() {
        var scene = Self.scene()
        #expect(scene.screen.contains("990"))
        scene.type("x")
        #expect(scene.screen.contains("4m 57s"))
        scene.type("x")
        #expect(scene.screen.contains("09:04:57"))
        scene.type("x")
        #expect(scene.screen.contains("990"))
    }

    @Test func theCursorReadsStepTimeAndValue() {
        var scene = Self.scene()
        scene.type("i")
        #expect(scene.screen.contains("step 990 · 4m 57s"))
        scene.press(.left, .left, .left)
        #expect(scene.dashboard.detail.tab == .metrics, "the cursor has the arrows")
        #expect(scene.screen.contains("step 960 · 4m 48s"))
        scene.press(.home)
        #expect(scene.screen.contains("step 0 · 0s · 1000"))
        scene.type("s")
        #expect(scene.screen.contains("step 0 · 0s · 1000 · smoothed 1000"))
        scene.press(.escape)
        #expect(scene.dashboard.detail.charts.view.cursor == nil && scene.dashboard.detail.isZoomed)
        scene.press(.left)
        #expect(scene.dashboard.detail.tab == .overview)
    }

    @Test func theKeysMeanOtherThingsElsewhere() {
        var scene = Self.scene()
        let interval = scene.dashboard.polling.interval
        scene.type("+")
        #expect(scene.dashboard.polling.interval == interval && scene.dashboard.detail.charts.view.window != nil)
        scene.press(.escape, .escape)
        scene.type("+")
        #expect(scene.dashboard.polling.interval > interval)
        scene.type("1:smooth")
        scene.press(.enter)
        #expect(scene.screen.contains("There are charts on the Metrics page; 2 shows it."))
        #expect(scene.dashboard.detail.charts.view.smoothing == 0)
        scene.type("2:smooth")
        scene.press(.enter)
        #expect(scene.dashboard.detail.charts.view.smoothing == 0.6)
    }

    @Test func aCloserLookAsksForMorePointsAndNoMoreThanThat() {
        var scene = Self.scene()
        func points(_ effects: [Effect]) -> [Int] {
            effects.compactMap { if case .loadSeries(_, let points, .charts) = $0 { points } else { nil } }
        }
        scene.type("+")
        #expect(points(scene.effects) == [464])
        scene.settle()
        scene.forget()
        scene.type("++++++++++")
        scene.settle()
        #expect(points(scene.effects).max() == 2_048)
        scene.forget()
        scene.type("0")
        #expect(points(scene.effects).isEmpty)
    }

    @Test func anotherRunIsShownWholeInTheSameWay() {
        var scene = Self.scene()
        scene.world.put(.make("b", at: 5, metrics: [("loss", 1)]))
        scene.poll()
        scene.type("Ys+i")
        scene.press(.escape, .escape, .escape)
        scene.select("b")
        let view = scene.dashboard.detail.charts.view
        #expect(view.isLogarithmic && view.smoothing == 0.6 && view.window == nil && view.cursor == nil)
    }

    @Test(arguments: [Int64](0..<6)) func oddHistoriesNeverTrap(seed: Int64) {
        let steps: [Int64] = [0, 0, 1, .max, .min, -1, 5, .max - 1]
        let times: [Int64] = [0, 0, .min, .max, 1, 1_772_355_600_000]
        let values: [Double] = [
            .nan, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0,
            1, -3,
        ]
        var generator = SeededGenerator(Int(seed))
        var scene = Self.scene()
        let key = MetricSeriesKey(run: RunID("a"), metric: "loss")
        let keys: [Key] = ["x", "Y", "s", "+", "-", "0", ",", ".", "i", .left, .right, .home, .end, "M"]
        for round in 0..<40 {
            let points = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                MetricPoint(
                    step: steps.randomElement(using: &generator) ?? 0,
                    timestamp: Timestamp(milliseconds: times.randomElement(using: &generator) ?? 0),
                    value: round % 7 == 0 ? .text("x") : .number(values.randomElement(using: &generator) ?? 0))
            }
            scene.world.series[key] = MetricSeries(
                key: key, points: points, total: .max, spans: points.map { ValueSpan($0.value) })
            scene.world.change("a") { $0.metrics.set(.make(Double(round), step: Int64(round)), forKey: "loss") }
            scene.poll()
            for _ in 0..<10 {
                scene.press(keys.randomElement(using: &generator) ?? "x")
                scene.settle()
                #expect(!scene.screen.isEmpty)
            }
            if scene.dashboard.detail.tab != .metrics { scene.type("2") }
            if scene.dashboard.focus != .detail { scene.type("z") }
        }
    }
}
