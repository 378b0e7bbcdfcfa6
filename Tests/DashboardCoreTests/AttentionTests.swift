import RunAttention
import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// What the dashboard tells of what happened, on screen.
@Suite struct AttentionTests {
    private static func scene(size: Size = Size(columns: 120, rows: 40)) -> Scene {
        Scene.opened(
            [.make("a", status: .running), .make("b", in: "other", status: .running, at: 1), .make("old", at: -100)],
            size: size)
    }

    private func told(_ scene: Scene) -> [String] {
        scene.dashboard.attention.log.entries.map { "\($0.event.kind.word) \($0.event.name)" }
    }

    private static func end(_ id: String, _ status: RunStatus, in scene: inout Scene, _ failure: RunFailure? = nil) {
        let now = scene.now.wall
        scene.world.change(id) { run in
            run.status = status
            run.endedAt = now
            run.failure = failure
        }
    }

    @Test func newsStandInTheHeaderUntilAKey() {
        var scene = Self.scene()
        #expect(told(scene).isEmpty)
        Self.end("a", .failed, in: &scene)
        Self.end("b", .completed, in: &scene)
        scene.poll()
        #expect(scene.dashboard.render().rowText(0).hasSuffix("1 failed · 1 finished"))
        scene.poll()
        #expect(scene.dashboard.render().rowText(0).hasSuffix("1 failed · 1 finished"))
        scene.press(.down)
        #expect(!scene.dashboard.render().rowText(0).contains("finished"))
        #expect(told(scene) == ["failed a", "finished b"])
    }

    @Test(arguments: [40, 60, 80, 200]) func newsFitTheHeader(width: Int) {
        var scene = Self.scene(size: Size(columns: width, rows: 20))
        Self.end("a", .failed, in: &scene)
        Self.end("b", .canceled, in: &scene)
        scene.world.put(.make("new", in: "third", status: .running, at: 5, metrics: [("loss", .nan)]))
        scene.poll()
        let row = scene.dashboard.render().rowText(0)
        #expect(row.contains(width > 40 ? "1 failed · 1 NaN" : "new: 1 failed"), "\(row)")
        #expect(row.contains(" active"), "\(row)")
        #expect(TerminalText.width(of: row) <= width)
    }

    @Test func nothingIsToldTwiceAfterAnOutageOrAFreshRead() {
        var scene = Self.scene()
        Self.end("a", .failed, in: &scene)
        scene.poll()
        scene.world.failures[.poll] = World.down
        scene.poll()
        scene.world.failures = [:]
        scene.wait(120_000)
        scene.poll()
        #expect(told(scene) == ["failed a"])
        // The service forgot the cursor: everything is read again.
        scene.world.failures[.poll] = RunServiceError(.invalid, "That cursor is not known here.")
        scene.poll()
        Self.end("b", .completed, in: &scene)
        scene.world.failures = [:]
        scene.wait(120_000)
        scene.poll()
        #expect(told(scene) == ["failed a", "finished b"])
    }

    @Test func anotherServiceSaysNothingAtFirstAndTheListStays() {
        var other = World()
        other.description = ServiceDescription(kind: "mlflow", location: "http://other")
        other.put(.make("x", status: .running))
        other.put(.make("y", status: .failed))
        var scene = Self.scene()
        Self.end("a", .failed, in: &scene)
        scene.poll()
        scene.world.others = ["http://other": other]
        scene.type(":service http://other")
        scene.press(.enter)
        scene.settle()
        scene.poll()
        #expect(told(scene) == ["failed a"])
        scene.press("e", .enter)
        #expect(scene.dashboard.notice?.text.hasPrefix("That run is on ~/.local/share/runwatch") == true)
        Self.end("x", .completed, in: &scene)
        scene.poll()
        #expect(told(scene) == ["failed a", "finished x"])
    }

    @Test func whatIDidIsNoNews() {
        var scene = Self.scene()
        scene.select("a")
        scene.type("c")
        scene.settle()
        scene.wait(500)
        scene.type("y")
        scene.settle()
        Self.end("a", .canceled, in: &scene)
        Self.end("b", .canceled, in: &scene)
        scene.poll()
        #expect(told(scene) == ["canceled b"])
    }

    @Test func theListOfEventsLeadsToTheRun() {
        var scene = Self.scene()
        Self.end("a", .failed, in: &scene, RunFailure(code: "OOM"))
        scene.poll()
        Self.end("b", .completed, in: &scene)
        scene.poll()
        scene.type("/old")
        scene.press(.enter)
        scene.type("e")
        #expect(scene.screen.contains("failed  OOM · exp"))
        #expect(scene.screen.contains("finished  other"))
        scene.press(.down)
        // Others may come meanwhile; the selection stays on its event.
        scene.world.put(.make("c", status: .failed, at: 300))
        scene.poll()
        scene.press(.enter)
        #expect(scene.selected == "a")
        #expect(scene.dashboard.mode == .browsing && scene.dashboard.list.filter == nil)
        scene.type("eE")
        #expect(scene.dashboard.attention.log.entries.isEmpty && scene.dashboard.mode == .browsing)
        scene.type("e")
        #expect(scene.screen.contains("Nothing has happened since runwatch was started."))
    }

    @Test func theListIsBounded() {
        var scene = Self.scene()
        for number in 0..<620 {
            scene.world.put(.make("r\(number)", status: .failed, at: 200 + Int64(number)))
            if number % 31 == 0 { scene.poll() }
        }
        scene.poll()
        #expect(scene.dashboard.attention.log.entries.count == EventLog.limit)
        #expect(scene.dashboard.attention.log.entries.last?.event.name == "r619")
    }

    @Test func aRunThatHasStalledIsMarkedAndFound() {
        var scene = Self.scene()
        scene.world.logs[RunID("a")] = Array("epoch 1\n".utf8)
        scene.world.change("a") { $0.metrics.set(.make(0.5), forKey: "loss") }
        for _ in 0..<420 { scene.poll() }
        #expect(told(scene) == ["stalled a"])
        #expect(scene.screen.contains("Running ≡stalled"))
        scene.type("/attention:stalled")
        #expect(scene.listed == ["a"])
        scene.world.change("a") { $0.metrics.set(.make(0.4), forKey: "loss") }
        scene.poll()
        #expect(scene.listed.isEmpty)
        #expect(told(scene) == ["stalled a", "back a"])
    }

    @Test func aLogThatGrowsIsNoStall() {
        var scene = Self.scene()
        scene.world.logs[RunID("a")] = Array("epoch 1\n".utf8)
        scene.world.change("a") { $0.metrics.set(.make(0.5), forKey: "loss") }
        scene.select("old")
        for number in 0..<900 {
            if number % 100 == 0 { scene.world.logs[RunID("a")]?.append(0x0a) }
            scene.poll()
        }
        #expect(told(scene).isEmpty)
    }

    @Test func aCancelUnderWayCounts() {
        var scene = Self.scene()
        scene.world.change("a") { $0.status = .cancelRequested }
        scene.poll()
        scene.poll()
        scene.poll()
        #expect(scene.screen.contains("stopping 4 s of 10 s"))
        for _ in 0..<5 { scene.poll() }
        #expect(scene.screen.contains("stopping 14 s"))
        scene.select("a")
        scene.type("c")
        scene.settle()
        #expect(scene.screen.contains("It is stopping 14 s."))
        scene.type("n")
        for _ in 0..<150 { scene.poll() }
        #expect(told(scene) == ["stuck a"])
    }

    @Test func howFarARunIs() {
        var run = Run.make("a", status: .running, at: -100)
        run.params.set("400", forKey: "max_steps")
        run.metrics.set(.make(0.5, step: 100), forKey: "loss")
        var scene = Scene.opened([run])
        #expect(scene.screen.contains("1m 40s 25% ~5 m"))
        scene.select("a")
        #expect(scene.screen.contains("25 %, about 5 m left"))
        #expect(scene.screen.contains("0 s ago"))
        scene.resize(80, 24)
        #expect(scene.screen.contains("25% ~5 m"))
    }

    @Test func aQueuedRunShowsItsAge() {
        var scene = Scene.opened([.make("q", status: .queued, at: -300), .make("p", status: .preparing)])
        #expect(scene.screen.contains("Queued 5 m"))
        for _ in 0..<60 { scene.poll() }
        #expect(scene.screen.contains("Preparing 2 m"))
    }
}
