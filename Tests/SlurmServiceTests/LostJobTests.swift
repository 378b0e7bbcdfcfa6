import RunModel
import RunServices
import SlurmCommands
import SlurmService
import TestSupport
import Testing

/// What is said of jobs whose end nobody saw.
@Suite struct LostJobTests {
    typealias Row = StagedSlurm.Row
    private let id = RunID("5")
    private let forgotten = RunStatus.unknown("FORGOTTEN")

    @Test func noPollWaitsForTheAccounting() async throws {
        let slurm = try StagedSlurm()
        try slurm.write("out", "hello")
        try slurm.stage([Row(id: 5, restarts: 2, output: slurm.place.path + "/bin/out")])
        let service = try slurm.open()
        #expect(try await service.run(id)?.status == .running)
        try slurm.set("sacct", .held)
        try slurm.stage([])
        _ = try await eventually("sacct is asked") {
            _ = try await service.changes(in: .all, since: nil, pageSize: 100)
            return slurm.asked("sacct").isEmpty ? nil : true
        }
        let meanwhile = try await service.changes(in: .all, since: nil, pageSize: 100).runs
        #expect(meanwhile.map(\.status) == [.running])
        // Of an earlier start, and of this one.
        try slurm.account([("5", "PREEMPTED", 900), ("5", "TIMEOUT", 1_000)])
        try slurm.set("sacct", nil)
        let run = try #require(try await service.run(id))
        #expect(
            run.failure?.code == "TIMEOUT"
                && run.endedAt == Timestamp(seconds: Int64(StagedSlurm.epoch) + 1_007, nanoseconds: 0))
        #expect(run.tags.value(forKey: "restarts") == "2")
        #expect(try await service.details(of: id).logs.map(\.name) == ["out"])
        let asked = slurm.asked("sacct")
        #expect(asked.count == 1 && asked.allSatisfy { $0.contains("--starttime=2025") && $0.contains("-j 5 ") })
        // Another process knows it without a question.
        #expect(try await slurm.open().run(id) == run)
        #expect(slurm.asked("sacct").count == 1)
    }

    @Test func anAccountingThatDoesNotAnswerIsAskedAgain() async throws {
        let slurm = try StagedSlurm()
        try slurm.stage([Row(id: 5)])
        let service = try slurm.open()
        #expect(try await service.run(id)?.status == .running)
        try slurm.set("sacct", .down)
        try slurm.stage([])
        #expect(try await service.run(id)?.status == forgotten)
        #expect(try await slurm.open().run(id) == nil, "what is not certain is not written down")
        // The accounting may also lag behind.
        try slurm.set("sacct", nil)
        try slurm.account([("5", "RUNNING", 1_000)])
        try slurm.stage([], after: 61_000)
        #expect(try await service.run(id)?.status == forgotten)
        try slurm.account([("5", "COMPLETED", 1_000)])
        try slurm.stage([])
        #expect(try await service.run(id)?.status == forgotten, "not so soon again")
        try slurm.stage([], after: 61_000)
        #expect(try await service.run(id)?.status == .completed)
        #expect(slurm.asked("sacct").count == 3)
    }

    @Test func aJobThatComesAgainIsNotForgotten() async throws {
        let slurm = try StagedSlurm()
        try slurm.stage([Row(id: 5)])
        let service = try slurm.open()
        #expect(try await service.run(id)?.status == .running)
        try slurm.stage([])
        let lost = try #require(try await service.run(id))
        #expect(lost.status == forgotten && lost.endedAt != nil)
        #expect(try await service.details(of: id).remarks?.first?.contains("nobody saw how it ended") == true)
        #expect(try await slurm.open().run(id) == lost)
        try slurm.stage([Row(id: 5)])
        #expect(try await service.run(id)?.status == .running)
        try slurm.account([("5", "TIMEOUT", 1_000)])
        try slurm.stage([])
        #expect(try await service.run(id)?.status == .failed)
    }

    @Test func tasksThatWaitedTogetherEndOneByOne() async throws {
        let slurm = try StagedSlurm()
        try slurm.stage([
            Row(id: 8, array: 7, task: "0", restarts: 1), Row(id: 7, array: 7, task: "1-3%1", state: "PENDING"),
        ])
        let service = try slurm.open()
        #expect(try await service.run(RunID("7"))?.status == .running)
        try slurm.account([("7_0", "COMPLETED", 1_000), ("7_1", "TIMEOUT", 1_000), ("7_[2-3]", "CANCELLED", 1_000)])
        try slurm.stage([])
        #expect(try await service.run(RunID("7"))?.failure?.message == "Of its tasks: 1 TIMEOUT")
        let tasks = try await service.children(of: RunID("7"), recursive: false, matching: nil)
        #expect(tasks.map(\.status) == [.completed, .failed])
        #expect(tasks.first?.tags.value(forKey: "restarts") == "1")
    }
}
