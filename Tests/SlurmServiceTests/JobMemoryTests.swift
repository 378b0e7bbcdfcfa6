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
        // Nobody sees the end of a job while nobody watches; it is said that it is not known.
        let unseen = try await cluster.submit("exec sleep 1000")
        let watcher = try cluster.open()
        _ = try await watcher.run(unseen, is: [.running])
        try await cluster.tool.cancel([unseen.text])
        _ = try await eventually("Slurm has forgotten it") {
            (try? await cluster.tool.jobs([unseen.text])) == nil ? true : nil
        }
        let lost = try await watcher.run(unseen, is: [.canceled, .unknown("FORGOTTEN")])
        #expect(lost.endedAt != nil)
        if lost.status == .unknown("FORGOTTEN") {
            #expect(try await watcher.details(of: unseen).remarks?.first?.contains("nobody saw how it ended") == true)
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

    @Test func accountingIsAskedWhereItAnswers() async throws {
        let cluster = try await Cluster(SlurmInstance())
        let id = try await cluster.submit("exec sleep 1000", ["-J", "seen"])
        // squeue answers until the job is to be gone; sacct is a stand-in in Slurm's words, for there is no slurmdbd here.
        let bin = cluster.place.path + "/bin"
        try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
        for (name, text) in [
            ("squeue", "[ -e \(bin)/gone ] && exit 0; exec /usr/bin/squeue \"$@\""),
            (
                "sacct",
                """
                echo "$*" >>\(bin)/asked
                for a; do case $a in --delimiter=*) m=${a#*=};; esac; done
                for x in \(id) \(id) ana main 'CANCELLED by 0' n1 5 6 7 1:00 1 1 cpu=1 team 0:15 /tmp seen ''; do
                    printf '%s%s' "$x" "$m"
                done; echo
                """
            ),
        ] {
            try "#!/bin/bash\n\(text)\n".write(toFile: "\(bin)/\(name)", atomically: true, encoding: .utf8)
            chmod("\(bin)/\(name)", 0o755)
        }
        let environment = cluster.environment.merging(["PATH": "\(bin):/usr/bin:/bin"]) { $1 }
        let clock = TestClock()
        let address = try #require(try SlurmAddress(uri: "slurm:?interval=1"))
        let service = SlurmService(address, environment: environment, host: "here") { clock.now }
        _ = try await eventually("it runs") {
            clock.advance(by: 2_000)
            return try await service.run(id)?.status == .running ? true : nil
        }
        _ = FileManager.default.createFile(atPath: bin + "/gone", contents: nil)
        clock.advance(by: 2_000)
        let run = try #require(try await service.run(id))
        #expect(run.status == .canceled && run.endedAt?.milliseconds == 7_000)
        let asked = try String(contentsOfFile: bin + "/asked", encoding: .utf8)
        #expect(asked.contains("--starttime=20") && asked.contains("-j \(id)"))
        try await cluster.tool.cancel([id.text])
    }
}
