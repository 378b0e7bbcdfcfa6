import Foundation
import Glibc
import LocalStore
import ProcessTable
import RunExecution
import RunModel
import RunServices
import TestSupport
import Testing

/// Who is ended and who is not, over a store of ours and one of MLflow's.
@Suite struct HostReaperTests {
    static let factories: [RunServiceFactory] = [.localStore, .mlflowFiles]

    /// A service, and a reaper as a dashboard on this host has it.
    private struct Stage {
        let backend: TestBackend
        let service: any SupervisedRunService
        let records: OwnershipRecords
        let reaper: HostReaper
        private let place: TemporaryDirectory

        init(_ factory: RunServiceFactory) async throws {
            backend = try await factory.makeBackend()
            service = try await backend.open()
            place = try TemporaryDirectory()
            records = OwnershipRecords(directory: place.path + "/runwatch/commands")
            reaper = HostReaper(service, records: records) { [backend] in backend.clock.now }
        }

        func startRun(_ supervisor: Supervisor) async throws -> RunID {
            let run = try await service.createRun(RunDraft(experimentName: "e"))
            try await service.attach(supervisor, to: run.id)
            try await service.apply(.start, to: run.id, onBehalfOf: .lifecycle)
            return run.id
        }

        /// A command that a supervisor started which is gone now.
        func startOrphan(
            _ script: String = "exec sleep 1000", as address: String? = nil
        ) async throws -> (RunID, TestProcess) {
            let supervisor = try TestProcess()
            let id = try await startRun(Stamps.here(supervisor.stamp))
            let note = try #require(
                records.begin(run: id, service: address ?? service.address, supervisor: supervisor.stamp))
            let command = try TestProcess(script, environment: [note.record.environmentEntry])
            note.add(command: command.stamp)
            try await service.attach(Stamps.here(supervisor.stamp, command: command.stamp), to: id)
            supervisor.kill()
            return (id, command)
        }

        /// The run once the reaper has looked and done what it found to do.
        func reaped(_ id: RunID) async throws -> Run {
            await reaper.look(after: try await service.changes(in: .all, since: nil, pageSize: 100))
            await reaper.waitForEnds()
            return try await service.details(of: id).run
        }

        func fallSilent() { backend.clock.advance(by: Heartbeat.silenceLimit + 1) }
    }

    private enum Forgery: CaseIterable {
        case fresh, stale, asSupervisor, copiedRecord
    }

    /// Whether `pid` runs; a zombie that no one has asked about does not.
    private func isRunning(_ pid: Int32) -> Bool {
        ProcessEntry.snapshot().contains { $0.pid == pid && !$0.isZombie }
    }

    @Test(arguments: factories) func whatAServiceSaysOfAProcessEndsNone(_ factory: RunServiceFactory) async throws {
        for forgery in Forgery.allCases {
            let stage = try await Stage(factory)
            let victim = try TestProcess()
            let gone = try TestProcess()
            gone.kill()
            let named =
                forgery == .asSupervisor
                ? Stamps.here(victim.stamp, command: victim.stamp) : Stamps.here(gone.stamp, command: victim.stamp)
            let id = try await stage.startRun(named)
            if forgery == .copiedRecord {
                // A record of our own of another run, or whose nonce the process does not carry, proves nothing either.
                for run in [RunID("another"), id] {
                    let note = try #require(
                        stage.records.begin(run: run, service: stage.service.address, supervisor: gone.stamp))
                    note.add(command: victim.stamp)
                }
            }
            if forgery == .stale {
                stage.fallSilent()
                #expect(try await stage.reaped(id).status == .notResponding)
            }
            try await stage.service.cancel(id, includingDescendants: true)
            _ = try await stage.reaped(id)
            stage.fallSilent()
            #expect(try await stage.reaped(id).status == .canceled, "\(forgery)")
            _ = try? await stage.reaper.cancel(id, includingDescendants: true)
            #expect(!victim.hasEnded, "\(forgery)")
        }
    }

    @Test(arguments: factories) func anOrphanIsEndedWithItsChildInAnotherSession(
        _ factory: RunServiceFactory
    ) async throws {
        for isOwnCancel in [true, false] {
            let stage = try await Stage(factory)
            let place = try TemporaryDirectory()
            let child = place.path + "/child"
            // The child takes its time, and its leader does not wait for it.
            let script = """
                setsid sh -c 'trap "sleep 0.3; exit" TERM; echo $$ > \(child); while :; do sleep 0.05; done' &
                exec sleep 1000
                """
            let (id, command) = try await stage.startOrphan(script)
            let pid = try await eventually("the child runs") {
                (try? String(contentsOfFile: child, encoding: .utf8)).flatMap { Int32($0.dropLast()) }
            }
            stage.fallSilent()
            #expect(try await stage.reaped(id).status == .notResponding)
            #expect(isRunning(pid) && !command.hasEnded)
            if isOwnCancel {
                #expect(try await stage.reaper.cancel(id, includingDescendants: false).map(\.status) == [.canceled])
            } else {
                // As another machine would, which has no way to the process.
                try await stage.service.cancel(id, includingDescendants: false)
            }
            #expect(try await stage.reaped(id).status == .canceled)
            #expect(!isRunning(pid))
            #expect(command.hasEnded)
            #expect(stage.records.all().isEmpty)
        }
    }

    @Test func anOrphanIsEndedUnderAnotherSpellingOfTheAddress() async throws {
        let stage = try await Stage(.localStore)
        let place = try TemporaryDirectory()
        let link = place.path + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: stage.service.address)
        for spelling in [stage.service.address + "/", link] {
            let (id, command) = try await stage.startOrphan(as: spelling)
            let state = try #require(try await stage.service.details(of: id).supervisor)
            #expect(await stage.reaper.reach(of: state.supervisor, for: id) == .proven)
            #expect(try await stage.reaper.cancel(id, includingDescendants: false).map(\.status) == [.canceled])
            #expect(command.hasEnded, "\(spelling)")
        }
    }

    @Test(arguments: factories) func aHostTellsHowFarItGets(_ factory: RunServiceFactory) async throws {
        let stage = try await Stage(factory)
        let (id, command) = try await stage.startOrphan()
        func reach(_ supervisor: Supervisor? = nil) async throws -> CommandReach {
            let known = try #require(try await stage.service.details(of: id).supervisor?.supervisor)
            return await stage.reaper.reach(of: supervisor ?? known, for: id)
        }
        #expect(try await reach() == .proven)
        #expect(await stage.reaper.reach(of: Stamps.elsewhere, for: RunID("x")) == .elsewhere(Stamps.elsewhere.host))
        let own = Stamps.here(try Stamps.stamp(of: getpid()), command: command.stamp)
        #expect(await stage.reaper.reach(of: own, for: RunID("x")) == .supervised)
        try FileManager.default.removeItem(atPath: try #require(stage.records.directory))
        #expect(try await reach() == .unproven(pid: command.stamp.pid))
        command.kill()
        #expect(try await reach() == .gone)
    }

    @Test(arguments: factories) func aRunWhoseCommandIsGoneTooIsLost(_ factory: RunServiceFactory) async throws {
        let stage = try await Stage(factory)
        let (id, command) = try await stage.startOrphan()
        command.kill()
        stage.fallSilent()
        let lost = try await stage.reaped(id)
        #expect(lost.status == .failed)
        #expect(lost.failure?.code == SupervisorLoss.code)
        #expect(stage.records.all().isEmpty)
    }

    @Test func oneReaperAtATimeTellsACommandToEnd() async throws {
        let stage = try await Stage(.localStore)
        let place = try TemporaryDirectory()
        let told = place.path + "/told"
        let ready = place.path + "/ready"
        let script = """
            trap 'echo told >> \(told); got=1' TERM; echo > \(ready); while [ -z "$got" ]; do sleep 0.05; done
            for i in 1 2 3 4 5; do sleep 0.1; done
            """
        let (id, command) = try await stage.startOrphan(script)
        _ = try await eventually("it is ready") { access(ready, F_OK) == 0 ? true : nil }
        let others = (0..<3).map { _ in
            HostReaper(stage.service, records: stage.records) { [backend = stage.backend] in backend.clock.now }
        }
        try await stage.service.cancel(id, includingDescendants: false)
        await withTaskGroup { group in
            for reaper in others {
                group.addTask {
                    await reaper.look()
                    await reaper.waitForEnds()
                }
            }
        }
        #expect(command.hasEnded)
        #expect(try String(contentsOfFile: told, encoding: .utf8) == "told\n")
        #expect(try await stage.reaped(id).status == .canceled)
    }

    @Test func aServiceIsAskedOfAFewRunsAtATime() async throws {
        let stage = try await Stage(.localStore)
        let gone = try TestProcess()
        gone.kill()
        let runs = try await stage.service.createRuns((0..<200).map { _ in RunDraft(experimentName: "e") })
        for run in runs { try await stage.service.attach(Stamps.here(gone.stamp), to: run.id) }
        stage.fallSilent()
        let slow = RefusingService(stage.service)
        slow.answerDelay = 5
        let reaper = HostReaper(slow, records: stage.records) { [backend = stage.backend] in backend.clock.now }
        let batch = try await slow.changes(in: .all, since: nil, pageSize: 1_000)
        await reaper.look(after: batch)
        #expect(slow.questions.total == 64)
        #expect(slow.questions.atOnce <= 4)
        for _ in 0..<4 { await reaper.look() }
        let left = try await stage.service.runs(in: .all, matching: nil, limit: 1_000)
        #expect(left.allSatisfy { $0.status == .failed })
    }
}
