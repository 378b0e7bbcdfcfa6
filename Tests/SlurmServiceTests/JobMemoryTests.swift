import Foundation
import RunModel
import RunServices
import SlurmCommands
import SlurmService
import TestSupport
import Testing

/// What is known of jobs once Slurm has forgotten them, and while it does not answer.
@Suite struct JobMemoryTests {
    @Test func endsOutlastSlurmsMemory() async throws {
        let cluster = try await Cluster(SlurmInstance(SlurmInstance.Options(memory: 2)))
        let service = try cluster.open()
        let id = try await cluster.submit("echo done; exit 3", output: cluster.place.path + "/out")
        let run = try await service.run(id, is: [.failed])
        _ = try await eventually("Slurm has forgotten it") {
            do {
                _ = try await cluster.tool.jobs([id.text])
                return nil as Bool?
            } catch let error as RunServiceError where error.code == .notFound {
                return true
            }
        }
        // For who saw it end, and for another process.
        for one in [service, try cluster.open()] {
            let remembered = try #require(try await one.run(id))
            #expect(remembered == run)
            #expect(try await one.details(of: id).logs.map(\.name) == ["out"])
        }
    }

    @Test func oldDataAreToldWithTheirAge() async throws {
        let cluster = try await Cluster(SlurmInstance())
        let service = try cluster.open()
        let id = try await cluster.submit("exec sleep 1000")
        _ = try await service.run(id, is: [.running])
        let fresh = try await service.changes(in: .all, since: nil, pageSize: 100)
        #expect(fresh.freshness?.trouble == nil && fresh.freshness?.interval == 1_000)
        try await cluster.slurm.stopController()
        let old = try await eventually("Slurm is known not to answer") {
            let clock = ContinuousClock.now
            let batch = try await service.changes(in: .all, since: nil, pageSize: 100)
            // A poll waits for no command of Slurm's.
            #expect(clock.duration(to: .now) < .seconds(5))
            try await Task.sleep(for: .milliseconds(200))
            return batch.freshness?.trouble == nil ? nil : batch
        }
        #expect(old.runs.contains { $0.id == id && $0.status == .running })
        #expect(old.freshness?.trouble?.code == .unavailable)
        // A listing has no age to tell, so it does not pretend.
        let error = await #expect(throws: RunServiceError.self) { try await service.runs(RunQuery(.scope(.all))) }
        #expect(error?.code == .unavailable)
        let refused = await #expect(throws: RunServiceError.self) {
            try await service.cancel(id, includingDescendants: false)
        }
        #expect(refused?.code == .unavailable)
        try await cluster.slurm.startController()
        _ = try await eventually("it answers again") {
            try await service.changes(in: .all, since: nil, pageSize: 100).freshness?.trouble == nil ? true : nil
        }
    }
}
