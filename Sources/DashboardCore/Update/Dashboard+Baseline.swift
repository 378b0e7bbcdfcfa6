package import RunModel
import RunServices
import TerminalUI

/// One run pinned on top, to which the metrics of the others are shown as differences.
extension Dashboard {
    /// Pins the selected run; if it is pinned already, or nothing is selected, no run is pinned any more.
    mutating func toggleBaseline() {
        guard let id = actionTarget, id != baseline else {
            announce(
                .done, baseline == nil ? "No run is selected." : "No run is pinned; metrics are shown as they are.")
            baseline = nil
            return
        }
        baseline = id
        let name = list.table[id]?.name ?? id.text
        announce(.done, "“\(name)” is pinned: metrics are differences to its. \(keyName(.baseline)) on it ends that.")
    }

    /// The run under the cursor, whatever is marked.
    private var actionTarget: RunID? {
        if focus == .detail, detail.tab == .children, let child = highlightedChild { return child.id }
        return list.selectedID
    }

    /// The pinned run as it is now; nil while none is, or it is not loaded.
    package var baselineRun: Run? { baseline.flatMap { list.table[$0] } }

    /// The pinned run as a row of its own, outside of any tree.
    var baselineRow: RunRow? {
        baseline.flatMap(list.table.slot(of:)).map {
            RunRow(slot: $0, depth: 0, lastBits: 0, hasChildren: false, isExpanded: false, isContext: false)
        }
    }

    /// The rows on screen, the pinned run's among them.
    var rowsInView: [RunRow] {
        (baselineRow.map { [$0] } ?? []) + list.rows.dropFirst(list.top).prefix(max(0, layout.runRows.height))
    }

    /// What a metric of the pinned run is, in a column of others; nil where there is nothing to differ from.
    func baselineValue(_ key: ExactText, _ extent: ListColumn.Extent) -> Double? {
        guard let run = baselineRun else { return nil }
        let value: Double?
        switch extent {
        case .last: value = run.metrics.value(forKey: key.text)?.value.number
        case .min: value = ranges.range(of: MetricSeriesKey(run: run.id, metric: key.text))?.least
        case .max: value = ranges.range(of: MetricSeriesKey(run: run.id, metric: key.text))?.greatest
        }
        return value.flatMap { $0.isFinite ? $0 : nil }
    }
}
