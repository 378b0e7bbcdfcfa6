import MLflowWire
import RemotePolling
import RunModel
import RunServices
import TestSupport
import Testing

@testable import MLflowMeaning
@testable import MLflowService

/// Runs on a real server that other programs wrote in ways of their own.
struct OddRunTests {
    /// A workspace, a way to write anything into it, and a dashboard that watches it.
    private struct Watcher {
        let api: MLflowAPI
        let service: MLflowServer
        let clock = TestClock()
        var seen = ChangeReplica()

        init(_ settings: MLflowServer.Settings = .patient) async throws {
            let server = try await MLflowTrackingServer.shared()
            let connection = try MLflowConnection(
                uri: server.address, environment: ["MLFLOW_WORKSPACE": try await server.makeWorkspace()])
            api = try MLflowAPI(connection, settings)
            service = try MLflowServer(connection, settings: settings) { [clock] in clock.now }
        }

        func make(experiment: String) async throws -> String {
            let made: MadeExperiment = try await api.post("experiments/create", ["name": experiment])
            return made.experiment_id
        }

        @discardableResult
        func make(
            run: String, in experiment: String, start: Int64, tags: [String: String] = [:]
        ) async throws -> RunID {
            let draft = Draft(
                experiment_id: experiment, run_name: run, start_time: start,
                tags: tags.map { WireEntry(key: $0.key, value: $0.value) })
            let made: WireRunAnswer = try await api.post("runs/create", draft)
            return RunID(made.run.info.runID)
        }

        func send(_ path: String, _ fields: [String: String]) async throws {
            let _: WireNothing = try await api.post(path, fields)
        }

        /// Ticks, a minute's at most, until `isThere` says so.
        mutating func wait(until isThere: (ChangeReplica) -> Bool) async throws -> Bool {
            for _ in 0..<30 {
                if isThere(seen) { return true }
                clock.advance(by: 2_000)
                try await seen.pull(from: service, pageSize: 0)
            }
            return isThere(seen)
        }
    }

    private struct MadeExperiment: Decodable { var experiment_id: String }
    private struct Draft: Encodable {
        var experiment_id: String
        var run_name: String
        var start_time: Int64
        var tags: [WireEntry]
    }

    @Test func `a parent's tag may hold anything`() async throws {
        var watcher = try await Watcher()
        let experiment = try await watcher.make(experiment: "explore-runs")
        let texts = ["0123abcd\n", "\\", #"\x"#, #"it's "both""#, "'", " ", "😀", String(repeating: "a", count: 300)]
        for (index, text) in texts.enumerated() {
            try await watcher.make(
                run: "\(index)", in: experiment, start: watcher.clock.now.milliseconds + Int64(index),
                tags: [MLflowTag.parent: text])
        }
        try await watcher.seen.catchUp(with: watcher.service, pageSize: 3)
        #expect(watcher.seen.runs.count == texts.count)
        // One that comes later does not stop the ticks either.
        let last = try await watcher.make(
            run: "last", in: experiment, start: watcher.clock.now.milliseconds + 100, tags: [MLflowTag.parent: "x\n"])
        #expect(try await watcher.wait { $0.runs[last] != nil })
        #expect(try await watcher.service.details(of: last).run.name == "last")
    }

    @Test func `an experiment that is restored has its runs again`() async throws {
        var watcher = try await Watcher()
        let experiment = try await watcher.make(experiment: "explore-runs")
        let other = try await watcher.make(experiment: "other")
        for index in 0..<3 {
            let start = watcher.clock.now.milliseconds - 100_000 + Int64(index)
            try await watcher.make(run: "old", in: experiment, start: start)
        }
        let kept = try await watcher.make(run: "kept", in: other, start: watcher.clock.now.milliseconds)
        try await watcher.seen.catchUp(with: watcher.service)
        #expect(watcher.seen.runs.count == 4)

        try await watcher.send("experiments/delete", ["experiment_id": experiment])
        #expect(try await watcher.wait { $0.experiments[ExperimentID(experiment)] == nil })
        #expect(watcher.seen.runs.keys.map { $0 } == [kept])
        #expect(watcher.seen.experiments[ExperimentID(other)] != nil)

        try await watcher.send("experiments/restore", ["experiment_id": experiment])
        #expect(try await watcher.wait { $0.runs.count == 4 })
        #expect(watcher.seen.experiments[ExperimentID(experiment)]?.counts.active == 3)
    }

    @Test func `an old run that goes on is seen at work`() async throws {
        var settings = MLflowServer.Settings.patient
        settings.reconciledRuns = 2
        var watcher = try await Watcher(settings)
        let experiment = try await watcher.make(experiment: "explore-runs")
        var runs: [RunID] = []
        for index in 0..<5 {
            let start = watcher.clock.now.milliseconds - 10_000 + Int64(index)
            runs.append(try await watcher.make(run: "\(index)", in: experiment, start: start))
            try await watcher.send("runs/update", ["run_id": runs[index].text, "status": "FINISHED"])
        }
        try await watcher.seen.catchUp(with: watcher.service)
        #expect(watcher.seen.runs[runs[0]]?.status == .completed)
        try await watcher.send("runs/update", ["run_id": runs[0].text, "status": "RUNNING"])
        #expect(try await watcher.wait { $0.runs[runs[0]]?.status == .running })
        #expect(watcher.seen.runs.values.filter { $0.status.isActive }.count == 1)
    }

    @Test func `a start in microseconds hides no later run`() async throws {
        var watcher = try await Watcher()
        let experiment = try await watcher.make(experiment: "explore-runs")
        let now = watcher.clock.now.milliseconds
        let odd = try await watcher.make(run: "odd", in: experiment, start: now * 1_000)
        try await watcher.make(run: "first", in: experiment, start: now)
        try await watcher.seen.catchUp(with: watcher.service)
        #expect(watcher.seen.runs[odd] != nil)
        try await watcher.send("runs/update", ["run_id": odd.text, "status": "FINISHED", "end_time": "\(now * 1_000)"])
        watcher.clock.advance(by: 2_000)
        try await watcher.seen.pull(from: watcher.service, pageSize: 0)
        #expect(watcher.seen.runs[odd]?.status == .completed)

        let late = try await watcher.make(run: "late", in: experiment, start: now + 1_000)
        watcher.clock.advance(by: 2_000)
        let batch = try await watcher.seen.pull(from: watcher.service, pageSize: 0)
        #expect(batch.runs.map(\.id) == [late])
    }

    @Test func `a piece of a log costs a piece`() async throws {
        let watcher = try await Watcher()
        let run = try await watcher.service.createRun(RunDraft(experimentName: "explore-runs", name: "chatty"))
        let text = Array((0..<100_000).map { "\($0)\n" }.joined().utf8)
        try await watcher.service.appendLog(text, named: "stdout.log", of: run.id)
        _ = try await watcher.service.publishLogs(of: run.id, isFinal: true)
        let name = try #require(try await watcher.service.details(of: run.id).commandLog?.name)
        let before = watcher.service.traffic.bytes
        let piece = try await watcher.service.readLog(name, of: run.id, offset: 300_000, length: 1_000)
        #expect(piece.bytes == Array(text[300_000..<301_000]))
        #expect(piece.size == Int64(text.count))
        #expect(watcher.service.traffic.bytes - before < 5_000)
    }
}
