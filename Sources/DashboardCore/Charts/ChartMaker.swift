import RunModel
import RunServices
import TerminalUI

/// Makes charts of samples, as a person wants to look at them.
struct ChartMaker {
    let view: ChartView
    /// What is shown of the x axis; nil for all of it.
    let range: ClosedRange<Double>?
    let glyphs: Glyphs
    let zone: DisplayTimeZone
    let now: Timestamp

    /// - Parameter extent: what there is on the x axis; nil for charts that are shown whole, whatever the view says.
    init(_ view: ChartView, extent: ClosedRange<Double>?, _ dashboard: Dashboard) {
        var view = view
        if extent == nil { view.forgetPlaces() }
        self.view = view
        range = extent.flatMap { view.range(in: $0) }
        glyphs = dashboard.glyphs
        zone = dashboard.zone
        now = dashboard.now.wall
    }

    /// The curve of a sample; texts have no place on it.
    ///
    /// - Parameter start: of the run, from which time is counted.
    func curve(
        _ series: MetricSeries, from start: Timestamp, name: String, style: Style, mark: String? = nil
    ) -> Chart.Series {
        var points: [Chart.Point] = []
        points.reserveCapacity(series.points.count)
        for point in series.points {
            guard let y = point.value.number else { continue }
            points.append(Chart.Point(x: view.x(of: point, from: start), y: y))
        }
        var curve = Chart.Series(name: name, points: points, style: style, smoothed: smoothed(points))
        curve.mark = mark
        curve.reading = reading(of: series, from: start).map { Chart.Point(x: $0.x, y: $0.shown) }
        // Behind a smoothed curve there are the points themselves.
        if view.smoothing == 0, let spans = series.spans {
            curve.bands = zip(series.points, spans).compactMap { point, span in
                guard let span, span.low < span.high else { return nil }
                return Chart.Band(x: view.x(of: point, from: start), low: span.low, high: span.high)
            }
        }
        return curve
    }

    /// A chart with what is said of how it is drawn.
    func chart(_ title: String, _ curves: [Chart.Series], caption: String) -> Chart {
        let xs = range ?? Self.span(curves)
        var chart = Chart(title: title, series: curves, glyphs: glyphs, formatX: formatX(over: xs))
        chart.caption = caption
        chart.scale = view.isLogarithmic ? .logarithmic : .linear
        chart.range = range
        chart.cursor = view.cursor
        return chart
    }

    private static func span(_ curves: [Chart.Series]) -> ClosedRange<Double>? {
        let xs = curves.lazy.flatMap(\.points).map(\.x).filter(\.isFinite)
        guard let low = xs.min(), let high = xs.max() else { return nil }
        return low...high
    }

    private func smoothed(_ points: [Chart.Point]) -> [Chart.Point]? {
        guard view.smoothing > 0 else { return nil }
        var average = ExponentialAverage(weight: view.smoothing)
        // What is not finite stays as it is: a gap, and not the end of the curve.
        return points.map { Chart.Point(x: $0.x, y: $0.y.isFinite ? average.take($0.y) : $0.y) }
    }
}

/// A point that the cursor reads.
struct ChartReading: Equatable {
    let point: MetricPoint
    let x: Double
    let value: Double
    let smoothed: Double?

    /// What the curve in front shows.
    var shown: Double { smoothed ?? value }
}

extension ChartMaker {
    /// The point nearest to the cursor, the newest of several; nil without a cursor or a number.
    func reading(of series: MetricSeries, from start: Timestamp) -> ChartReading? {
        guard let cursor = view.cursor else { return nil }
        var average = ExponentialAverage(weight: view.smoothing)
        var nearest: (reading: ChartReading, distance: Double)?
        for point in series.points {
            guard let value = point.value.number else { continue }
            let smoothed = view.smoothing > 0 && value.isFinite ? average.take(value) : nil
            let x = view.x(of: point, from: start)
            // Halves, whose difference any two doubles have.
            let distance = (x / 2 - cursor / 2).magnitude
            if let nearest, nearest.distance < distance { continue }
            nearest = (ChartReading(point: point, x: x, value: value, smoothed: smoothed), distance)
        }
        return nearest?.reading
    }
}

extension ChartView {
    /// Where a point lies on the x axis.
    func x(of point: MetricPoint, from start: Timestamp) -> Double {
        switch xAxis {
        case .step: Double(point.step)
        case .elapsed: Double(point.timestamp.milliseconds(since: start))
        case .clock: Double(point.timestamp.milliseconds)
        }
    }
}
