import RunModel
import RunServices

extension Dashboard {
    mutating func ticked() -> [Effect] {
        queues?.isStale = true
        guard !polling.isPaused, !polling.isInFlight, now.monotonic >= polling.retryAt else { return [] }
        return poll()
    }

    /// Asks what changed, unless an answer is under way.
    mutating func poll() -> [Effect] {
        guard !polling.isInFlight else { return [] }
        polling.isInFlight = true
        let scope = list.scope
        return [
            .poll(
                scope, since: polling.cursors[scope], generation: polling.generation, pageSize: pageSize(of: scope))
        ]
    }

    private func pageSize(of scope: RunScope) -> Int {
        if polling.cursors[scope] == nil { return PollState.firstPage }
        // At the limit only changes are wanted; what is left of the full read stays unread.
        return polling.truncated.contains(scope) ? 0 : PollState.laterPage
    }

    /// Drops whatever answer is under way and asks anew: for another scope, or at a person's wish.
    mutating func pollAfresh() -> [Effect] {
        polling.generation += 1
        polling.isInFlight = false
        polling.retryAt = 0
        return poll()
    }

    mutating func changesArrived(
        _ batch: ChangeBatch, scope: RunScope, generation: Int, latency: Int
    ) -> [Effect] {
        guard generation == polling.generation else { return [] }
        polling.isInFlight = false
        // An answer that was kept is as old as the question that brought it.
        let age = batch.freshness.map { max(0, now.wall.milliseconds(since: $0.asOf)) } ?? 0
        polling.lastSuccess = now.monotonic - age
        polling.freshness = batch.freshness
        polling.latency = latency
        polling.cost = batch.cost
        polling.credentialExpiry = batch.credentialExpiry
        polling.tally.count(batch.cost, at: now.wall)
        polling.error = batch.freshness?.trouble
        polling.failures = 0
        polling.retryAt = 0
        polling.cursors[scope] = batch.cursor
        sparklines.isBlocked = false
        overlay.unblock()
        ranges.isBlocked = false
        comparison?.readings.isBlocked = false

        let isLoading = !polling.loaded.contains(scope)
        let batch = withinLimit(batch, scope: scope)
        let scopeName = experiments.name(of: scope)
        let renamed = experiments.merge(batch.experiments, gone: batch.goneExperiments)
        var outcome = list.merge(
            list.table.runs(of: renamed) + batch.runs, gone: batch.goneRuns, at: now.wall, isLoading: isLoading)
        let isLast = isLoading && !continues(batch, scope: scope)
        notice(
            outcome, gone: batch.goneRuns, experiments: batch.experiments, isMoreToCome: isLoading && !isLast)
        confirm(batch, scope: scope, isLast: isLast, outcome: &outcome)
        if polling.openQuestions > 0 { polling.polledMeanwhile.formUnion(outcome.changed) }
        refreshConfirmation()
        list.timePassed(to: now.wall)
        if !outcome.changed.isEmpty || metricColumns.isEmpty { chooseMetricColumns() }
        retryFailedReads()
        if let selected = list.selectedRun {
            if outcome.changed.contains(selected.id) || selected.status.isActive { detail.isStale = true }
        }
        if let effects = recollect(scope, isLast: isLast) { return effects }
        if case .experiment(let id) = scope, batch.goneExperiments.contains(id) {
            forgetExperiment(id)
            announce(.hint, Self.sentence(aboutGone: scopeName))
            return leaveExperiment()
        }
        if isLast { tellLostExperiment() }
        return isLoading ? continueLoading(batch, scope: scope) : []
    }

    /// Reads on until everything is here or the limit is reached.
    private mutating func continueLoading(_ batch: ChangeBatch, scope: RunScope) -> [Effect] {
        let continues = continues(batch, scope: scope)
        polling.received[scope, default: 0] += batch.runs.count
        if continues { return poll() }
        polling.loaded.insert(scope)
        if batch.hasMore {
            polling.truncated.insert(scope)
            polling.truncatedAt[scope] = now.wall
        } else {
            polling.truncated.remove(scope)
        }
        return []
    }

    private func continues(_ batch: ChangeBatch, scope: RunScope) -> Bool {
        batch.hasMore && polling.received[scope, default: 0] + batch.runs.count < polling.limit
    }

    /// Without the old runs that a service delivers after the limit was reached: what is left of its full read.
    private func withinLimit(_ batch: ChangeBatch, scope: RunScope) -> ChangeBatch {
        guard polling.truncated.contains(scope), let moment = polling.truncatedAt[scope] else { return batch }
        var batch = batch
        batch.runs.removeAll { run in
            list.table[run.id] == nil && run.status.isTerminal && run.createdAt <= moment
        }
        return batch
    }

    /// Crosses off what a full read brings again; at its end the rest is gone.
    private mutating func confirm(
        _ batch: ChangeBatch, scope: RunScope, isLast: Bool, outcome: inout RunList.MergeOutcome
    ) {
        guard !polling.unconfirmedRuns.isEmpty || !polling.unconfirmedExperiments.isEmpty else { return }
        for run in batch.runs { polling.unconfirmedRuns.remove(run.id) }
        for experiment in batch.experiments { polling.unconfirmedExperiments.remove(experiment.id) }
        guard isLast else { return }
        let unconfirmed = polling.unconfirmedRuns.sorted()
        let gone = list.merge([], gone: unconfirmed, at: now.wall, isLoading: false)
        notice(gone, gone: unconfirmed)
        outcome.changed.formUnion(gone.changed)
        outcome.isRelisted = outcome.isRelisted || gone.isRelisted
        experiments.merge([], gone: polling.unconfirmedExperiments.sorted())
        polling.unconfirmedRuns = []
        polling.unconfirmedExperiments = []
    }

    /// A service that answers again may also give what it could not a moment ago.
    private mutating func retryFailedReads() {
        if detail.failedID != nil { detail.isStale = true }
        // What waiting cannot help is asked again by a person only.
        if detail.charts.error?.mayPass == true { detail.charts.loadedMetrics = nil }
        if detail.log.error != nil { detail.log.settledSize = nil }
    }

    mutating func pollFailed(_ error: RunServiceError, generation: Int) -> [Effect] {
        guard generation == polling.generation else { return [] }
        polling.isInFlight = false
        polling.tally.countFailure(at: now.wall)
        if error.code == .notFound, case .experiment(let id) = list.scope {
            let name = experiments.name(of: list.scope)
            polling.lostExperiment = LostExperiment(id: id, name: name, reason: error.message)
            readAllAgain()
            return leaveExperiment()
        }
        polling.error = error
        if error.code == .invalid, polling.cursors[list.scope] != nil {
            // The service no longer knows the cursor: its data was replaced.
            readAllAgain()
        }
        polling.backOff(from: now.monotonic)
        return []
    }

    /// Has the next polls read everything; what they do not bring is gone then.
    private mutating func readAllAgain() {
        polling.cursors = [:]
        polling.loaded = []
        polling.received = [:]
        polling.truncated = []
        polling.unconfirmedRuns = Set(list.order.slots.map { list.table[$0].id })
        polling.unconfirmedExperiments = Set(experiments.experiments.map(\.id))
    }

    mutating func setInterval(_ milliseconds: Int) -> [Effect] {
        polling.interval = milliseconds
        announce(.done, "Polling every \(IntervalText.seconds(milliseconds)) s.")
        return [.setInterval(milliseconds)]
    }

    /// The next slower or faster of the usual intervals.
    mutating func stepInterval(slower: Bool) -> [Effect] {
        let current = polling.interval
        let next =
            slower
            ? PollState.intervals.first { $0 > current } : PollState.intervals.last { $0 < current }
        guard let next else {
            announce(.hint, slower ? "That is as slow as it gets." : "That is as fast as it gets.")
            return []
        }
        return setInterval(next)
    }

    /// Loads more or fewer runs from now on.
    mutating func setLimit(_ limit: Int) -> [Effect] {
        polling.limit = limit
        guard polling.truncated.contains(list.scope) else { return [] }
        // From the start, since the service went on behind the place where reading stopped.
        polling.truncated.remove(list.scope)
        polling.loaded.remove(list.scope)
        polling.cursors[list.scope] = nil
        polling.received[list.scope] = nil
        return pollAfresh()
    }
}

/// Intervals as people write them.
enum IntervalText {
    /// `2` or `0.5`.
    static func seconds(_ milliseconds: Int) -> String {
        milliseconds % 1_000 == 0 ? "\(milliseconds / 1_000)" : "\(Double(milliseconds) / 1_000)"
    }
}
