package import RunModel
import RunServices

/// A prompt for a step that can't be taken back: what it is about was captured when it opened.
package struct Confirmation: Equatable, Sendable {
    /// What is to be done.
    package enum Question: Equatable, Sendable {
        case cancel
        case kill
        case fail(message: String?)
        case complete
        case requeue
    }

    /// What is to be done to the targets.
    package let question: Question
    /// The runs that were marked or selected when the prompt opened.
    package let targets: [RunID]
    /// The statuses that the person saw when the prompt opened.
    package let seen: [RunID: RunStatus]
    /// Monotonic ms.
    package let openedAt: Int64
    /// The runs as the service has them now; nil until it has answered.
    package internal(set) var fresh: Inspection?
    /// Why their state could not be read.
    package internal(set) var problem: String?
    /// Monotonic ms; when the fresh state changed what the prompt says.
    var updatedAt: Int64?

    /// Keys pressed this soon after the prompt opened or changed were meant for the screen before it (shaky hands, key
    /// repeat).
    static let deafness: Int64 = 300

    func isDeaf(at now: Int64) -> Bool { now - max(openedAt, updatedAt ?? openedAt) < Self.deafness }

    /// The runs that the command can apply to, as of the fresh state.
    package var eligible: [Run] {
        fresh?.runs.filter { run in
            // Nobody could kill the processes of a run that nothing supervises.
            Self.applies(question, to: run.status)
                && (question != .kill || fresh?.oversight[run.id] != .unsupervised)
        } ?? []
    }

    /// The runs whose commands have the processes of those that can be cancelled, and whose own supervisors would end
    /// them; without those that are to be cancelled anyway.
    package var executions: [Run] {
        guard question == .cancel, let fresh else { return [] }
        let cancelled = Set(eligible.map(\.id))
        var found: [Run] = []
        for run in eligible where fresh.oversight[run.id] == .unsupervised {
            guard let id = run.executionID, let execution = fresh.executions[id], !cancelled.contains(id),
                Self.applies(.cancel, to: execution.run.status), execution.oversight != .unsupervised,
                !found.contains(where: { $0.id == id })
            else { continue }
            found.append(execution.run)
        }
        return found
    }

    /// Who would end a run's processes: its own supervisor, or that of a run to be cancelled whose command has them.
    func oversight(of run: Run) -> Oversight? {
        guard let own = fresh?.oversight[run.id], own == .unsupervised, let id = run.executionID,
            eligible.contains(where: { $0.id == id }), let other = fresh?.oversight[id]
        else { return fresh?.oversight[run.id] }
        return other
    }

    /// Runs that changed status between what the person saw and the fresh state.
    package var changed: [Run] { fresh?.runs.filter { seen[$0.id] != nil && seen[$0.id] != $0.status } ?? [] }

    /// Only a run that has not ended can be cancelled or completed; failing also corrects a completed one.
    static func applies(_ question: Question, to status: RunStatus) -> Bool {
        switch question {
        case .cancel: !status.isTerminal && status != .cancelRequested
        case .complete, .kill: !status.isTerminal
        // Slurm begins jobs anew that are over, too, as long as it knows them.
        case .requeue: status != .queued
        case .fail: !status.isTerminal || status == .completed
        }
    }

    func steering(includingDescendants: Bool) -> Steering {
        switch question {
        case .cancel: .cancel(includingDescendants: includingDescendants)
        case .kill: .kill
        case .fail(let message): .fail(message: message)
        case .complete: .complete
        case .requeue: .order(.requeue)
        }
    }
}

extension Confirmation.Question {
    /// For titles: "Cancel".
    var verb: String {
        switch self {
        case .cancel: "Cancel"
        case .kill: "Kill"
        case .fail: "Mark as failed"
        case .complete: "Mark as completed"
        case .requeue: "Requeue"
        }
    }

    /// For sentences: "can be cancelled".
    var participle: String {
        switch self {
        case .cancel: "cancelled"
        case .kill: "killed"
        case .fail: "marked failed"
        case .complete: "marked completed"
        case .requeue: "requeued"
        }
    }
}
