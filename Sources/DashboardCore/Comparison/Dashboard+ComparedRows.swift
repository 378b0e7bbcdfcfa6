import RunAttention
package import RunModel
import RunServices

/// What the rows of a comparison are made of.
extension Dashboard {
    /// The runs of a comparison that are still known, in its order.
    func comparedRuns(_ comparison: ComparisonState) -> [Run] { comparison.runs.compactMap { list.table[$0] } }

    /// The rows that a comparison shows now.
    package func comparisonTable(_ comparison: ComparisonState) -> RunComparison {
        let runs = comparedRuns(comparison)
        let table = RunComparison(
            runs, all: comparison.showsAll, at: now.wall, further: furtherRows(comparison, runs))
        // A start says more than the creation just before it.
        let haveStarted = runs.allSatisfy { $0.startedAt != nil }
        let created = ComparedField(.attribute, RunColumn.Attribute.created.rawValue)
        let wanted = comparison.filter.lowercased()
        return table.filtered { field in
            (!haveStarted || field != created) && (wanted.isEmpty || field.name.lowercased().contains(wanted))
        }
    }

    private func furtherRows(_ comparison: ComparisonState, _ runs: [Run]) -> [RunComparison.Row] {
        let sources = runs.map { comparison.readings.sources[$0.id] }
        let isIncomplete = sources.contains { $0 == nil }
        let facts: [(String, (RunSource) -> String)] = [
            ("command", { ShellText.line($0.command) }), ("directory", \.directory), ("host", \.host),
            ("commit", { $0.revision?.commit ?? "" }), ("branch", { $0.revision?.branch ?? "" }),
            ("repository", { $0.revision?.repository ?? "" }),
        ]
        var rows = facts.map { name, fact in
            let values = sources.map { source -> ColumnValue in
                let text = (source ?? nil).map(fact) ?? ""
                return text.isEmpty ? .none : .text(text)
            }
            return RunComparison.Row(ComparedField(.source, name), values, isIncomplete: isIncomplete)
        }
        let metrics = Set(runs.flatMap { $0.metrics.own.map { ExactText($0.key) } })
        for metric in metrics { rows += bestRows(of: metric.text, comparison, runs) }
        // While not all is read, only what is known to differ counts as a difference.
        return comparison.showsAll ? rows : rows.filter { !$0.isIncomplete || $0.knownValuesDiffer }
    }

    /// The best of a metric and its step.
    private func bestRows(of metric: String, _ comparison: ComparisonState, _ runs: [Run]) -> [RunComparison.Row] {
        let best = runs.map { bestPoint(of: metric, in: $0, comparison) }
        let isIncomplete = runs.contains { isReading(metric, of: $0, comparison) }
        let isGreater = BestMetric.isScore(metric)
        return [
            RunComparison.Row(
                ComparedField(.metric, metric, isGreater ? .greatest : .least),
                best.map { $0.map { ColumnValue($0.value) } ?? .none }, isIncomplete: isIncomplete),
            RunComparison.Row(
                ComparedField(.metric, metric, isGreater ? .greatestStep : .leastStep),
                best.map { $0.map { .integer(Int(clamping: $0.step)) } ?? .none }, isIncomplete: isIncomplete),
        ]
    }

    /// The best point that was read, or the newest one where that is better; nil before any was read.
    private func bestPoint(of metric: String, in run: Run, _ comparison: ComparisonState) -> MetricPoint? {
        let key = MetricSeriesKey(run: run.id, metric: metric)
        guard let best = comparison.readings.best[key]?.point else { return nil }
        let known = [best, run.metrics.value(forKey: metric)].compactMap { $0 }
        return ComparisonReadings.best(of: known, key: metric)
    }

    /// Whether a run has numbers of a metric that have not been read.
    func isReading(_ metric: String, of run: Run, _ comparison: ComparisonState) -> Bool {
        guard run.metrics.value(forKey: metric)?.value.number != nil else { return false }
        return comparison.readings.best[MetricSeriesKey(run: run.id, metric: metric)] == nil
    }

    /// Whether a value is not known yet.
    func isReading(_ field: ComparedField, of run: Run, _ comparison: ComparisonState) -> Bool {
        switch field.family {
        case .source: comparison.readings.sources[run.id] == nil
        case .metric: field.part != .last && isReading(field.key, of: run, comparison)
        case .attribute, .param, .property, .tag, .system: false
        }
    }
}
