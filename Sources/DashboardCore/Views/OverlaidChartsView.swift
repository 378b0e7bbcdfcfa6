import RunModel
import RunServices
import TerminalUI

/// The same metric of several runs on one chart, with a legend below that has their last values.
enum OverlaidChartsView {
    private static let leastChartHeight = 7
    private static let legendWidth = 36

    static func draw(_ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas) {
        canvas.fill(rect, style: .plain)
        let (title, body) = rect.split(top: 1)
        PaneTitle.draw(
            heading(dashboard), facts: place(dashboard), isFocused: true, in: title, glyphs: dashboard.glyphs,
            on: &canvas)
        let page = body.inset(left: 2, right: 2)
        guard let metric = dashboard.overlay.metric else {
            canvas.put("These runs have logged no numbers yet.", x: page.x, y: page.y, style: Theme.quiet)
            return
        }
        let runs = dashboard.overlay.runs
        let columns = max(1, min(runs.count, (page.width + 2) / (legendWidth + 2)))
        let rows = max(1, min((runs.count + columns - 1) / columns, page.height - leastChartHeight))
        let (upper, legend) = page.split(bottom: rows)
        let maker = ChartMaker(dashboard.overlay.view, extent: dashboard.chartExtent, dashboard)
        drawChart(metric, maker, dashboard, in: upper, on: &canvas)
        drawLegend(metric, maker, columns, dashboard, in: legend, on: &canvas)
    }

    /// Whose charts these are: `Charts of 8 of 12 children of sweep, the first by started ▼`.
    private static func heading(_ dashboard: Dashboard) -> String {
        let overlay = dashboard.overlay
        let all = dashboard.overlayCandidates.count
        let runs: String
        switch overlay.source {
        case .marked: runs = "marked runs"
        case .children(let id): runs = "children of \(dashboard.list.table[id]?.name ?? id.text)"
        }
        guard all > overlay.runs.count else { return "Charts of \(overlay.runs.count) \(runs)" }
        let sort = dashboard.list.sort
        let arrow = sort.isDescending ? dashboard.glyphs.sortDown : dashboard.glyphs.sortUp
        return "Charts of \(overlay.runs.count) of \(all) \(runs), the first by \(sort.column.title) \(arrow)"
    }

    /// `metric 2 of 5`
    private static func place(_ dashboard: Dashboard) -> String {
        let metrics = dashboard.overlayMetrics
        guard let metric = dashboard.overlay.metric, let index = metrics.firstIndex(where: { $0.isExactly(metric) })
        else {
            return ""
        }
        return "metric \(index + 1) of \(metrics.count)"
    }

    private static func drawChart(
        _ metric: String, _ maker: ChartMaker, _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas
    ) {
        let shown = dashboard.overlaidSeries
        if let error = dashboard.overlay.error, shown.allSatisfy({ $0 == nil }) {
            for (index, line) in TerminalText.wrapped(error.message, width: rect.width).prefix(rect.height).enumerated()
            {
                canvas.put(line, x: rect.x, y: rect.y + index, style: Theme.bad, maxWidth: rect.width)
            }
            return
        }
        if shown.allSatisfy({ $0 == nil }), dashboard.overlay.isLoading {
            canvas.put(metric, x: rect.x, y: rect.y, style: Theme.title, maxWidth: rect.width)
            canvas.put("reading…", x: rect.x, y: rect.y + 1, style: Theme.quiet, maxWidth: rect.width)
            return
        }
        let curves = shown.enumerated().compactMap { index, one -> Chart.Series? in
            guard let one else { return nil }
            return maker.curve(
                one.series, from: one.start, name: "", style: RunLegend.style(index),
                mark: RunLegend.mark(index, dashboard.glyphs))
        }
        var caption = maker.caption(shown.compactMap { $0?.series })
        if let cursor = maker.view.cursor {
            let at = "at \(maker.view.xAxis == .step ? "step " : "")\(maker.formatX(over: maker.range)(cursor))"
            caption = (maker.settings + [at]).joined(separator: " \(dashboard.glyphs.separator) ")
        }
        // Bands of several curves would hide one another.
        let chart = maker.chart(metric, curves.map(Self.withoutBands), caption: caption)
        chart.draw(in: rect, on: &canvas)
    }

    private static func withoutBands(_ series: Chart.Series) -> Chart.Series {
        var series = series
        series.bands = []
        return series
    }

    /// One cell of a table for each run: mark, name, last value or the one at the cursor.
    private static func drawLegend(
        _ metric: String, _ maker: ChartMaker, _ columns: Int, _ dashboard: Dashboard, in rect: Rect,
        on canvas: inout Canvas
    ) {
        guard rect.height > 0 else { return }
        let runs = dashboard.overlay.runs
        let shown = dashboard.overlaidSeries
        let width = (rect.width + 2) / columns - 2
        let values = runs.indices.map { value(metric, of: runs[$0], shown[$0], maker, dashboard) }
        let valueWidth = min(width / 2, values.map(TerminalText.width).max() ?? 0)
        let names = RunLegend.names(
            runs.map { (dashboard.list.table[$0]?.name ?? "deleted", $0) }, width: max(1, width - valueWidth - 4),
            ellipsis: dashboard.glyphs.ellipsis)
        let room = rect.height * columns
        for (index, name) in names.enumerated() {
            let x = rect.x + index / rect.height * (width + 2)
            let y = rect.y + index % rect.height
            if index == room - 1, names.count > room {
                canvas.put("\(names.count - index) more", x: x, y: y, style: Theme.quiet, maxWidth: width)
                return
            }
            canvas.put(RunLegend.mark(index, dashboard.glyphs), x: x, y: y, style: RunLegend.style(index).bold())
            canvas.put(name, x: x + 2, y: y, maxWidth: width - valueWidth - 4)
            canvas.putRight(values[index], rightEdge: x + width, y: y, style: Theme.title, maxWidth: valueWidth)
        }
    }

    private static func value(
        _ metric: String, of id: RunID, _ shown: (series: MetricSeries, start: Timestamp)?, _ maker: ChartMaker,
        _ dashboard: Dashboard
    ) -> String {
        if dashboard.overlay.refused[MetricSeriesKey(run: id, metric: metric)] != nil { return "refused" }
        if maker.view.cursor != nil, let shown, let reading = maker.reading(of: shown.series, from: shown.start) {
            let x = maker.formatX(over: maker.range)(reading.x)
            return "\(NumberText.compact(reading.shown, significantDigits: 4)) at \(x)"
        }
        guard let latest = dashboard.list.table[id]?.metrics.value(forKey: metric)?.value.number else {
            return dashboard.glyphs.missing
        }
        return NumberText.compact(latest, significantDigits: 4)
    }
}
