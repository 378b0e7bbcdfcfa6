import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// What runs cost their machine, and running a command again.
@Suite struct RerunTests {
    private static func scene(size: Size = Size(columns: 120, rows: 40)) -> Scene {
        var scene = Scene.opened(
            [
                .make(
                    "a", name: "train", status: .running, at: -600,
                    metrics: [
                        ("loss", 0.5), (SystemMetric.cpu, 312.4), (SystemMetric.memory, 12_340), (SystemMetric.gpu, 87),
                        (SystemMetric.peakMemory, 14_000), (SystemMetric.processes, 9),
                        (SystemMetric.gpuMemory, 38_100),
                    ]),
                .make("b", name: "small", at: -900, metrics: [("loss", 0.7), (SystemMetric.memory, 640)]),
                .make("c", name: "old", at: -1_000, metrics: [("loss", 0.9)]),
            ], size: size)
        scene.world.sources = [
            RunID("a"): RunSource(
                command: ["python", "train.py", "--lr", "0.1", "a b"], directory: "/work", host: "box",
                revision: SourceRevision(commit: String(repeating: "c", count: 40)))
        ]
        scene.select("a")
        scene.send(.key("r"))
        scene.settle()
        scene.forget()
        return scene
    }

    @Test func columnsTellWhatRunsCost() throws {
        let text = Self.scene().screen
        let head = try #require(text.split(separator: "\n").first { $0.contains("STATUS") })
        #expect(head.contains("CPU") && head.contains("MEM") && head.contains("GPU"))
        #expect(!head.contains("system/") && head.contains("loss"))
        let row = try #require(text.split(separator: "\n").first { $0.contains("train") && $0.contains("312%") })
        #expect(row.contains("12.3G") && row.contains("87%"))
        #expect(text.contains("640M"))
    }

    @Test func theOverviewSaysItInOneLine() {
        let scene = Self.scene(size: Size(columns: 160, rows: 50))
        let text = scene.screen
        #expect(text.contains("uses       CPU 312% · memory 12.3G, at most 14.0G"))
        let run = scene.dashboard.list.table[RunID("a")]
        #expect(
            run.map { UsageText.sentence($0, .unicode) }
                == "CPU 312% · memory 12.3G, at most 14.0G · 9 processes · GPU 87%, 38.1G")
        #expect(!text.contains("system/process"))
    }

    @Test func runsAreOrderedByIt() {
        var scene = Self.scene()
        scene.type(":sort system.memory")
        scene.press(.enter)
        #expect(scene.dashboard.list.sort.column == .metric(SystemMetric.memory))
        #expect(
            scene.dashboard.list.rows.map { scene.dashboard.list.table[$0.slot].name } == ["train", "small", "old"])
        #expect(scene.dashboard.sortColumns.contains(.metric(SystemMetric.gpu)))
    }

    @Test func aCommandRunsAgainAfterTheConfirmingKey() {
        var scene = Self.scene()
        scene.type(":rerun lr=0.2")
        scene.press(.enter)
        let prompt = scene.screen
        #expect(prompt.contains("Run “train” again?") && prompt.contains("python train.py --lr 0.1 'a b'"))
        #expect(
            prompt.contains("with lr=0.2") && prompt.contains("in /work") && prompt.contains("at commit cccccccccc"))
        scene.press("y")
        #expect(scene.effects.isEmpty, "keys at once were meant for the screen before")
        scene.wait(400)
        scene.press(.enter, " ", .paste("y"))
        #expect(scene.effects.isEmpty)
        scene.press("y")
        #expect(scene.effects.contains(.rerun(RunID("a"), changes: ["lr=0.2"])))
        scene.settle()
        #expect(scene.dashboard.notice?.text == "“train” runs again as again. Note: lr=0.2.")
    }

    @Test func noStartsNothing() {
        var scene = Self.scene()
        scene.type(":rerun")
        scene.press(.enter)
        scene.wait(400)
        scene.press("n")
        #expect(scene.dashboard.mode == .browsing && scene.effects.isEmpty)
    }

    @Test func whatCannotBeRunAgainIsSaid() {
        var scene = Self.scene()
        scene.type(":rerun lr")
        scene.press(.enter)
        #expect(scene.dashboard.notice?.text.contains("no KEY=VALUE") == true)
        scene.select("b")
        scene.type(":rerun")
        scene.press(.enter)
        #expect(scene.dashboard.notice?.text.contains("does not tell its command") == true)
        let reason = "This is to look only."
        var closed = Scene.opened([.make("a")], capabilities: Capabilities().readOnly(because: reason))
        closed.type(":rerun")
        closed.press(.enter)
        #expect(closed.dashboard.notice?.text == reason && closed.dashboard.mode == .browsing)
    }

    @Test(arguments: [
        (0.4, "0M"), (999.4, "999M"), (999.6, "1.0G"), (12_340, "12.3G"), (120_400, "120G"), (1_500_000, "1.5T"),
    ])
    func amounts(_ megabytes: Double, _ text: String) { #expect(UsageText.memory(megabytes) == text) }
}
