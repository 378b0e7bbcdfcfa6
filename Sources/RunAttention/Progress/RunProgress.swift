package import RunModel

/// How far a run is, where it says how long it will be.
package struct RunProgress: Sendable, Equatable {
    /// From 0 to 1.
    package let fraction: Double
    /// Milliseconds that are left at the pace until now; nil where nothing can be said yet.
    package let remaining: Int64?

    /// Nil for a run that is not running, or does not say how long it is.
    ///
    /// A `progress` metric comes first, then `max_steps` with the greatest step of any metric, then a number of epochs
    /// (`num_train_epochs`, `max_epochs`, `epochs`) with an `epoch` metric. A parameter that is no number above zero, as
    /// the -1 of Hugging Face's trainer, says nothing.
    package init?(_ run: Run, at now: Timestamp) {
        guard run.status == .running || run.status == .notResponding, let point = Self.point(of: run) else {
            return nil
        }
        let fraction = min(max(point.fraction, 0), 1)
        self.fraction = fraction
        guard fraction > 0, let started = run.startedAt else {
            remaining = nil
            return
        }
        let elapsed = Double(point.at.milliseconds(since: started))
        guard elapsed > 0 else {
            remaining = nil
            return
        }
        let since = Double(now.milliseconds(since: point.at))
        let left = elapsed * (1 - fraction) / fraction - max(0, since)
        remaining = Int64(min(max(0, left), 1e15))
    }

    private struct Point {
        var fraction: Double
        var at: Timestamp
    }

    private static func point(of run: Run) -> Point? {
        if let progress = run.metrics.value(forKey: "progress"), let number = progress.value.number, number.isFinite {
            return Point(fraction: number > 1 ? number / 100 : number, at: progress.timestamp)
        }
        if let steps = length("max_steps", of: run),
            let newest = run.metrics.own.max(by: { $0.value.step < $1.value.step })
        {
            return Point(fraction: Double(newest.value.step) / steps, at: newest.value.timestamp)
        }
        if let epoch = run.metrics.value(forKey: "epoch"), let number = epoch.value.number, number.isFinite {
            for name in ["num_train_epochs", "max_epochs", "epochs"] {
                if let epochs = length(name, of: run) { return Point(fraction: number / epochs, at: epoch.timestamp) }
            }
        }
        return nil
    }

    private static func length(_ parameter: String, of run: Run) -> Double? {
        guard let text = run.params.value(forKey: parameter), let number = Double(text), number.isFinite, number > 0
        else { return nil }
        return number
    }
}

extension Run {
    /// When a metric of its own last came, as its clock has it; nil before the first.
    package var lastMetricAt: Timestamp? { metrics.own.lazy.map(\.value.timestamp).max() }
}
