import RunModel
import RunServices
import TerminalUI

/// The page of overlaid charts.
extension Dashboard {
    /// Why there is nothing to lay over one another.
    var noOverlay: String? {
        if list.marks.count > 1 { return nil }
        let marking = "mark 2 to \(OverlaidCharts.limit) runs with \(keyName(.mark))"
        if list.marks.count == 1 { return "One run is marked; \(marking), or unmark it on a run with children." }
        guard let id = list.selectedID, let slot = list.table.slot(of: id), list.table.children(of: slot).count > 1
        else {
            return "There is nothing to compare: \(marking), or go to a run with several children."
        }
        return nil
    }

    mutating func openOverlaidCharts() {
        overlay = OverlaidCharts()
        overlay.view = detail.charts.view
        overlay.view.forgetPlaces()
        if list.marks.isEmpty, let id = list.selectedID {
            overlay.source = .children(of: id)
        }
        overlay.runs = Array(overlayCandidates.prefix(OverlaidCharts.limit))
        overlay.metric = overlayMetrics.first
        mode = .overlayingCharts
    }

    /// All runs that are meant, in the order of the list.
    var overlayCandidates: [RunID] {
        let slots: [RunTable.Slot]
        switch overlay.source {
        case .marked: slots = list.marks.compactMap(list.table.slot)
        case .children(let id): slots = list.table.slot(of: id).map { Array(list.table.children(of: $0)) } ?? []
        }
        let ranks = list.order.ranks
        return slots.sorted { ranks[Int($0)] < ranks[Int($1)] }.map { list.table[$0].id }
    }

    /// The metrics with numbers of the runs on the page: those with columns first, as people look at them.
    package var overlayMetrics: [String] {
        var known = Set<ExactText>()
        var names: [String] = []
        for run in overlay.runs.compactMap({ list.table[$0] }) {
            for entry in run.metrics.entries where entry.value.value.number != nil {
                if known.insert(ExactText(entry.key)).inserted { names.append(entry.key) }
            }
        }
        let first = metricColumns.filter { known.contains(ExactText($0)) }
        let rest = names.filter { name in !first.contains { $0.isExactly(name) } }
        // What machines say of runs comes last.
        return first + rest.filter { !SystemMetric.isOne($0) }.sorted { $0.isBefore($1) }
            + rest.filter(SystemMetric.isOne).sorted { $0.isBefore($1) }
    }

    /// One for each run on the page; nil where there is no sample of its metric.
    var overlaidSeries: [(series: MetricSeries, start: Timestamp)?] {
        overlay.runs.map { id in
            guard let metric = overlay.metric, let run = list.table[id],
                let sample = overlay.samples[MetricSeriesKey(run: id, metric: metric)]
            else { return nil }
            return (sample.series, run.startedAt ?? run.createdAt)
        }
    }

    mutating func overlayKey(_ key: Key) -> [Effect] {
        switch PromptKeys.action(for: key, in: .charts) {
        case .close:
            if overlay.view.cursor == nil { mode = .browsing } else { overlay.view.hideCursor() }
            return []
        case .down:
            turnMetric(by: 1)
            return []
        case .up:
            turnMetric(by: -1)
            return []
        default: break
        }
        guard let command = keys.command(for: key, in: .charts) else { return [] }
        if moveChartCursor(command) { return [] }
        switch command {
        case .right, .down: turnMetric(by: 1)
        case .left, .up: turnMetric(by: -1)
        case .first: turnMetric(by: -overlayMetrics.count)
        case .last: turnMetric(by: overlayMetrics.count)
        case .xAxis, .yAxis, .smooth, .zoomIn, .zoomOut, .wholeRange, .earlier, .later, .readValues:
            controlCharts(command)
        case .refresh, .redraw, .suspend, .pause: return perform(command)
        case .charts: mode = .browsing
        default: break
        }
        return []
    }

    private mutating func turnMetric(by offset: Int) {
        let metrics = overlayMetrics
        let index = overlay.metric.flatMap { metric in metrics.firstIndex { $0.isExactly(metric) } } ?? 0
        let next = min(max(0, index + offset), metrics.count - 1)
        if metrics.indices.contains(next) { overlay.metric = metrics[next] }
    }

    /// Children that came since join those on the page while there is room.
    mutating func keepOverlay() {
        guard isOverlaid else { return }
        if case .children = overlay.source, overlay.runs.count < OverlaidCharts.limit {
            let known = Set(overlay.runs)
            let new = overlayCandidates.filter { !known.contains($0) }
            overlay.runs += new.prefix(OverlaidCharts.limit - overlay.runs.count)
        }
        if overlay.metric == nil { overlay.metric = overlayMetrics.first }
    }

    /// Asks for the samples of the metric on screen that are not here or out of date.
    mutating func demandOverlay() -> [Effect] {
        guard isOverlaid, !overlay.isLoading, overlay.error == nil, let metric = overlay.metric else { return [] }
        let points = chartPoints(width: size.columns - 4)
        var wanted: [MetricSeriesKey: MetricPoint] = [:]
        for id in overlay.runs {
            let key = MetricSeriesKey(run: id, metric: metric)
            guard let latest = list.table[id]?.metrics.value(forKey: metric), latest.value.number != nil,
                !overlay.isCurrent(key, latest, points: points)
            else { continue }
            wanted[key] = latest
        }
        guard !wanted.isEmpty else { return [] }
        overlay.request(wanted, points: points)
        let keys = overlay.runs.map { MetricSeriesKey(run: $0, metric: metric) }.filter { wanted[$0] != nil }
        return [.loadSeries(keys, maxPoints: points, .overlay)]
    }
}
