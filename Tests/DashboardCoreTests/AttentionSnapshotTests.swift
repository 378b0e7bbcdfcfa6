import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// Whole screens of what happened. See `Snapshot` for how to record them.
@Suite struct AttentionSnapshotTests {
    /// A stalled run, one with NaN, one that says how long it is, one being cancelled, one that waits, and some events.
    private static func scene(size: Size, glyphs: Glyphs = .unicode) -> Scene {
        var long = Run.make("long", name: "finetune", in: "llm", status: .running, at: -3_000)
        long.params.set("3", forKey: "num_train_epochs")
        long.metrics.set(.make(0.75), forKey: "epoch")
        var scene = Scene.opened(
            [
                .make("stuck", name: "lr=0.1", in: "sweep-lr", status: .running, at: -600, metrics: [("loss", 0.52)]),
                .make("odd", name: "lr=1.0", in: "sweep-lr", status: .running, at: -500, metrics: [("loss", 2.1)]),
                long,
                .make("wait", name: "lr=0.01", in: "sweep-lr", status: .queued, at: -300),
                .make("gone", name: "baseline", in: "llm", status: .running, at: -900),
                .make("done", name: "warm-up", in: "llm", at: -5_000),
            ], size: size, glyphs: glyphs)
        for minute in 0..<12 {
            scene.world.change("odd") {
                $0.metrics.set(.make(2.1 + Double(minute), step: Int64(minute)), forKey: "loss")
            }
            scene.world.change("long") { run in
                run.metrics.set(.make(0.75 + Double(minute) / 24, step: Int64(minute)), forKey: "epoch")
            }
            for _ in 0..<30 { scene.poll() }
        }
        let now = scene.now.wall
        scene.world.change("odd") { $0.metrics.set(.make(.nan, step: 12), forKey: "loss") }
        scene.world.change("done") { $0.tags.set("keep", forKey: "note") }
        scene.world.put(.make("quick", name: "import", in: "data", status: .failed, at: 719, lasting: 1))
        scene.poll()
        scene.world.change("gone") { run in
            run.status = .failed
            run.endedAt = now
            run.failure = RunFailure(code: "OutOfMemory", message: "CUDA out of memory")
        }
        scene.world.change("wait") { $0.status = .cancelRequested }
        scene.poll()
        scene.poll()
        return scene
    }

    @Test func marksProgressAndNews() {
        Snapshot.check(Self.scene(size: Size(columns: 120, rows: 40)).dashboard.render(), "attention-120x40")
        Snapshot.check(Self.scene(size: Size(columns: 80, rows: 24)).dashboard.render(), "attention-80x24")
        let plain = Self.scene(size: Size(columns: 120, rows: 40), glyphs: .ascii)
        Snapshot.check(plain.dashboard.render(), "attention-ascii")
    }

    @Test func theListOfEvents() {
        for (size, name) in [(Size(columns: 120, rows: 40), "events"), (Size(columns: 80, rows: 24), "events-80x24")] {
            var scene = Self.scene(size: size)
            scene.type("e")
            scene.press(.down)
            Snapshot.check(scene.dashboard.render(), name)
            scene.type("E")
            scene.type("e")
            Snapshot.check(scene.dashboard.render(), name + "-none")
        }
    }

    /// Without colour every mark is still there: a glyph and a word.
    @Test func nothingIsSaidByColourAlone() {
        let text = Self.scene(size: Size(columns: 120, rows: 40)).screen
        for word in ["Running ≡stalled", "Running ≠NaN", "stopping 2 s of 10 s", "✗ Failed", "2 failed"] {
            #expect(text.contains(word), "\(word)")
        }
    }
}
