import Foundation
import GRDB
import LocalStore
import RunExecution
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct SweepTests {
    private let directory: TemporaryDirectory
    private let clock = TestClock()
    private let store: LocalStore
    private let records: OwnershipRecords
    private let reaper: HostReaper

    init() async throws {
        directory = try TemporaryDirectory()
        store = try await LocalStore.open(at: directory.path) { [clock] in clock.now }
        records = OwnershipRecords(directory: directory.path + "/state/commands")
        // Real time, unlike the store's: longer than a few looks take on a busy machine.
        reaper = HostReaper(store, records: records, grace: 30_000) { [clock] in clock.now }
    }

    private func startRun(_ supervisor: Supervisor) async throws -> RunID {
        let run = try await store.createRun(RunDraft(experimentName: "e"))
        try await store.attach(supervisor, to: run.id)
        try await store.apply(.start, to: run.id, onBehalfOf: .lifecycle)
        return run.id
    }

    /// A run whose command was started as `runwatch exec` does: noted on this host, by a nonce in its environment.
    private func startOwnedRun(
        _ supervisor: TestProcess, _ script: String = "exec sleep 1000"
    ) async throws -> (RunID, TestProcess) {
        let id = try await startRun(Stamps.here(supervisor.stamp))
        let note = try #require(records.begin(run: id, service: store.address, supervisor: supervisor.stamp))
        let command = try TestProcess(script, environment: [note.record.environmentEntry])
        note.add(command: command.stamp)
        try await store.attach(Stamps.here(supervisor.stamp, command: command.stamp), to: id)
        return (id, command)
    }

    /// The run after the next poll of a dashboard, and what its reaper does then.
    private func swept(_ id: RunID) async throws -> Run {
        clock.advance(by: 2_000)
        await reaper.look(after: try await store.changes(in: .all, since: nil, pageSize: 1))
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
        let supervisor = try TestProcess()
        let (id, command) = try await startOwnedRun(supervisor)
        supervisor.kill()
        #expect(try await store.cancel(id, includingDescendants: false).map(\.status) == [.cancelRequested])
        #expect(try await eventually { try await swept(id).status == .canceled })
        #expect(try await store.details(of: id).run.failure == nil)
        #expect(command.hasEnded)
        #expect(records.all().isEmpty)
    }

    @Test func anOrphanThatIgnoresTermIsKilledAfterTheGrace() async throws {
        let ready = directory.path + "/ready"
        let supervisor = try TestProcess()
        let (id, command) = try await startOwnedRun(supervisor, "trap '' TERM; echo > '\(ready)'; exec sleep 1000")
        #expect(try await eventually { FileManager.default.fileExists(atPath: ready) })
        supervisor.kill()
        #expect(try await store.cancel(id, includingDescendants: false).map(\.status) == [.cancelRequested])
        for _ in 0..<4 { #expect(try await swept(id).status == .cancelRequested) }
        #expect(try await eventually { try await swept(id).status == .canceled })
        #expect(command.hasEnded)
    }

    @Test func aGroupWhoseLeaderEndedStillCounts() async throws {
        let pidFile = directory.path + "/pid"
        let supervisor = try TestProcess()
        let (id, command) = try await startOwnedRun(supervisor, "sleep 1000 & echo done > '\(pidFile)'")
        defer { withExtendedLifetime(command) {} }
        #expect(try await eventually { FileManager.default.fileExists(atPath: pidFile) })
        supervisor.kill()
        #expect(try await swept(id).status == .notResponding)
        try await store.cancel(id, includingDescendants: false)
        #expect(try await eventually { try await swept(id).status == .canceled })
    }

    @Test func aLivingButSilentSupervisorHereIsAskedToCancel() async throws {
        let supervisor = try TestProcess()
        let id = try await startRun(Stamps.here(supervisor.stamp))
        let note = try #require(records.begin(run: id, service: store.address, supervisor: supervisor.stamp))
        defer { note.remove() }
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

    @Test func aReaperOfAStoreJustOpenedSweepsIt() async throws {
        let supervisor = try TestProcess()
        let id = try await startRun(Stamps.here(supervisor.stamp))
        supervisor.kill()
        let other = try await LocalStore.open(at: directory.path) { [clock] in clock.now }
        await HostReaper(other, records: records) { [clock] in clock.now }.look()
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

    @Test(arguments: [Heartbeat.silenceLimit + 1, -Heartbeat.silenceLimit - 1])
    func silenceIsToldBeforeAnyReaperWritesIt(_ shift: Int64) async throws {
        let id = try await startRun(Stamps.elsewhere)
        var replica = ChangeReplica()
        try await replica.catchUp(with: store)
        // Backwards, the last heartbeat lies in the future, since the clock was set back.
        clock.advance(by: shift)
        #expect(try await replica.pull(from: store, pageSize: 9).runs.map(\.status) == [.notResponding])
        #expect(try await replica.pull(from: store, pageSize: 9).runs.isEmpty)
        let filter = try Filter.parse("status:NotResponding")
        #expect(try await store.runs(in: .all, matching: filter, limit: 9).map(\.id) == [id])
        #expect(try await store.runs(in: .all, matching: Filter.parse("status:Running"), limit: 9).isEmpty)
        await reaper.look()
        #expect(try await store.details(of: id).run.failure?.message?.contains("another-host.example.org") == true)
        #expect(try await store.heartbeat(of: id) == .running)
        #expect(try await replica.pull(from: store, pageSize: 9).runs.map(\.status) == [.running])
    }

    @Test func numbersThatNoProcessHasAreNoSupervisor() async throws {
        let id = try await startRun(Stamps.elsewhere)
        let queue = try DatabaseQueue(path: directory.path + "/runs.db")
        try await queue.write { try $0.execute(sql: "UPDATE supervisors SET pid = 5000000000, command_pid = -1") }
        #expect(try await swept(id).status == .running)
        #expect(try await store.details(of: id).supervisor == nil)
        #expect(try await store.cancel(id, includingDescendants: false).map(\.status) == [.canceled])
    }

    @Test func rowsAnswerWhileAnotherProcessHoldsTheWriteLock() async throws {
        let supervisor = try TestProcess()
        let id = try await startRun(Stamps.here(supervisor.stamp))
        supervisor.kill()
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let holder = try DatabaseQueue(path: directory.path + "/runs.db", configuration: configuration)
        try await holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        let other = try await LocalStore.open(at: directory.path) { [clock] in clock.now }
        let second = HostReaper(other, records: records) { [clock] in clock.now }
        let batch = try await other.changes(in: .all, since: nil, pageSize: 9)
        #expect(batch.runs.map(\.status) == [.running])
        second.take(batch)
        #expect(try await other.details(of: id).run.status == .running)
        try await holder.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(
            try await eventually {
                second.take(batch)
                return try await other.details(of: id).run.status == .failed
            })
    }
}
