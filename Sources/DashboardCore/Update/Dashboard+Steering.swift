import RunAttention
import RunModel
import RunServices
import TerminalUI

extension Dashboard {
    /// Opens the prompt with its targets captured, and has their state read afresh.
    mutating func openConfirmation(_ question: Confirmation.Question, targets: [RunID]? = nil) -> [Effect] {
        let targets = targets ?? actionTargets
        guard !targets.isEmpty else { return [] }
        if targets.count == 1, let run = list.table[targets[0]], !Confirmation.applies(question, to: run.status) {
            announce(.refused, refusal(question, of: run))
            return []
        }
        var seen: [RunID: RunStatus] = [:]
        for id in targets { seen[id] = list.table[id]?.status }
        mode = .confirming(
            Confirmation(question: question, targets: targets, seen: seen, openedAt: now.monotonic))
        polling.openQuestions += 1
        return [.inspect(targets)]
    }

    /// The runs of an answer that no poll has delivered since the question was asked; those would be older.
    private mutating func closeQuestion(_ runs: [Run]) -> [Run] {
        let news = runs.filter { !polling.polledMeanwhile.contains($0.id) }
        polling.openQuestions -= 1
        if polling.openQuestions == 0 { polling.polledMeanwhile = [] }
        return news
    }

    /// Asks for a cancel; of runs that are being cancelled already, whether to kill them now.
    mutating func openCancel() -> [Effect] {
        let runs = actionTargets.compactMap { list.table[$0] }
        let isUnderWay = !runs.isEmpty && runs.allSatisfy { $0.status == .cancelRequested }
        return openConfirmation(isUnderWay ? .kill : .cancel)
    }

    private func refusal(_ question: Confirmation.Question, of run: Run) -> String {
        return "“\(run.name)” is \(run.status.word); it can't be \(question.participle)."
    }

    mutating func inspected(_ ids: [RunID], _ result: Result<Inspection, RunServiceError>) -> [Effect] {
        let answer = try? result.get()
        let news = closeQuestion((answer?.runs ?? []) + (answer?.activeDescendants ?? []))
        guard case .confirming(var confirmation) = mode, confirmation.targets == ids else { return [] }
        switch result {
        case .success(let inspection):
            confirmation.fresh = inspection
            confirmation.problem = nil
            if !confirmation.changed.isEmpty || !inspection.activeDescendants.isEmpty {
                confirmation.updatedAt = now.monotonic
            }
            take(news)
        case .failure(let error):
            confirmation.problem = error.message
        }
        mode = .confirming(confirmation)
        return []
    }

    /// Keeps an open prompt as true as the list behind it.
    mutating func refreshConfirmation() {
        guard case .confirming(var confirmation) = mode, var fresh = confirmation.fresh else { return }
        fresh.runs = fresh.runs.map { list.table[$0.id] ?? $0 }
        fresh.activeDescendants = fresh.activeDescendants.map { list.table[$0.id] ?? $0 }
            .filter { !$0.status.isTerminal }
        let before = confirmation.fresh?.runs.map(\.status)
        if before != fresh.runs.map(\.status) { confirmation.updatedAt = now.monotonic }
        confirmation.fresh = fresh
        mode = .confirming(confirmation)
    }

    mutating func confirmingKey(_ key: Key, _ confirmation: Confirmation) -> [Effect] {
        switch PromptKeys.action(for: key, in: .confirmation) {
        case .decline:
            mode = .browsing
            announce(.hint, "Nothing was changed.")
            return []
        case .retry where confirmation.problem != nil:
            polling.openQuestions += 1
            return [.inspect(confirmation.targets)]
        case .confirm:
            return confirm(confirmation, includingDescendants: false)
        case .confirmAll:
            guard case .cancel = confirmation.question, !(confirmation.fresh?.activeDescendants.isEmpty ?? true) else {
                return []
            }
            return confirm(confirmation, includingDescendants: true)
        case .confirmExecution where !confirmation.executions.isEmpty:
            return confirm(confirmation, includingDescendants: false, first: confirmation.executions.map(\.id))
        default:
            // Enter, space, the invoking key and pasted text never confirm.
            return []
        }
    }

    /// - Parameter executions: runs to be cancelled first, whose commands have the processes of the others.
    private mutating func confirm(
        _ confirmation: Confirmation, includingDescendants: Bool, first executions: [RunID] = []
    ) -> [Effect] {
        guard !confirmation.isDeaf(at: now.monotonic) else { return [] }
        // Sent only on what the person has been shown as current.
        guard let fresh = confirmation.fresh else { return [] }
        let ids =
            executions
            + (includingDescendants ? topmost(confirmation.eligible, fresh) : confirmation.eligible.map(\.id))
        // With nothing to do for "yes", the prompt does not offer it, and "a" still works.
        if ids.isEmpty, !includingDescendants, !fresh.activeDescendants.isEmpty { return [] }
        mode = .browsing
        confirmedAt = now.monotonic
        guard !ids.isEmpty else {
            announce(.refused, "Nothing to do: no run can be \(confirmation.question.participle) any more.")
            return []
        }
        let steering = confirmation.steering(includingDescendants: includingDescendants)
        notice = nil
        for id in ids { inFlight[id] = steering }
        if includingDescendants {
            for run in fresh.activeDescendants { inFlight[run.id] = steering }
        }
        polling.openQuestions += 1
        let family = includingDescendants ? fresh.activeDescendants.map(\.id) : []
        expectEnd(by: steering, of: ids + family)
        return [.steer(steering, ids)]
    }

    /// The targets that are active or have active descendants, without those below other targets: the service reaches
    /// them from there, and would refuse to cancel them twice.
    private func topmost(_ eligible: [Run], _ fresh: Inspection) -> [RunID] {
        let targets = Set(fresh.runs.map(\.id))
        var hasActive = Set(eligible.map(\.id))
        var below = Set<RunID>()
        for run in fresh.runs + fresh.activeDescendants where !run.status.isTerminal {
            for ancestor in list.table.ancestors(of: run.id) where targets.contains(ancestor) {
                hasActive.insert(ancestor)
                if targets.contains(run.id) { below.insert(run.id) }
            }
        }
        // A tree that is not loaded says nothing of who is below whom; the service then decides.
        if hasActive.isEmpty { return fresh.runs.map(\.id) }
        return fresh.runs.map(\.id).filter { hasActive.contains($0) && !below.contains($0) }
    }

    mutating func explainingKey(_ key: Key, _ input: LineInput, _ targets: [RunID]) -> [Effect] {
        var input = input
        switch PromptKeys.action(for: key, in: .line) {
        case .accept:
            mode = .browsing
            let message = input.text.isEmpty ? nil : input.text
            return openConfirmation(.fail(message: message), targets: targets)
        case .cancel:
            mode = .browsing
            announce(.hint, "Nothing was changed.")
        default:
            if input.handle(key) { mode = .explainingFailure(input, targets: targets) }
        }
        return []
    }

    /// Shows what became of a command, and takes the runs as the service answered them.
    mutating func steered(_ steering: Steering, _ outcomes: [SteeringOutcome]) -> [Effect] {
        var changed: [Run] = []
        var refused: [(RunID, RunServiceError)] = []
        for outcome in outcomes {
            switch outcome.result {
            case .success(let runs): changed.append(contentsOf: runs)
            case .failure(let error): refused.append((outcome.run, error))
            }
        }
        for outcome in outcomes {
            inFlight[outcome.run] = nil
            guard case .cancel(includingDescendants: true) = steering else { continue }
            for run in list.table.descendants(of: outcome.run) { inFlight[run.id] = nil }
        }
        expectEnd(by: steering, of: changed.map(\.id), refused: refused.map(\.0))
        take(closeQuestion(changed))
        chooseMetricColumns()
        detail.isStale = true
        if case .describe = steering { noteSaved(outcomes) }
        report(steering, done: outcomes.count - refused.count, touched: changed, refused: refused)
        return polling.isPaused ? [] : pollAfresh()
    }

    private mutating func report(
        _ steering: Steering, done: Int, touched: [Run], refused: [(RunID, RunServiceError)]
    ) {
        if refused.isEmpty {
            announce(.done, steering.sentence(about: touched))
            // Marks have served; leaving them would aim the next command at the same runs by surprise.
            switch steering {
            case .editTags, .rename, .describe: return
            case .cancel, .kill, .fail, .complete, .order: break
            }
            list.unmarkAll()
            return
        }
        if done == 0, refused.count == 1 {
            let again = unsavedNotes[refused[0].0] == nil ? "" : " \(keyName(.note)) opens your text again."
            announce(.refused, refused[0].1.message + again)
            return
        }
        let title = "\(done) done, \(refused.count) refused"
        announce(.refused, title + ".")
        pendingReport = Report(
            title: title,
            lines: refused.map { id, error in "\(list.table[id]?.name ?? id.text): \(error.message)" }, scroll: 0,
            note: "; the refused runs stay marked")
        list.marks = Set(refused.map(\.0))
    }
}

extension Steering {
    /// What was done, for the notice line.
    func sentence(about runs: [Run]) -> String {
        let what = runs.count == 1 ? "“\(runs[0].name)”" : Counted.text(runs.count, "run")
        switch self {
        case .cancel:
            let waiting = runs.filter { $0.status == .cancelRequested }.count
            if waiting == 0 { return "Canceled \(what)." }
            return runs.count == 1
                ? "Canceling \(what): its processes are asked to end."
                : "Canceling \(what): \(waiting) \(Counted.word(waiting, "is", plural: "are")) ending."
        case .kill: return "Killing \(what): its supervisor ends what is left of its processes now."
        case .fail: return "Marked \(what) as failed."
        case .complete: return "Marked \(what) as completed."
        case .order(.hold): return "Held \(what)."
        case .order(.release): return "Released \(what)."
        case .order(.requeue): return "Requeued \(what)."
        case .editTags: return "Changed the tags of \(what)."
        case .describe(nil): return "Removed the note of \(what)."
        case .describe: return "Saved the note of \(what)."
        case .rename(let name, _): return "“\(name)” is \(what) now."
        }
    }
}
