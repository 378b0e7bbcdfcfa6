import Logging
import ProcessTable
package import RunModel
package import RunServices

/// Brings runs to their end whose supervisor on this host is gone.
///
/// A supervisor that was killed records nothing, and a backend elsewhere knows no processes: that it is gone can be
/// proven on its own host only. A dashboard there shows the reaper what changed and never waits for it. A run whose
/// command is gone too becomes Failed; the command of a run that is cancelled is ended, if a record of this host proves
/// that it is this run's.
package actor HostReaper: HostKeeper {
    let service: any SupervisedRunService
    let records: OwnershipRecords
    let grace: Int64
    private let clock: @Sendable () -> Timestamp
    private let logger = Logger(label: "runwatch.reaper")
    private var suspects: [RunID: Suspect] = [:]
    private var ending: [RunID: Task<Void, Never>] = [:]
    private var lastLook: Int64?
    private var looking: Task<Void, Never>?

    /// Milliseconds between two looks at the process table.
    private static let interval: Int64 = 2_000
    /// Questions to the service under way at once, and in one look.
    private static let concurrentQuestions = 4
    private static let questionsPerLook = 64

    /// A run of a service that does not know its supervised runs by itself.
    private struct Suspect {
        var status: RunStatus
        /// Nil until the service was asked for it.
        var state: SupervisorState?
    }

    /// - Parameters:
    ///   - records: what supervisors on this host have noted.
    ///   - grace: milliseconds between SIGTERM and SIGKILL.
    ///   - clock: the service's.
    package init(
        _ service: any SupervisedRunService, records: OwnershipRecords = .standard,
        grace: Int64 = ExecutionRequest.defaultGrace, clock: @escaping @Sendable () -> Timestamp
    ) {
        self.service = service
        self.records = records
        self.grace = grace
        self.clock = clock
    }

    /// Returns at once; a look follows when one is due.
    package nonisolated func take(_ batch: ChangeBatch) {
        guard service.capabilities.changeStatus == .available else { return }
        Task(priority: .utility) {
            await note(batch)
            await lookWhenDue()
        }
    }

    /// Takes note of what changed and looks at once.
    package func look(after batch: ChangeBatch) async {
        note(batch)
        await look()
    }

    private func lookWhenDue() async {
        let now = MonotonicClock.now()
        if looking != nil { return }
        if let lastLook, now - lastLook < Self.interval { return }
        await look()
    }

    /// Looks after every suspect once, and returns when what it found is recorded; a command that must end first is
    /// ended later.
    package func look() async {
        while let looking { await looking.value }
        let task = Task { await lookNow() }
        looking = task
        await task.value
        looking = nil
        lastLook = MonotonicClock.now()
    }

    /// Returns once the commands are gone whose end has begun.
    package func waitForEnds() async {
        while let task = ending.first?.value { await task.value }
    }

    private func lookNow() async {
        if lastLook == nil { records.clean() }
        let evidence = RecordedCommands(records, of: service)
        for run in await supervisedRuns(evidence) where ending[run.id] == nil { await judge(run, evidence) }
    }

    private func judge(_ run: SupervisedRun, _ recorded: RecordedCommands) async {
        // Stopped by ctrl-z, it would obey only once somebody thinks of it.
        if run.status == .cancelRequested { recorded[run.id]?.continueSupervisor() }
        let claim = HostJob(claimed: run.state.supervisor, record: nil, records: records, grace: grace)
        if run.status != .canceled, ReapVerdict(run, claim.evidence(), at: clock()) == .leaveAlone { return }
        let record = recorded[run.id]
        if record?.isWatched == true, isLeftToItsCluster(run) { return }
        let job = HostJob(claimed: run.state.supervisor, record: record, records: records, grace: grace)
        switch ReapVerdict(run, job.evidence(), at: clock()) {
        case .leaveAlone: break
        case .endCommand where job.isProvenOurs(): end(job, of: run)
        case .endCommand:
            // Whose process that is cannot be told, so a cancel changes the run and nothing else.
            let reason = run.state.supervisor.command.map(SupervisorLoss.unproven)
            if !run.status.isTerminal { await settle(run, as: .canceled(reason)) }
        case let verdict:
            await settle(run, as: verdict)
            if let record, record.isOver { records.remove(record.nonce) }
        }
        if run.status == .canceled { suspects[run.id] = nil }
    }

    /// Milliseconds of silence for which the cluster that ran a command may tell how it ended.
    private static let clusterPatience: Int64 = 120_000

    private func isLeftToItsCluster(_ run: SupervisedRun) -> Bool {
        !run.status.isTerminal
            && clock().milliseconds(since: run.state.lastHeartbeat).magnitude < Self.clusterPatience.magnitude
    }

    private func end(_ job: HostJob, of run: SupervisedRun) {
        ending[run.id] = Task {
            await job.end()
            if !run.status.isTerminal { await settle(run, as: .canceled(nil)) }
            if let record = job.record { records.remove(record.nonce) }
            ending[run.id] = nil
        }
    }

    /// A service that refuses is asked again at the next look, for the run is still as it was.
    private func settle(_ run: SupervisedRun, as verdict: ReapVerdict) async {
        logger.info("run \(run.id): \(verdict)")
        if let reapable = service as? any ReapableRunService {
            _ = try? await reapable.settle(run, as: verdict)
            return
        }
        let transition: Transition
        switch verdict {
        case .lost(let failure, _): transition = .fail(failure)
        case .canceled: transition = .canceled
        // The adapter itself tells silence from what it reads.
        case .leaveAlone, .letGo, .notResponding, .endCommand: return
        }
        if (try? await service.detach(from: run.id, exit: nil, applying: transition)) != nil { suspects[run.id] = nil }
    }
}

extension HostReaper {
    /// Silent runs, those with a cancel that no supervisor may be left to obey, and those just cancelled.
    private func note(_ batch: ChangeBatch) {
        if service is any ReapableRunService { return }
        for run in batch.runs {
            guard [.notResponding, .cancelRequested, .canceled].contains(run.status) else {
                suspects[run.id] = nil
                continue
            }
            suspects[run.id, default: Suspect(status: run.status)].status = run.status
        }
        for id in batch.goneRuns { suspects[id] = nil }
    }

    private func supervisedRuns(_ recorded: RecordedCommands) async -> [SupervisedRun] {
        if let reapable = service as? any ReapableRunService {
            // What is wrong with the service shows elsewhere; the next look asks again.
            return (try? await reapable.supervisedRuns()) ?? []
        }
        for (id, suspect) in suspects where suspect.status == .canceled {
            guard let record = recorded[id] else {
                suspects[id] = nil
                continue
            }
            suspects[id]?.state = SupervisorState(
                supervisor: Supervisor(host: record.host, process: record.supervisor, command: record.command),
                lastHeartbeat: clock())
        }
        await askForSupervisors()
        return suspects.compactMap { id, suspect in
            suspect.state.map { SupervisedRun(id: id, status: suspect.status, state: $0) }
        }
    }

    /// Who has another supervisor, or none, is no suspect any more.
    private func askForSupervisors() async {
        let unknown = Array(suspects.filter { $0.value.state == nil }.keys.prefix(Self.questionsPerLook))
        let answers = await ManyQuestions.outcomes(of: unknown, width: Self.concurrentQuestions) {
            [service] id throws(RunServiceError) in try await service.details(of: id)
        }
        for (id, answer) in zip(unknown, answers) { take(answer, of: id) }
    }

    private func take(_ answer: Result<RunDetails, RunServiceError>, of id: RunID) {
        switch answer {
        case .success(let details):
            let state = details.supervisor
            let isHere = state.map { $0.exit == nil && $0.supervisor.host == ProcessTable.hostName } ?? false
            if isHere { suspects[id]?.state = state } else { suspects[id] = nil }
        case .failure(let error) where error.code == .notFound: suspects[id] = nil
        // The next look asks again.
        case .failure: break
        }
    }

    /// Throws what the service throws; the commands left behind here are ended before their runs are said to be Canceled.
    @discardableResult
    package func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        if service.capabilities.changeStatus == .available {
            let orphans = records.all(of: service.address).filter(\.isOrphaned)
            if !orphans.isEmpty { try await end(orphans, under: id, includingDescendants: includingDescendants) }
        }
        let changed = try await service.cancel(id, includingDescendants: includingDescendants)
        let ordered = Set(changed.map(\.id)).union([id])
        for record in records.all() where record.service == service.address && ordered.contains(record.run) {
            record.continueSupervisor()
        }
        return changed
    }

    private func end(
        _ orphans: [OwnershipRecord], under id: RunID, includingDescendants: Bool
    ) async throws(RunServiceError) {
        var runs = [try await service.details(of: id).run]
        if includingDescendants { runs += try await service.children(of: id, recursive: true, matching: nil) }
        let active = Set(runs.filter { !$0.status.isTerminal || $0.status == .canceled }.map(\.id))
        await withTaskGroup { group in
            for record in orphans where active.contains(record.run) && record.isProven {
                let claimed = Supervisor(host: record.host, process: record.supervisor, command: record.command)
                group.addTask { [records, grace] in
                    await HostJob(claimed: claimed, record: record, records: records, grace: grace).end()
                    if record.isOver { records.remove(record.nonce) }
                }
            }
        }
    }
}
