import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// Whole screens. See `Snapshot` for how to record them.
@Suite struct SnapshotTests {
    private static let medium = Size(columns: 80, rows: 24)

    private func show(_ scene: Scene, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
        Snapshot.check(scene.dashboard.render(), name, sourceLocation: sourceLocation)
    }

    @Test func lists() {
        show(Gallery.scene(), "list-120x40")
        show(Gallery.scene(size: Self.medium), "list-80x24")
        show(Gallery.scene(glyphs: .ascii), "list-ascii")
        var scene = Gallery.scene()
        scene.type("/status:running")
        show(scene, "filter-typing")
        scene.type(" (")
        show(scene, "filter-error")
        scene.press(.enter)
        scene.wait(20_000)
        scene.send(.elapsed)
        show(scene, "filter-in-force")
    }

    @Test(arguments: [(40, 8), (39, 7), (1, 1), (60, 15)]) func tinySizes(columns: Int, rows: Int) {
        show(Gallery.scene(size: Size(columns: columns, rows: rows)), "tiny-\(columns)x\(rows)")
    }

    @Test func threeEmptyScreens() {
        show(Scene.opened([], size: Self.medium), "empty-nothing")
        var filtered = Gallery.scene(size: Self.medium)
        filtered.type("/zzz")
        filtered.press(.enter)
        show(filtered, "empty-filtered")
        var unreadable = Scene([], size: Self.medium)
        unreadable.world.failures[.poll] = World.down
        unreadable.send(.started)
        unreadable.settle()
        show(unreadable, "empty-unreadable")
    }

    @Test(arguments: [("1", "overview"), ("2", "metrics"), ("3", "logs"), ("4", "tags"), ("5", "children")])
    func detail(key: String, name: String) {
        var scene = Gallery.scene()
        scene.type(key)
        scene.settle()
        show(scene, "detail-\(name)")
        scene.type("z")
        scene.resize(80, 24)
        scene.settle()
        show(scene, "detail-\(name)-zoomed")
    }

    @Test func logSearch() {
        var scene = Gallery.scene()
        scene.type("3")
        scene.press(.tab)
        scene.settle()
        scene.type("g/epoch 2")
        scene.press(.enter)
        scene.settle()
        show(scene, "log-search")
    }

    @Test func confirmations() {
        var scene = Gallery.scene(size: Self.medium)
        scene.type("c")
        show(scene, "confirm-reading")
        scene.settle()
        show(scene, "confirm-descendants")
        scene.press(.escape)
        scene.select("q0")
        scene.type("c")
        scene.settle()
        show(scene, "confirm-one")
        scene.press(.escape)
        scene.type("*C")
        scene.settle()
        show(scene, "confirm-several")
        scene.press(.escape)
        scene.type("U")
        scene.select("c0")
        scene.type("fwrong script")
        show(scene, "fail-message")
        scene.press(.enter)
        scene.settle()
        show(scene, "confirm-fail")
    }

    @Test func overlays() {
        for (keys, name) in [("?", "help"), (":", "palette"), (":so", "palette-typed"), ("o", "sort-menu")] {
            var scene = Gallery.scene()
            scene.type(keys)
            show(scene, name)
            scene.resize(80, 24)
            show(scene, "\(name)-80x24")
        }
        var scene = Gallery.scene(size: Self.medium)
        scene.type("t")
        show(scene, "tags-list")
        scene.type("aq")
        show(scene, "tags-adding")
        scene.press(.escape)
        scene.type("d")
        show(scene, "tags-deleting")
    }

    @Test func services() {
        for (size, suffix) in [(Size(columns: 120, rows: 40), ""), (Self.medium, "-80x24")] {
            var scene = Gallery.scene(
                size: size,
                services: [
                    ServiceDescription(
                        kind: "mlflow", location: "https://mlflow.example.org/team", reason: "MLFLOW_TRACKING_URI"),
                    ServiceDescription(
                        kind: "mlflow", location: "/srv/research/speech/2026/recognition/large/experiments/mlflow.db",
                        reason: "in this directory"),
                    ServiceDescription(kind: "mlflow", location: "/tmp/\u{1B}[31m\n日本/mlruns", reason: ":service"),
                ])
            scene.type("S")
            scene.press(.down)
            show(scene, "services\(suffix)")
            scene.press(.escape)
            scene.type(":service ml")
            scene.press(.down)
            show(scene, "services-typed\(suffix)")
            scene.press(.enter)
            show(scene, "services-opening\(suffix)")
        }
    }

    @Test func artifacts() {
        for (size, suffix) in [(Size(columns: 120, rows: 40), ""), (Self.medium, "-80x24")] {
            var scene = Gallery.scene(size: size)
            scene.world.artifacts = [
                "": [Artifact(path: "model", isFolder: true, size: nil)],
                "model": [
                    Artifact(path: "model/data", isFolder: true, size: nil),
                    Artifact(path: "model/MLmodel", isFolder: false, size: 812),
                    Artifact(path: "model/\u{1B}[31m\n日本.pkl", isFolder: false, size: 98_765_432),
                    Artifact(path: "model/unknown", isFolder: false, size: nil),
                ],
            ]
            scene.type("A")
            scene.settle()
            scene.press(.enter)
            scene.settle()
            scene.press(.down)
            show(scene, "artifacts\(suffix)")
        }
    }

    @Test func aServiceThatIsAskedOverHTTP() {
        for (size, suffix) in [(Size(columns: 120, rows: 40), ""), (Self.medium, "-80x24")] {
            var scene = Gallery.scene(
                size: size,
                capabilities: Capabilities(
                    keyOnlyTags: .unavailable(because: "MLflow keeps a value, perhaps an empty one, with every tag.")))
            scene.world.cost = PollCost(
                requests: 5, bytes: 21_400,
                pace: PollPace(
                    byteLimit: 24_000, usualActiveRuns: 3, activeRuns: 290, activeRound: 20, revisitedRuns: 45,
                    revisitRound: 13))
            scene.poll()
            scene.type("S")
            show(scene, "service-facts\(suffix)")
        }
    }

    @Test func renaming() {
        var scene = Gallery.scene(size: Self.medium)
        scene.type("R 2")
        show(scene, "renaming")
    }

    @Test func unsupervised() {
        var scene = Gallery.scene(size: Self.medium)
        scene.world.oversight = ["7df7f855": .unsupervised, "c1": .unsupervised]
        scene.type("c")
        scene.settle()
        show(scene, "confirm-unsupervised")
    }

    @Test func conditions() {
        show(
            Gallery.scene(capabilities: Capabilities().readOnly(because: "Started with --read-only.")), "read-only")
        var stale = Gallery.scene()
        stale.world.failures[.poll] = World.down
        stale.poll()
        // Longer than the wait before the next try, which differs from run to run.
        stale.wait(185_000)
        stale.send(.elapsed)
        show(stale, "stale")
        var paused = Gallery.scene()
        paused.type("p")
        paused.wait(65_000)
        paused.send(.elapsed)
        show(paused, "paused")
    }

    /// Names that try to break out: nothing of them reaches the terminal as anything but visible text.
    @Test func hostileNames() {
        let names = [
            "\u{1B}[31mred\u{1B}[0m", "\u{1B}]0;title\u{7}", "\u{202E}gnp.exe\u{202C}", "日本語の実験", "👩‍👩‍👧 family",
            "e\u{301}a\u{308}\u{323} combining", "line\nbreak\ttab", "\u{9B}2J c1", "⚡️ flash", "🇩🇪 flag",
            "zero\u{200B}width", String(repeating: "長", count: 60),
        ]
        var runs = names.enumerated().map { index, name in
            Run.make("h\(index)", name: name, at: Int64(-index), tags: [(name, name)])
        }
        runs[0].failure = RunFailure(message: names.joined(separator: " "))
        let scene = Scene.opened(runs)
        show(scene, "hostile-names")
        for y in 0..<40 {
            for scalar in scene.dashboard.render().rowText(y).unicodeScalars {
                let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
                let isBidi = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
                #expect(!isControl && !isBidi)
            }
        }
    }
}
