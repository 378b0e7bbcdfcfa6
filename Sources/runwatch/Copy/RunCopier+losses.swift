import RunModel
import RunServices

/// What a target drops without refusing it.
extension RunCopier {
    /// When a run was made, and its number, are the target's to say.
    mutating func noteWhatCreationLost(of run: Run, in copy: Run) {
        if copy.createdAt != run.createdAt {
            report.lacks("times of creation", "Run \(run.id) was created there when it was copied.")
        }
        guard let number = run.number, copy.number != number else { return }
        let there = copy.number.map { "run \($0)" } ?? "without a number"
        report.lacks("run numbers", "Run \(run.id) is run \(number), and \(there) there.")
    }

    /// A service may keep a point once that was logged twice. The target is asked only where there are such points.
    mutating func noteLostRepetitions(_ given: [MetricSeries], of run: Run, in copy: Run) async throws {
        let repeated = given.filter { Set($0.points.lazy.map(\.comparable)).count < $0.points.count }
        if repeated.isEmpty { return }
        let keys = repeated.map { MetricSeriesKey(run: copy.id, metric: $0.key.metric) }
        let held = try await target.wholeSeries(for: keys)
        for series in repeated {
            let count = held.first { $0.key.metric.isExactly(series.key.metric) }?.points.count ?? 0
            // One that could not be written at all is told already.
            guard count > 0, count < series.points.count else { continue }
            let lost = Counted.text(series.points.count - count, "point")
            report.lacks(
                "points that were logged twice", "`\(series.key.metric)` of run \(run.id) has \(lost) less there.")
        }
    }
}
