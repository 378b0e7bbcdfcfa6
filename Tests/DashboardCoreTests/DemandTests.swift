import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// The dashboard asks for what the screen needs, once. Every `settle` here fails when it goes on asking.
@Suite struct DemandTests {
    private static let runs = (0..<60).map { number in
        Run.make(
            "r\(number)", status: number % 2 == 0 ? .running : .completed, at: Int64(number),
            metrics: [("loss", Double(number) / 60), ("acc", .nan)])
    }

    @Test func openingAsksOnceForEachThing() {
        var scene = Scene(Self.runs)
        scene.send(.started)
        scene.settle()
        // Samples for the sparklines, and for the chart on the selected run's overview.
        #expect(scene.world.asked == [.poll: 1, .details: 1, .series: 2])
        scene.forget()
        scene.send(.elapsed)
        #expect(scene.effects == [])
    }

    @Test(arguments: [World.Kind.details, .series, .log, .poll])
    func whatFailsIsNotAskedInALoop(kind: World.Kind) {
        for tab in ["1", "2", "3", "4", "5"] {
            var scene = Scene(Self.runs)
            scene.world.failures[kind] = World.down
            scene.world.logs[RunID("r59")] = Array("x\n".utf8)
            scene.send(.started)
            scene.settle()
            scene.type(tab)
            scene.settle()
            for _ in 0..<5 {
                scene.poll()
                scene.press(.down)
                scene.settle()
            }
            #expect(scene.world.asked[kind] ?? 0 <= 20)
        }
    }

    @Test func cursorKeysCostOneRequestAtATime() {
        var scene = Scene.opened(Self.runs)
        for _ in 0..<20 { scene.press(.down) }
        #expect(scene.effects == [.loadDetails(RunID("r58"))])
        scene.settle()
        #expect(scene.effects.filter { $0 == .loadDetails(RunID("r39")) }.count == 1)
        #expect(scene.dashboard.currentDetails?.run.id == RunID("r39"))
    }

    @Test func anAnswerAboutAnotherRunIsNotShown() {
        var scene = Scene.opened(Self.runs)
        scene.press(.down)
        #expect(scene.dashboard.currentDetails == nil)
    }

    @Test func aServiceThatAnswersWithAnotherRunIsNotAskedForEver() {
        var scene = Scene([.make("a", at: 1)])
        scene.send(.started)
        scene.answerNext()
        let wrong = RunDetails(run: .make("A"))
        for _ in 0..<10 {
            #expect(scene.send(.detailsArrived(RunID("a"), .success(wrong))).isEmpty)
        }
        #expect(scene.dashboard.detail.error?.code == .unexpectedResponse)
    }

    @Test func screensLargerThanTheCacheSettle() {
        let names = (0..<12).map { "m\($0)" }
        let runs = (0..<400).map { number in
            Run.make("r\(number)", at: Int64(number), metrics: names.map { ($0, Double(number)) })
        }
        var scene = Scene(runs, size: Size(columns: 300, rows: 500))
        scene.send(.started)
        scene.settle()
        scene.world.change("r399") { $0.metrics.set(.make(9, step: 11), forKey: "m0") }
        scene.poll()
        scene.poll()
    }

    @Test func chartsFollowTheRunAndItsPoints() {
        var scene = Scene.opened(Self.runs)
        scene.type("2")
        scene.settle()
        #expect(scene.dashboard.detail.charts.series.count == 2)
        scene.press(.down)
        scene.settle()
        #expect(scene.dashboard.detail.charts.run == RunID("r58"))
        #expect(scene.dashboard.detail.charts.series.first?.key.run == RunID("r58"))
        let asked = scene.world.asked[.series] ?? 0
        scene.world.change("r58") { $0.metrics.set(.make(0.5, step: 11), forKey: "loss") }
        scene.poll()
        #expect(scene.world.asked[.series] == asked + 2, "chart and sparkline")
    }

    @Test func failedChartsAreTriedAgainByR() {
        var world = World()
        world.failures[.series] = World.down
        var scene = Scene.opened([.make("a", metrics: [("loss", 1)])], world: world)
        scene.type("2")
        scene.settle()
        #expect(scene.screen.contains(World.down.message))
        scene.world.failures = [:]
        scene.type("r")
        scene.settle()
        #expect(scene.dashboard.detail.charts.error == nil)
        #expect(scene.dashboard.detail.charts.series.count == 1)
    }

    @Test func newMetricsGetAColumn() {
        var scene = Scene.opened([.make("a", status: .running, metrics: [("loss", 1)])])
        #expect(scene.dashboard.metricColumns == ["loss"])
        scene.world.change("a") { $0.metrics.set(.make(0.5), forKey: "accuracy") }
        scene.poll()
        #expect(scene.dashboard.metricColumns == ["loss", "accuracy"])
        scene.type(":columns accuracy")
        scene.press(.enter)
        #expect(scene.dashboard.metricColumns == ["accuracy"])
        scene.type(":columns auto")
        scene.press(.enter)
        #expect(scene.dashboard.metricColumns == ["loss", "accuracy"])
    }

    /// A day of ticks: what the dashboard holds does not grow.
    @Test func aLongWatchHoldsNoMoreThanAShortOne() {
        var scene = Scene.opened(Self.runs)
        for round in 0..<2_000 {
            scene.world.change("r\(round % 60)") {
                $0.metrics.set(.make(Double(round), step: Int64(round)), forKey: "loss")
            }
            scene.poll()
            scene.forget()
        }
        #expect(scene.dashboard.list.table.count == 60)
        #expect(scene.dashboard.polling.polledMeanwhile.isEmpty)
        #expect(scene.pending.isEmpty)
    }
}
