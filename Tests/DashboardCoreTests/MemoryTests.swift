import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// How a screen is left, and found again.
@Suite struct MemoryTests {
    private static let service = ServiceDescription(kind: "local", location: "~/.local/share/runwatch")

    private static let runs: [Run] =
        [
            .make("p", name: "sweep", in: "lr", at: -1_000), .make("q", name: "other", in: "lr", at: -900),
            .make("z", name: "elsewhere", in: "data", at: -800, metrics: [("loss", 1)]),
        ] + (0..<20).map { .make("c\($0)", in: "lr", parent: "p", at: Int64($0), metrics: [("loss", Double($0))]) }

    private static func left(_ body: (inout Scene) -> Void) -> ScreenMemory {
        var scene = Scene.opened(runs)
        body(&scene)
        scene.settle()
        return scene.dashboard.memory
    }

    private static func found(_ memory: ScreenMemory, world: World = World(), runs: [Run] = Self.runs) -> Scene {
        var scene = Scene(runs, world: world)
        scene.send(.recalled(memory, complaint: nil))
        scene.send(.started)
        scene.settle()
        return scene
    }

    @Test func allIsFoundAgain() throws {
        let memory = Self.left { scene in
            scene.type(":experiment lr")
            scene.press(.enter)
            scene.settle()
            scene.select("p")
            scene.press(.right)
            scene.select("c3")
            scene.type("B ")
            scene.select("c7")
            scene.type(" ")
            scene.type("/metrics.loss > 1")
            scene.press(.enter)
            scene.type(":sort loss")
            scene.press(.enter)
            scene.type(":columns params.lr min loss -tags")
            scene.press(.enter)
            scene.type(":best loss max")
            scene.press(.enter)
            scene.select("c9")
        }
        let read = try ScreenMemory(memory.text(of: Self.service), of: Self.service)
        #expect(read == memory)
        let scene = Self.found(read)
        let dashboard = scene.dashboard
        #expect(dashboard.memory == memory)
        #expect(dashboard.list.scope == .experiment(ExperimentID("lr")) && scene.selected == "c9")
        #expect(dashboard.list.filter?.text == "metrics.loss > 1" && dashboard.filterText == "metrics.loss > 1")
        #expect(dashboard.list.sort == SortOrder(firstBy: .metric("loss")))
        #expect(dashboard.list.marks == [RunID("c3"), RunID("c7")] && dashboard.baselineRun?.id == RunID("c3"))
        #expect(dashboard.columnChoice.words == ["params.lr", "min loss", "-tags"])
        #expect(scene.screen.contains("★") && scene.screen.contains("◈"))
    }

    @Test func aFoldedTreeStaysFolded() {
        let memory = Self.left { scene in
            scene.select("p")
            scene.press(.right)
        }
        #expect(memory.folds == [RunID("p"): true])
        #expect(Self.found(memory).listed.contains("c4"))
        #expect(!Self.found(ScreenMemory()).listed.contains("c4"))
    }

    @Test func whatDoesNotExistAnyMoreIsDropped() {
        var memory = ScreenMemory()
        memory.cursor = RunID("gone")
        memory.marks = [RunID("gone"), RunID("q")]
        memory.folds = [RunID("gone"): false, RunID("p"): false]
        memory.baseline = RunID("gone")
        memory.experiment = ExperimentID("gone")
        let scene = Self.found(memory)
        #expect(scene.selected == scene.listed.first && scene.dashboard.list.scope == .all)
        #expect(scene.dashboard.list.marks == [RunID("q")])
        let after = scene.dashboard.memory
        #expect(after.marks == [RunID("q")] && after.folds == [RunID("p"): false] && after.baseline == nil)
        #expect(after.experiment == nil && after.cursor == RunID(scene.selected ?? ""))
    }

    /// Runs of other experiments are not read there, so nobody knows whether they still exist.
    @Test func marksElsewhereWaitUntilTheirRunsAreRead() {
        var memory = ScreenMemory()
        memory.marks = [RunID("z")]
        memory.experiment = ExperimentID("lr")
        var world = World()
        world.pagesAreShort = true
        var scene = Self.found(memory, world: world)
        #expect(scene.dashboard.memory.marks == [RunID("z")])
        scene.type(":experiment all")
        scene.press(.enter)
        scene.settle()
        #expect(scene.dashboard.list.marks == [RunID("z")])
        scene.type("U")
        #expect(scene.dashboard.memory.marks.isEmpty)
    }

    @Test func whoMovesMeanwhileIsNotMovedBack() {
        var memory = ScreenMemory()
        memory.cursor = RunID("z")
        var world = World()
        world.failures[.poll] = World.down
        var scene = Self.found(memory, world: world)
        #expect(scene.dashboard.memory.cursor == RunID("z"), "a service that is down takes nothing away")
        scene.type("?")
        scene.press(.escape)
        scene.world.failures = [:]
        scene.wait(200_000)
        scene.poll()
        #expect(scene.selected == "z", "keys that go nowhere change nothing")
        scene = Scene(Self.runs)
        scene.send(.recalled(memory, complaint: nil))
        scene.type(":experiment all")
        scene.press(.enter)
        scene.send(.started)
        scene.settle()
        #expect(scene.selected == "z")
    }

    @Test func aComplaintIsOneLineInTheFooter() {
        var scene = Scene.opened(Self.runs)
        scene.send(.recalled(nil, complaint: "How this screen was left cannot be read from here."))
        #expect(scene.screen.contains("How this screen was left cannot be read from here."))
    }

    @Test(arguments: 0..<100) func everyMemoryCanBeWrittenDown(seed: Int) throws {
        var random = SeededGenerator(seed)
        let texts = ["a", "b c", "%41", "line\nbreak", "\u{1B}[31m", "é", "e\u{301}", "end", "", " x ", "日本"]
        func text() -> String { texts.randomElement(using: &random) ?? "" }
        func ids() -> [RunID] { (0..<Int.random(in: 0...6, using: &random)).map { RunID("\($0)" + text()) } }
        var memory = ScreenMemory()
        if Bool.random(using: &random) { memory.experiment = ExperimentID(text()) }
        if Bool.random(using: &random) { memory.cursor = RunID(text()) }
        memory.filter = text()
        memory.sort =
            [nil, SortOrder.standard, SortOrder(column: .metric("val acc"), isDescending: true)]
            .randomElement(using: &random) ?? nil
        memory.columns = [nil, [], ["loss", "params." + text()]].randomElement(using: &random) ?? nil
        memory.marks = Set(ids())
        for id in ids() { memory.folds[id] = .random(using: &random) }
        memory.baseline = ids().first
        if Bool.random(using: &random) { memory.best = .init(metric: text(), isMost: .random(using: &random)) }
        let written = memory.text(of: Self.service)
        #expect(try ScreenMemory(written, of: Self.service) == memory)
        // Torn anywhere, it is not taken for the whole.
        let cut = written.unicodeScalars.prefix(Int.random(in: 0..<written.unicodeScalars.count, using: &random))
        #expect(throws: ScreenMemory.Problem.self) { try ScreenMemory(String(cut), of: Self.service) }
    }

    @Test(arguments: [
        "", "\n", "nonsense", "runwatch screen 2\nend\n", "runwatch screen 1\nend\n",
        "runwatch screen 1\nservice local ~/elsewhere\nend\n",
        "runwatch screen 1\nservice local ~/.local/share/runwatch\nzebra x\nend\n",
        "runwatch screen 1\nservice local ~/.local/share/runwatch\nsort\nend\n",
        "runwatch screen 1\nservice local ~/.local/share/runwatch\ncursor %4\nend\n",
        "runwatch screen 1\nservice local ~/.local/share/runwatch\ncursor %FF\nend\n",
    ])
    func whatIsNotOursIsRefused(_ text: String) {
        #expect(throws: ScreenMemory.Problem.self) { try ScreenMemory(text, of: Self.service) }
    }

    @Test func whatIsKeptIsBounded() throws {
        var memory = ScreenMemory()
        memory.marks = Set((0...ScreenMemory.mostRuns).map { RunID("r\($0)") })
        memory.filter = String(repeating: "x", count: 10_000)
        memory.cursor = RunID("c")
        let text = memory.text(of: Self.service)
        #expect(text.utf8.count < ScreenMemory.longest)
        let read = try ScreenMemory(text, of: Self.service)
        #expect(read.marks.isEmpty && read.filter.isEmpty && read.cursor == RunID("c"))
    }
}
