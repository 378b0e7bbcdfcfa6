import RunModel

extension Run {
    /// A run for tests: `time` is in seconds after the scene's clock started.
    static func make(
        _ id: String, name: String? = nil, in experiment: String = "exp", status: RunStatus = .completed,
        parent: String? = nil, at time: Int64 = 0, lasting duration: Int64? = 60, tags: [(String, String?)] = [],
        metrics: [(String, Double)] = []
    ) -> Run {
        let started = Clock.start.advanced(byMilliseconds: time * 1_000)
        let hasStarted = status != .queued && status != .notStarted
        return Run(
            id: RunID(id), experimentID: ExperimentID(experiment), experimentName: experiment, name: name ?? id,
            status: status, parentID: parent.map { RunID($0) }, createdAt: started,
            startedAt: hasStarted ? started : nil,
            endedAt: status.isTerminal ? duration.map { started.advanced(byMilliseconds: $0 * 1_000) } : nil,
            tags: Tags(tags), metrics: LatestMetrics(metrics.map { ($0.0, MetricPoint.make($0.1)) }))
    }
}

extension MetricPoint {
    static func make(_ value: Double, step: Int64 = 10) -> MetricPoint {
        MetricPoint(step: step, timestamp: Clock.start, value: .number(value))
    }
}

/// When every scene begins: 2026-03-01 09:00:00 UTC.
enum Clock {
    static let start = Timestamp(milliseconds: 1_772_355_600_000)
}
