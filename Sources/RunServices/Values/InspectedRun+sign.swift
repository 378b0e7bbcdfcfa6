package import RunModel

extension InspectedRun {
    /// When the run was last heard of: a heartbeat of its supervisor, its newest metric, its start. What lies after `now`,
    /// as a client's clock may put it, counts as now.
    package func lastSign(notAfter now: Timestamp) -> Timestamp {
        let metrics = run.metrics.entries.map(\.value.timestamp)
        let signs = [run.createdAt, run.startedAt, supervisor?.lastHeartbeat].compactMap(\.self) + metrics
        return min(now, signs.max() ?? run.createdAt)
    }
}
