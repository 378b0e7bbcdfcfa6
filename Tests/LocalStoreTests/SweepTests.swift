import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct SweepTests {
    private let directory: TemporaryDirectory
    private let clock = TestClock()
    private let store: LocalStore

    init() async throws {
        directory = try TemporaryDirectory()
        store = try await LocalStore.open(at: directory.path) { [clock] in clock.now }
    }

    private func startRun(_ supervisor: Supervisor) async throws -> RunID {
        let run = try await store.createRun(RunDraft(experimentName: "e"))
        try await store.attach(supervisor, to: run.id)
        try await store.apply(.start, to: run.id, onBehalfOf: .lifecycle)
        return run.id
    }

    /// The run after the next poll of a dashboard.
    private func swept(_ id: RunID) async throws -> Run {
        clock.advance(by: 2_000)
        _ = try await store.changes(in: .all, since: nil, pageSize: 1)
        return try await store.details(of: id).run
    }

    @Test func aSilentSupervisorIsNotRespondingUntilItIsHeardAgain() async throws {
        let id = try await startRun(Stamps.elsewhere)
        clock.advance(by: Heartbeat.silenceLimit - 2_000)
        #expect(try await swept(id).status == .running)
        let silent = try await swept(id)
        #expect(silent.status == .notResponding)
        #expect(silent.failure?.message?.contains("another-host.example.org") == true)
        #expect(try await store.heartbeat(of: id) == .running)
        let back = try await swept(id)
        #expect(back.status == .running)
        #expect(back.failure == nil)
        #expect(back.endedAt == nil)
    }

    @Test func heartbeatsKeepARunAliveWithoutChangingIt() async throws {
        let id = try await startRun(Stamps.elsewhere)
        let before = try await store.changes(in: .all, since: nil, pageSize: 9)
        for _ in 0..<60 {
            clock.advance(by: Heartbeat.interval)
            #expect(try await store.heartbeat(of: id) == .running)
        }
        let after = try await store.changes(in: .all, since: before.cursor, pageSize: 9)
        #expect(after.runs.isEmpty)
        let last = try #require(try await store.details(of: id).supervisor?.lastHeartbeat)
        #expect(clock.now.milliseconds(since: last) < Heartbeat.writeInterval)
    }

    @Test func aKilledSupervisorWhoseCommandIsGoneTooLosesTheRun() async throws {
        let (supervisor, command) = (try TestProcess(), try TestProcess())
        let id = try await startRun(Stamps.here(supervisor.stamp, command: command.stamp))
        #expect(try await swept(id).status == .running)
        let lastSign = try #require(try await store.details(of: id).supervisor?.lastHeartbeat)
        supervisor.kill()
        command.kill()
        let lost = try await swept(id)
        #expect(lost.status == .failed)
        #expect(lost.failure?.code == "SupervisorLost")
        #expect(lost.failure?.message?.contains("\(supervisor.stamp.pid)") == true)
        #expect(lost.endedAt == lastSign)
    }

    @Test func aSupervisorOfAnEarlierBootOrAReusedPidIsGone() async throws {
        let process = try TestProcess()
        var (reused, rebooted) = (process.stamp, process.stamp)
        reused.startTicks -= 1
        rebooted.bootID = "00000000-0000-4000-8000-000000000000+pid:[1]"
        for stamp in [reused, rebooted] {
            let id = try await startRun(Stamps.here(stamp, command: stamp))
            #expect(try await swept(id).failure?.code == "SupervisorLost")
        }
        // The same boot seen from another container: nothing is proven, so only silence counts.
        var container = process.stamp
        container.pid = 4_190_000
        container.bootID += "0"
        let id = try await startRun(Stamps.here(container))
        #expect(try await swept(id).status == .running)
        clock.advance(by: Heartbeat.silenceLimit)
        #expect(try await swept(id).status == .notResponding)
    }

    @Test func anOrphanedCommandIsNamedAndEndsAsLost() async throws {
        let (supervisor, command) = (try TestProcess(), try TestProcess())
        let id = try await startRun(Stamps.here(supervisor.stamp, command: command.stamp))
        supervisor.kill()
        let orphaned = try await swept(id)
        #expect(orphaned.status == .notResponding)
        #expect(orphaned.failure?.message?.contains("\(command.stamp.pid)") == true)
        #expect(try await swept(id) == orphaned)
        command.kill()
        let lost = try await swept(id)
        #expect(lost.status == .failed)
        #expect(lost.failure?.code == "SupervisorLost")
        #expect(lost.endedAt == clock.now)
    }

    @Test func cancellingAnOrphanEndsItsCommand() async throws {
        let (supervisor, command) = (try TestProcess(), try TestProcess())
        let id = try await startRun(Stamps.here(supervisor.stamp, command: command.stamp))
        supervisor.kill()
        #expect(try await store.cancel(id, includingDescendants: false).map(\.status) == [.cancelRequested])
        #expect(try await eventually { try await swept(id).status == .canceled })
        #expect(try await store.details(of: id).run.failure == nil)
    }

    @Test func anOrphanThatIgnoresTermIsKilledAfterTheGrace() async throws {
        let ready = directory.path + "/ready"
        let supervisor = try TestProcess()
        let command = try TestProcess("trap '' TERM; echo > '\(ready)'; exec sleep 1000")
        let id = try await startRun(Stamps.here(supervisor.stamp, command: command.stamp))
        #expect(try await eventually { FileManager.default.fileExists(atPath: ready) })
        supervisor.kill()
        #expect(try await store.cancel(id, includingDescendants: false).map(\.status) == [.cancelRequested])
        for _ in 0..<4 { #expect(try await swept(id).status == .cancelRequested) }
        #expect(try await eventually { try await swept(id).status == .canceled })
    }

    @Test func aGroupWhoseLeaderEndedStillCounts() async throws {
        let pidFile = directory.path + "/pid"
        let supervisor = try TestProcess()
        let command = try TestProcess("sleep 1000 & echo done > '\(pidFile)'")
        let id = try await startRun(Stamps.here(supervisor.stamp, command: command.stamp))
        #expect(try await eventually { FileManager.default.fileExists(atPath: pidFile) })
        supervisor.kill()
        #expect(try await swept(id).status == .notResponding)
        try await store.cancel(id, includingDescendants: false)
        #expect(try await eventually { try await swept(id).status == .canceled })
    }

    @Test func aLivingButSilentSupervisorHereIsAskedToCancel() async throws {
        let supervisor = try TestProcess()
        let id = try await startRun(Stamps.here(supervisor.stamp))
        clock.advance(by: Heartbeat.silenceLimit)
        #expect(try await swept(id).status == .notResponding)
        #expect(try await store.cancel(id, includingDescendants: false).map(\.status) == [.cancelRequested])
        #expect(try await swept(id).status == .cancelRequested)
        #expect(try await store.heartbeat(of: id) == .cancelRequested)
        supervisor.kill()
        #expect(try await swept(id).status == .canceled)
    }

    @Test func aRequestToASupervisorElsewhereThatFallsSilentIsCanceled() async throws {
        let id = try await startRun(Stamps.elsewhere)
        #expect(try await store.cancel(id, includingDescendants: false).map(\.status) == [.cancelRequested])
        #expect(try await swept(id).status == .cancelRequested)
        clock.advance(by: Heartbeat.silenceLimit)
        #expect(try await swept(id).status == .canceled)
    }

    @Test func openingSweeps() async throws {
        let supervisor = try TestProcess()
        let id = try await startRun(Stamps.here(supervisor.stamp))
        supervisor.kill()
        let other = try await LocalStore.open(at: directory.path) { [clock] in clock.now }
        #expect(try await other.details(of: id).run.status == .failed)
    }

    @Test func aSupervisorCannotAttachToARunThatIsOver() async throws {
        let run = try await store.createRun(RunDraft(experimentName: "e"))
        try await store.cancel(run.id, includingDescendants: false)
        let error = await refusal { try await store.attach(Stamps.elsewhere, to: run.id) }
        #expect(error?.code == .conflict)
    }

    @Test func aReadOnlyStoreTellsSilenceWithoutWritingIt() async throws {
        let id = try await startRun(Stamps.elsewhere)
        let reader = try await LocalStore.open(at: directory.path, access: .readOnly) { [clock] in clock.now }
        var replica = ChangeReplica()
        try await replica.catchUp(with: reader)
        #expect(replica.runs[id]?.status == .running)
        clock.advance(by: Heartbeat.silenceLimit + 1)
        #expect(try await replica.pull(from: reader, pageSize: 9).runs.map(\.status) == [.notResponding])
        #expect(try await replica.pull(from: reader, pageSize: 9).runs.isEmpty)
        #expect(try await reader.details(of: id).run.status == .notResponding)
        #expect(try await reader.runs(in: .all, matching: nil, limit: 9).map(\.status) == [.notResponding])
        #expect(try await store.heartbeat(of: id) == .running)
        #expect(try await replica.pull(from: reader, pageSize: 9).runs.map(\.status) == [.running])
    }
}
