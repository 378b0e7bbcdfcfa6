import RunModel
import RunServices
import SlurmCommands
import SlurmService
import TestSupport
import Testing

/// What is made of Slurm's answers, in an order that no real Slurm can be made to give them in.
@Suite struct JobBookTests {
    typealias Row = StagedSlurm.Row

    @Test func aCancelledArrayStaysARun() async throws {
        let slurm = try StagedSlurm()
        try slurm.stage([Row(id: 8, array: 7, task: "0"), Row(id: 9, array: 7, task: "1")])
        let service = try slurm.open()
        _ = try await service.runs(RunQuery(.scope(.all)))
        let before = try await service.changes(in: .all, since: nil, pageSize: 100)
        let changed = try await service.cancel(RunID("7"), includingDescendants: true)
        #expect(Set(changed.map(\.id.text)) == ["7", "7_0", "7_1"])
        let after = try await service.changes(in: .all, since: before.cursor, pageSize: 100)
        #expect(after.goneRuns.isEmpty)
        #expect(after.runs.filter { $0.status == .cancelRequested }.map(\.id.text).sorted() == ["7_0", "7_1"])
    }

    @Test func aRequeuedJobIsNotBeingCancelled() async throws {
        let slurm = try StagedSlurm()
        try slurm.stage([Row(id: 5)])
        let service = try slurm.open()
        #expect(try await service.run(RunID("5"))?.status == .running)
        #expect(try await service.cancel(RunID("5"), includingDescendants: false).map(\.status) == [.cancelRequested])
        #expect(try await service.give(.requeue, to: RunID("5")).map(\.status) == [.running])
        try slurm.stage([Row(id: 5, started: 1_500, restarts: 1)])
        #expect(try await service.run(RunID("5"))?.status == .running)
    }

    @Test func aJobThatAnotherRequeuedIsNotBeingCancelled() async throws {
        let slurm = try StagedSlurm()
        try slurm.stage([Row(id: 5)])
        let service = try slurm.open()
        #expect(try await service.cancel(RunID("5"), includingDescendants: false).map(\.status) == [.cancelRequested])
        try slurm.stage([Row(id: 5, started: 1_500, restarts: 1)])
        let run = try await service.run(RunID("5"))
        #expect(run?.status == .running && run?.tags.value(forKey: "restarts") == "1")
    }

    @Test func tasksThatWaitAreToldOnce() async throws {
        let slurm = try StagedSlurm()
        let running = Row(id: 8, array: 7, task: "0")
        try slurm.stage([running, Row(id: 7, array: 7, task: "1-9", state: "PENDING")])
        let service = try slurm.open()
        #expect(try await service.run(RunID("7"))?.tags.value(forKey: "waiting") == "1-9")
        // As after a cancel of what waits: the rest is a job that is no array's.
        try slurm.stage([running, Row(id: 7, state: "CANCELLED")], after: 1)
        _ = try await service.inspect([RunID("7")], activeDescendants: false)
        let array = try await service.changes(in: .all, since: nil, pageSize: 100).runs.first { $0.id.text == "7" }
        #expect(array?.status == .running && array?.tags.value(forKey: "waiting") == nil)
    }

    @Test func scontrolIsAskedOnceForAStartOfAJob() async throws {
        let slurm = try StagedSlurm()
        try slurm.stage([Row(id: 5, output: ""), Row(id: 6, output: "")])
        try slurm.write("job", "JobId=5 StdErr=/tmp/e StdIn=/dev/null StdOut=/tmp/o Power=\n")
        let service = try slurm.open()
        func questions() -> [String] { slurm.asked("scontrol").filter { $0.hasPrefix("show job") } }
        for _ in 0..<3 { _ = try await service.details(of: RunID("5")) }
        #expect(questions().count == 1)
        // That there is no answer is one.
        try slurm.write("job", "\n")
        for _ in 0..<3 { _ = try await service.details(of: RunID("6")) }
        #expect(questions().count == 2)
        try slurm.stage([Row(id: 5, started: 1_500, restarts: 1, output: "")])
        _ = try await service.run(RunID("5"))
        _ = try await service.details(of: RunID("5"))
        #expect(questions().count == 3)
    }

    @Test func whatMovesToAnotherPartitionLeavesTheScope() async throws {
        let slurm = try StagedSlurm()
        try slurm.stage([Row(id: 5), Row(id: 6)])
        let service = try slurm.open()
        _ = try await service.runs(RunQuery(.scope(.all)))
        let scope = RunScope.experiment(ExperimentID("main"))
        let before = try await service.changes(in: scope, since: nil, pageSize: 100)
        #expect(before.runs.count == 2)
        try slurm.stage([Row(id: 5), Row(id: 6, partition: "night")])
        _ = try await service.runs(RunQuery(.scope(.all)))
        let after = try await service.changes(in: scope, since: before.cursor, pageSize: 100)
        #expect(after.goneRuns == [RunID("6")] && after.runs.isEmpty)
    }
}
