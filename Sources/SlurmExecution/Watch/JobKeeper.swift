package import RunExecution
package import RunModel
package import RunServices

/// Looks after the processes of this host and after the jobs of its cluster.
package struct JobKeeper: HostKeeper {
    /// Of this host.
    package let reaper: HostReaper
    /// Of the cluster.
    package let watch: JobWatch

    /// Both on the same service.
    package init(reaper: HostReaper, watch: JobWatch) {
        self.reaper = reaper
        self.watch = watch
    }

    /// Shows both what changed.
    package func take(_ batch: ChangeBatch) {
        reaper.take(batch)
        watch.take(batch)
    }

    /// Of a process on this host; a job's supervisor is elsewhere, as a rule.
    package func reach(of supervisor: Supervisor, for run: RunID) async -> CommandReach {
        await reaper.reach(of: supervisor, for: run)
    }

    /// Cancels, and takes jobs out of the queue whose runs are canceled with that.
    package func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        let changed = try await reaper.cancel(id, includingDescendants: includingDescendants)
        await watch.settle(after: changed)
        return changed
    }

    /// Kills, and takes the job out of the queue where it has not begun.
    package func kill(_ id: RunID) async throws(RunServiceError) -> [Run] {
        let changed = try await reaper.kill(id)
        await watch.settle(after: changed)
        return changed
    }
}
