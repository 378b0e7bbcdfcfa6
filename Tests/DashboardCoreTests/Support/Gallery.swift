import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// The runs that snapshots show: a bit of everything.
enum Gallery {
    static let runs: [Run] = {
        var parent = Run.make(
            "7df7f855", name: "hello_with_children", in: "explore-runs", status: .running, at: -125,
            tags: [("quality", "great run"), ("worth another look", nil)], metrics: [("loss", 0.231)])
        parent.properties.set("azureml-user", forKey: "author")
        parent.params.set("0.01", forKey: "lr")
        parent.user = "ana"
        var failed = Run.make(
            "f0", name: "bad_script", in: "explore-runs", status: .failed, at: -1_700, lasting: 3,
            tags: [("team", "vision")])
        failed.failure = RunFailure(code: "exit 1", message: "ModuleNotFoundError: No module named 'torch'")
        return [
            parent,
            .make(
                "c0", name: "child 0", in: "explore-runs", parent: "7df7f855", at: -120, lasting: 12,
                metrics: [("loss", 0.302), ("accuracy", 0.91)]),
            .make(
                "c1", name: "child 1", in: "explore-runs", status: .running, parent: "7df7f855", at: -110,
                metrics: [("loss", 0.231), ("accuracy", 0.93)]),
            .make("q0", name: "lr=0.01", in: "explore-runs", status: .queued, at: -20),
            failed,
            .make("x0", name: "hello_with_delay", in: "explore-runs", status: .canceled, at: -2_500, lasting: 61),
            .make("s0", name: "sweep", in: "sweep-lr", status: .notResponding, at: -90_000, metrics: [("loss", .nan)]),
            .make("u0", name: "odd", in: "testexperiment", status: .unknown("Defrosting"), at: -40_000_000),
        ]
    }()

    static let log = Array(
        (0..<60).map { "epoch \($0) loss \(Double(600 - $0 * 9) / 1_000)\n" }.joined().utf8)

    static func scene(
        size: Size = Size(columns: 120, rows: 40), glyphs: Glyphs = .unicode,
        capabilities: Capabilities = Capabilities(), services: [ServiceDescription] = []
    ) -> Scene {
        var scene = Scene(runs, size: size, glyphs: glyphs, capabilities: capabilities, services: services)
        scene.world.logs[RunID("7df7f855")] = log
        scene.send(.started)
        scene.settle()
        while scene.selected != "7df7f855" { scene.press(.down) }
        scene.settle()
        scene.forget()
        return scene
    }
}
