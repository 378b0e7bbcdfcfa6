package import RunModel
package import RunServices
import SlurmCommands

extension SlurmService {
    /// Ends a job: one that waits at once, one that runs as Slurm does it. Of an array this means the tasks that wait, and
    /// with descendants all.
    @discardableResult
    package func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        try requireWriting()
        let run = try await steered(id)
        guard !run.status.isTerminal else { throw Self.conflict(run, "cancelled") }
        let active = await book.children(of: id).filter { !$0.status.isTerminal }
        let isArray = await book.job(id) == nil
        if isArray, !includingDescendants {
            guard await book.waiting(of: id).contains(where: { $0.state.isPending }) else {
                throw RunServiceError(.conflict, "No task of the array waits any more; cancel it with its tasks.")
            }
            try await tool.cancelWaiting([id.text])
        } else {
            try await tool.cancel([id.text])
            for run in active { await book.noteCancel(of: run.id.text) }
            await book.noteCancel(of: id.text)
        }
        try await ask(about: [id])
        let changed = (includingDescendants ? active.map(\.id) : []) + [id]
        return await book.inspected(changed, activeDescendants: false).map(\.run)
    }

    /// Holds a job that waits, releases it, or begins one anew. Throws `conflict` where the order does not apply.
    package func give(_ order: JobOrder, to id: RunID) async throws(RunServiceError) -> [Run] {
        if let reason = capabilities.steerJobs.reason { throw RunServiceError(.unsupported, reason) }
        let run = try await steered(id)
        let isWaiting = run.status == .queued
        switch order {
        case .hold where isWaiting: try await tool.hold([id.text])
        case .release where isWaiting: try await tool.release([id.text])
        // Slurm also begins jobs anew that are over, as long as it knows them.
        case .requeue where !isWaiting:
            try await tool.requeue([id.text])
            await book.noteRequeue(of: id)
        case .hold, .release:
            throw RunServiceError(
                .conflict, "The job is \(run.status.word); only one that waits can be \(order.participle).")
        case .requeue: throw RunServiceError(.conflict, "The job waits already.")
        }
        try await ask(about: [id])
        return [try await book.run(id)]
    }

    /// The run as it is known; what Slurm knows of it better, its own answer will tell.
    private func steered(_ id: RunID) async throws(RunServiceError) -> Run {
        _ = try await book.refresh(for: .prompt)
        return try await book.run(id)
    }

    private static func conflict(_ run: Run, _ participle: String) -> RunServiceError {
        RunServiceError(.conflict, "“\(Shown.text(run.name))” is \(run.status.word); it can't be \(participle).")
    }

    /// Nothing of a job is Slurm's to change for us but what `cancel` and `give` do.
    @discardableResult
    package func edit(_ id: RunID, _ edit: RunEdit) async throws(RunServiceError) -> Run {
        try require(edit)
        _ = try await steered(id)
        throw RunServiceError(.unsupported, capabilities.markEnded.reason ?? Self.noRecording)
    }

    private static let noRecording = "Jobs are made by Slurm; `runwatch exec --on slurm` starts a run there."

    private var refusal: RunServiceError {
        RunServiceError(.unsupported, capabilities.changeStatus.reason ?? Self.noRecording)
    }

    /// Throws `unsupported`.
    @discardableResult
    package func createRuns(_ drafts: [RunDraft]) async throws(RunServiceError) -> [Run] { throw refusal }

    /// Nothing: no command of ours runs for a job that is shown here.
    package func commandEnvironment(for run: Run, inherited: (String) -> String?) -> [String: String?] { [:] }

    /// Throws `unsupported`.
    package func attach(_ supervisor: Supervisor, to id: RunID) async throws(RunServiceError) { throw refusal }

    /// Throws `unsupported`.
    package func heartbeat(of id: RunID) async throws(RunServiceError) -> RunStatus { throw refusal }

    /// Throws `unsupported`.
    @discardableResult
    package func detach(
        from id: RunID, exit: CommandExit?, applying transition: Transition
    ) async throws(RunServiceError) -> Run { throw refusal }

    /// Throws `unsupported`.
    package func appendLog(_ bytes: [UInt8], named name: String, of id: RunID) async throws(RunServiceError) {
        throw refusal
    }
}

extension JobOrder {
    fileprivate var participle: String {
        switch self {
        case .hold: "held"
        case .release: "released"
        case .requeue: "requeued"
        }
    }
}
