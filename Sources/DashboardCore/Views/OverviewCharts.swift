import RunModel
import RunServices
import TerminalUI

/// The run's main metrics as charts, where the overview leaves room for them below its right column.
enum OverviewCharts {
    struct Place: Equatable {
        let metric: String
        let rect: Rect
    }

    /// Rows with axes and title below which a curve says little.
    private static let leastHeight = 8
    /// Taller ones say no more.
    private static let mostHeight = 12

    /// Which metrics are drawn, and where; none where the page is full, narrow or scrolled.
    static func plan(_ run: Run, _ dashboard: Dashboard, in rect: Rect) -> [Place] {
        guard let room = OverviewView.freeRoom(run, dashboard, in: rect), room.height >= leastHeight else { return [] }
        let metrics = candidates(run, dashboard)
        let count = min(metrics.count, room.height / leastHeight)
        guard count > 0 else { return [] }
        let height = min(mostHeight, room.height / count)
        return metrics.prefix(count).enumerated().map { index, metric in
            let y = room.y + index * height
            return Place(metric: metric, rect: Rect(x: room.x, y: y, width: room.width, height: height))
        }
    }

    /// Draws those whose samples are here and have a shape; one point has none.
    static func draw(_ run: Run, _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas) {
        let charts = dashboard.detail.charts
        guard charts.run == run.id else { return }
        for place in plan(run, dashboard, in: rect) {
            guard let latest = run.metrics.value(forKey: place.metric),
                let series = charts.series.first(where: { $0.key.metric.isExactly(place.metric) }),
                series.points.count > 1
            else { continue }
            MetricsView.drawChart(of: place.metric, latest, series, of: run, dashboard, in: place.rect, on: &canvas)
        }
    }

    /// Those of the list's columns first, as people look at them; a metric of one step has no curve.
    private static func candidates(_ run: Run, _ dashboard: Dashboard) -> [String] {
        let numeric = run.metrics.own.filter { $0.value.value.number != nil && $0.value.step != 0 }.map(\.key)
        let first = dashboard.metricColumns.filter(numeric.contains)
        return first + numeric.filter { !first.contains($0) }
    }
}
