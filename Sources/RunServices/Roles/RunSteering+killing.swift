package import RunModel

extension RunSteering {
    /// Cancels a run whose command is to be given no time: its supervisor kills it when it sees the order, a heartbeat
    /// later. Returns the run.
    ///
    /// Throws what a cancel throws. Without a supervisor it is a cancel and nothing more.
    @discardableResult
    package func kill(_ id: RunID) async throws(RunServiceError) -> [Run] {
        let changed = try await cancel(id, includingDescendants: false)
        if changed.contains(where: { $0.id == id && $0.status.isTerminal }) { return changed }
        return [try await edit(id, RunEdit(tags: [.set(key: Run.killTag, value: "ordered")]))]
    }
}
