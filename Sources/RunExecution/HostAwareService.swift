package import RunModel
package import RunServices
import Synchronization

/// A run service that also looks after the processes of this host.
///
/// A supervisor that was killed records nothing, and a backend elsewhere knows no processes: that it is gone can be
/// proven on its own host only. So whoever watches runs there brings them to their end: a run whose command is gone too
/// becomes Failed, and the command of a run that is cancelled is ended though no supervisor is left to do it.
package final class HostAwareService: SupervisedRunService {
    let base: any SupervisedRunService
    private let suspects = Mutex(Suspects())

    /// Milliseconds between two looks at the process table.
    private static let interval: Int64 = 2_000

    fileprivate struct Suspects {
        var runs: [RunID: Suspect] = [:]
        var lastLook: Int64?
    }

    /// A run that a supervisor on this host may have left behind.
    fileprivate struct Suspect {
        var status: RunStatus
        /// Nil until the run was asked for it.
        var supervisor: Supervisor?
        var isBeingEnded = false
    }

    package init(_ base: any SupervisedRunService) { self.base = base }

    package func changes(
        in scope: RunScope, since cursor: ChangeCursor?, pageSize: Int
    ) async throws(RunServiceError) -> ChangeBatch {
        let batch = try await base.changes(in: scope, since: cursor, pageSize: pageSize)
        if base.capabilities.changeStatus == .available {
            suspects.withLock { $0.take(batch) }
            await lookWhenDue()
        }
        return batch
    }

    /// Throws what the service throws; a command left behind here is ended before its run is said to be Canceled.
    @discardableResult
    package func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        let silent = suspects.withLock { $0.runs.filter { $0.value.status == .notResponding } }
        if !silent.isEmpty, base.capabilities.changeStatus == .available {
            var ids = [id]
            if includingDescendants {
                ids += try await base.children(of: id, recursive: true, matching: nil).map(\.id)
            }
            let orphans = ids.compactMap { silent[$0]?.supervisor?.orphanHere }
            await withTaskGroup { group in
                for orphan in orphans { group.addTask { await orphan.endGroup() } }
            }
        }
        return try await base.cancel(id, includingDescendants: includingDescendants)
    }

    private func lookWhenDue() async {
        let now = MonotonicClock.now()
        let due = suspects.withLock { suspects -> [RunID: Suspect] in
            if let last = suspects.lastLook, now - last < Self.interval { return [:] }
            suspects.lastLook = now
            return suspects.runs
        }
        for (id, suspect) in due where !suspect.isBeingEnded { await look(at: id, suspect) }
    }

    private func look(at id: RunID, _ suspect: Suspect) async {
        guard let supervisor = await supervisor(of: id, suspect), supervisor.isProvenGone else { return }
        let isCancelled = suspect.status == .cancelRequested
        if let orphan = supervisor.orphanHere {
            if isCancelled { end(orphan, of: id) }
        } else if !supervisor.mayHaveCommand {
            await record(isCancelled ? .canceled : .fail(SupervisorLoss.ended(supervisor)), of: id)
        }
    }

    /// The run's supervisor when it was on this host; a run with another one, or none, is no suspect any more.
    private func supervisor(of id: RunID, _ suspect: Suspect) async -> Supervisor? {
        if let known = suspect.supervisor { return known }
        let details: RunDetails
        do throws(RunServiceError) {
            details = try await base.details(of: id)
        } catch {
            // Whatever is wrong with the service shows elsewhere; the next look asks again.
            return nil
        }
        guard let state = details.supervisor, state.exit == nil, state.supervisor.isHere else {
            suspects.withLock { $0.runs[id] = nil }
            return nil
        }
        suspects.withLock { $0.runs[id]?.supervisor = state.supervisor }
        return state.supervisor
    }

    private func end(_ orphan: ProcessStamp, of id: RunID) {
        suspects.withLock { $0.runs[id]?.isBeingEnded = true }
        Task {
            await orphan.endGroup()
            await record(.canceled, of: id)
            suspects.withLock { $0.runs[id]?.isBeingEnded = false }
        }
    }

    private func record(_ transition: Transition, of id: RunID) async {
        // A service that refuses is asked again at the next look, for the run is still as it was.
        _ = try? await base.detach(from: id, exit: nil, applying: transition)
    }
}

extension HostAwareService.Suspects {
    /// Silent runs, and those whose cancel nobody may be left to obey.
    fileprivate mutating func take(_ batch: ChangeBatch) {
        for run in batch.runs {
            guard run.status == .notResponding || run.status == .cancelRequested else {
                runs[run.id] = nil
                continue
            }
            runs[run.id, default: .init(status: run.status)].status = run.status
        }
        for id in batch.goneRuns { runs[id] = nil }
    }
}
