import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

@Suite struct SeriesTests {
    private static func scene(refused: Set<String>) -> Scene {
        var world = World()
        world.refusedMetrics = refused
        var scene = Scene.opened(
            [.make("a", status: .running, at: 1, metrics: [("acc", 0.5), ("bad name", 1), ("loss", 2)])], world: world)
        scene.type("2")
        scene.settle()
        return scene
    }

    @Test func aRefusedMetricSaysWhyAndTheOthersAreDrawn() {
        var scene = Self.scene(refused: ["bad name"])
        #expect(!scene.screen.contains("reading…"))
        #expect(scene.screen.contains(World.refusal.message))
        #expect(scene.dashboard.detail.charts.series.map(\.key.metric).sorted() == ["acc", "loss"])
        let asked = scene.world.asked[.series]
        for _ in 0..<5 { scene.poll() }
        #expect(scene.world.asked[.series] == asked, "nothing has changed, so nothing is asked")
        scene.forget()
        scene.world.change("a") { $0.metrics = LatestMetrics([("acc", .make(0.6)), ("bad name", .make(3))]) }
        scene.poll()
        let keys = scene.effects.flatMap { effect -> [String] in
            if case .loadSeries(let keys, _, _) = effect { keys.map(\.metric) } else { [] }
        }
        #expect(keys.contains("acc") && !keys.contains("bad name"))
        scene.forget()
        scene.world.refusedMetrics = []
        scene.type("r")
        scene.settle()
        #expect(!scene.screen.contains(World.refusal.message), "a person may ask again")
    }

    @Test func aFailureIsShownUnderEachChartAndTriedAgainOnlyWhereWaitingHelps() {
        for (error, isTried) in [(World.down, true), (RunServiceError(.forbidden, "You may not read metrics."), false)]
        {
            var world = World()
            world.failures[.series] = error
            var scene = Scene.opened(
                [.make("a", at: 1, metrics: [("loss", 2)])], world: world)
            scene.type("2")
            scene.settle()
            #expect(scene.screen.contains(error.message))
            let asked = scene.world.asked[.series] ?? 0
            for _ in 0..<5 { scene.poll() }
            #expect((scene.world.asked[.series] ?? 0 > asked) == isTried)
        }
    }
}
