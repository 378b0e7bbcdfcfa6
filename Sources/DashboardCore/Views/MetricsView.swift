import RunModel
import RunServices
import TerminalUI

/// The selected run's metrics, a chart each, laid out in as many columns as are readable.
enum MetricsView {
    private static let leastWidth = 44
    private static let leastHeight = 7

    static func draw(_ run: Run, _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas) {
        let charts = dashboard.detail.charts
        let metrics = run.metrics.ownFirst
        guard !metrics.isEmpty else {
            say("This run has logged no metrics.", in: rect, on: &canvas)
            return
        }
        if let error = charts.error, charts.run == run.id, charts.series.isEmpty {
            for (index, line) in TerminalText.wrapped(error.message, width: rect.width).prefix(rect.height).enumerated()
            {
                canvas.put(line, x: rect.x, y: rect.y + index, style: Theme.bad, maxWidth: rect.width)
            }
            return
        }
        let grid = grid(count: metrics.count, in: rect)
        let extent = dashboard.chartExtent
        let scroll = min(dashboard.detail.scroll[.metrics, default: 0], max(0, grid.rows - grid.visibleRows))
        for (index, metric) in metrics.enumerated() {
            let row = index / grid.columns - scroll
            guard row >= 0, row < grid.visibleRows else { continue }
            let width = (rect.width + 2) / grid.columns - 2
            let place = Rect(
                x: rect.x + index % grid.columns * (width + 2), y: rect.y + row * grid.height, width: width,
                height: grid.height - (grid.visibleRows > 1 ? 1 : 0))
            draw(metric.key, metric.value, of: run, dashboard, extent: extent, in: place, on: &canvas)
        }
        if scroll + grid.visibleRows < grid.rows {
            canvas.put(dashboard.glyphs.arrowDown, x: rect.maxX, y: rect.maxY - 1, style: Theme.accent)
        }
        if scroll > 0 { canvas.put(dashboard.glyphs.arrowUp, x: rect.maxX, y: rect.y, style: Theme.accent) }
    }

    /// In rows of charts, plus what keeps the last row reachable.
    static func contentHeight(_ run: Run, _ dashboard: Dashboard, in rect: Rect) -> Int {
        let grid = grid(count: run.metrics.count, in: rect)
        return rect.height + max(0, grid.rows - grid.visibleRows)
    }

    private static func grid(
        count: Int, in rect: Rect
    ) -> (columns: Int, rows: Int, visibleRows: Int, height: Int) {
        let columns = max(1, min(count, (rect.width + 2) / (leastWidth + 2)))
        let rows = max(1, (count + columns - 1) / columns)
        let visible = max(1, min(rows, rect.height / (leastHeight + 1)))
        return (columns, rows, visible, max(1, rect.height / visible))
    }

    private static func draw(
        _ key: String, _ latest: MetricPoint, of run: Run, _ dashboard: Dashboard, extent: ClosedRange<Double>?,
        in rect: Rect, on canvas: inout Canvas
    ) {
        if case .text(let text) = latest.value {
            write(text, under: key, style: .plain, in: rect, on: &canvas)
            return
        }
        let charts = dashboard.detail.charts
        guard let series = charts.series.first(where: { $0.key == MetricSeriesKey(run: run.id, metric: key) }) else {
            let (text, style) = absence(of: key, charts)
            write(text, under: key, style: style, in: rect, on: &canvas)
            return
        }
        drawChart(of: key, latest, series, of: run, dashboard, extent: extent, in: rect, on: &canvas)
    }

    /// Why there is no curve.
    private static func absence(of key: String, _ charts: ChartState) -> (String, Style) {
        if let error = charts.refused[ExactText(key)] ?? charts.error { return (error.message, Theme.bad) }
        if charts.isAnswered(key) { return ("The run service gives no points of this metric.", Theme.quiet) }
        return ("reading…", Theme.quiet)
    }

    private static func write(
        _ text: String, under key: String, style: Style, in rect: Rect, on canvas: inout Canvas
    ) {
        canvas.put(key, x: rect.x, y: rect.y, style: Theme.title, maxWidth: rect.width)
        for (index, line) in TerminalText.wrapped(text, width: rect.width).prefix(max(0, rect.height - 1)).enumerated()
        {
            canvas.put(line, x: rect.x, y: rect.y + 1 + index, style: style, maxWidth: rect.width)
        }
    }

    /// The curve of one metric with its newest value in the title.
    ///
    /// - Parameter extent: what there is on the x axis; nil for a curve that is shown whole.
    static func drawChart(
        of key: String, _ latest: MetricPoint, _ series: MetricSeries, of run: Run, _ dashboard: Dashboard,
        extent: ClosedRange<Double>? = nil, in rect: Rect, on canvas: inout Canvas
    ) {
        let start = run.startedAt ?? run.createdAt
        let maker = ChartMaker(dashboard.detail.charts.view, extent: extent, dashboard)
        let value = latest.value.number.map { NumberText.compact($0, significantDigits: 4) } ?? ""
        let curve = maker.curve(series, from: start, name: key, style: Theme.accent)
        let reading = maker.reading(of: series, from: start).map { maker.text(of: $0, from: start) }
        maker.chart("\(key)  \(value)", [curve], caption: reading ?? maker.caption([series]))
            .draw(in: rect, on: &canvas)
    }

    private static func say(_ text: String, in rect: Rect, on canvas: inout Canvas, style: Style = Theme.quiet) {
        canvas.put(text, x: rect.x, y: rect.y, style: style, maxWidth: rect.width)
    }
}
