import FileAccess
import Foundation
import RunModel
import RunServices
import SlurmCommands
import SlurmService
import TestSupport
import Testing

/// Which of the jobs that are over are shown later.
@Suite struct RememberedJobTests {
    typealias Row = StagedSlurm.Row

    /// What a process that begins now shows.
    private func shown(_ slurm: StagedSlurm, _ address: String) async throws -> [RunID] {
        try await slurm.open(address).runs(RunQuery(.scope(.all))).items.map(\.id)
    }

    /// A cluster that told of a job that is over, and knows it no more.
    private func stage() async throws -> StagedSlurm {
        let slurm = try StagedSlurm()
        try slurm.stage([Row(id: 5, state: "COMPLETED")])
        #expect(try await shown(slurm, "slurm:?user=all&interval=1") == [RunID("5")])
        try slurm.stage([])
        #expect(try await shown(slurm, "slurm:?user=all&interval=1") == [RunID("5")])
        return slurm
    }

    @Test func othersJobsAreNotOnesOwn() async throws {
        let slurm = try await stage()
        #expect(try await shown(slurm, "slurm:?interval=1").isEmpty)
        #expect(try await shown(slurm, "slurm:?user=bea&interval=1").isEmpty)
        // One's own are, under either address.
        try slurm.stage([Row(id: 6, state: "COMPLETED", user: SlurmTool.userName)])
        #expect(try await shown(slurm, "slurm:?interval=1") == [RunID("6")])
        try slurm.stage([])
        #expect(try await shown(slurm, "slurm:?user=\(SlurmTool.userName)&interval=1") == [RunID("6")])
    }

    @Test func aClusterHasItsOwnJobsInASharedHome() async throws {
        let slurm = try await stage()
        try slurm.write("cluster", "beta")
        #expect(try await shown(slurm, "slurm:?user=all&interval=1").isEmpty)
        try slurm.write("cluster", "alpha")
        #expect(try await shown(slurm, "slurm:?user=all&interval=1") == [RunID("5")])
    }

    @Test func aJobIsForgottenAfterNinetyDays() async throws {
        let slurm = try await stage()
        try slurm.stage([], after: 89 * 86_400_000)
        #expect(try await shown(slurm, "slurm:?user=all&interval=1") == [RunID("5")])
        try slurm.stage([], after: 86_400_000)
        #expect(try await shown(slurm, "slurm:?user=all&interval=1").isEmpty)
    }

    @Test func endsAreKeptUntilTheClusterIsKnown() async throws {
        let slurm = try StagedSlurm()
        try slurm.set("scontrol", .down)
        try slurm.stage([Row(id: 5, state: "COMPLETED")])
        let service = try slurm.open()
        #expect(try await service.run(RunID("5"))?.status == .completed)
        try slurm.set("scontrol", .held)
        try slurm.stage([])
        // No poll waits for the name either.
        #expect(try await service.changes(in: .all, since: nil, pageSize: 9).runs.map(\.id) == [RunID("5")])
        try slurm.set("scontrol", nil)
        #expect(try await service.run(RunID("5"))?.status == .completed)
        #expect(try await shown(slurm, "slurm:?user=all&interval=1") == [RunID("5")])
    }

    @Test func theFileIsWrittenAnewWithTheNewest() async throws {
        let slurm = try await stage()
        let root = slurm.place.path + "/state/runwatch/slurm-jobs"
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: root).first)
        let path = "\(root)/\(name)/jobs"
        func records() throws -> [SlurmJob] {
            try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap { JobRecord.job($0) }
        }
        var job = SlurmJob(id: 1, state: SlurmState("FAILED"))
        job.comment = String(repeating: "x", count: 40)
        var lines = ""
        for id in 10...20_010 {
            job.id = id
            let age: Int64 = id.isMultiple(of: 2) ? 91 * 86_400_000 : 0
            job.endsAt = slurm.clock.now.advanced(byMilliseconds: -age)
            lines += JobRecord.line(job) + "\n"
        }
        // Twice the same job, and once that it was lost.
        (job.id, job.endsAt) = (11, slurm.clock.now)
        job.state = SlurmState("COMPLETED")
        lines += JobRecord.line(job) + "\n"
        job.state = SlurmState("FORGOTTEN")
        lines += JobRecord.line(job) + "\n"
        let before = try String(contentsOfFile: path, encoding: .utf8)
        try (before + lines).write(toFile: path, atomically: false, encoding: .utf8)
        #expect(lines.utf8.count > 1 << 20)
        // The next one that ends has it written anew.
        try slurm.stage([Row(id: 30_000, state: "COMPLETED")])
        _ = try await shown(slurm, "slurm:?user=all&interval=1")
        try slurm.stage([Row(id: 30_000, state: "COMPLETED"), Row(id: 30_001, state: "COMPLETED")])
        _ = try await shown(slurm, "slurm:?user=all&interval=1")
        let kept = try records()
        #expect(kept.count <= 10_003 && kept.count > 9_990)
        #expect(kept.filter { $0.id == 11 }.map(\.state.word) == ["COMPLETED"])
        #expect(!kept.contains { $0.id == 12 } && kept.contains { $0.id == 20_009 })
        #expect(kept.last?.id == 30_001)
    }
}
