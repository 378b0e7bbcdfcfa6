import RunModel
import RunServices

extension Dashboard {
    mutating func ticked() -> [Effect] {
        guard !polling.isPaused, !polling.isInFlight, now.monotonic >= polling.retryAt else { return [] }
        return poll()
    }

    /// Asks what changed, unless an answer is under way.
    mutating func poll() -> [Effect] {
        guard !polling.isInFlight else { return [] }
        polling.isInFlight = true
        let scope = list.scope
        let isFirst = polling.cursors[scope] == nil
        return [
            .poll(
                scope, since: polling.cursors[scope], generation: polling.generation,
                pageSize: isFirst ? PollState.firstPage : PollState.laterPage)
        ]
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
        polling.lastSuccess = now.monotonic
        polling.latency = latency
        polling.error = nil
        polling.failures = 0
        polling.retryAt = 0
        polling.cursors[scope] = batch.cursor
        sparklines.isBlocked = false

        let isLoading = !polling.loaded.contains(scope)
        experiments.merge(batch.experiments, gone: batch.goneExperiments)
        let outcome = list.merge(batch.runs, gone: batch.goneRuns, at: now.wall, isLoading: isLoading)
        refreshConfirmation()
        if outcome.isRelisted || metricColumns.isEmpty { chooseMetricColumns() }
        if let filter = list.filter, filter.dependsOnTime, !outcome.isRelisted { list.setFilterAgain(at: now.wall) }
        if let selected = list.selectedRun {
            if outcome.changed.contains(selected.id) || selected.status.isActive { detail.isStale = true }
        }
        return isLoading ? continueLoading(batch, scope: scope) : []
    }

    /// Reads on until everything is here or the limit is reached.
    private mutating func continueLoading(_ batch: ChangeBatch, scope: RunScope) -> [Effect] {
        polling.received[scope, default: 0] += batch.runs.count
        guard batch.hasMore else {
            polling.loaded.insert(scope)
            polling.truncated.remove(scope)
            return []
        }
        guard polling.received[scope, default: 0] < polling.limit else {
            polling.loaded.insert(scope)
            polling.truncated.insert(scope)
            return []
        }
        return poll()
    }

    mutating func pollFailed(_ error: RunServiceError, generation: Int) -> [Effect] {
        guard generation == polling.generation else { return [] }
        polling.isInFlight = false
        polling.error = error
        if error.code == .invalid, polling.cursors[list.scope] != nil {
            // The service no longer knows the cursor: its data was replaced. Read everything again.
            polling.cursors = [:]
            polling.loaded = []
            polling.received = [:]
        }
        polling.backOff(from: now.monotonic)
        return []
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
        polling.truncated.remove(list.scope)
        polling.loaded.remove(list.scope)
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
