import RunModel
import RunServices
import TerminalUI

/// The keys of charts, for the run's own and for those of several runs.
extension Dashboard {
    var isOverlaid: Bool { mode == .overlayingCharts }

    /// The charts that have the keyboard.
    var chartView: ChartView {
        get { isOverlaid ? overlay.view : detail.charts.view }
        set {
            if isOverlaid { overlay.view = newValue } else { detail.charts.view = newValue }
        }
    }

    /// Why the keys of charts do nothing now.
    var noCharts: String? {
        isOverlaid || (detail.tab == .metrics && layout.detail.height > 0)
            ? nil : "There are charts on the Metrics page; \(keyName(.metrics)) shows it."
    }

    /// The x of all points on screen, ascending, each once.
    var chartPlaces: [Double] {
        let view = chartView
        var places = Set<Double>()
        for (series, start) in shownSeries {
            for point in series.points where point.value.number != nil { places.insert(view.x(of: point, from: start)) }
        }
        return places.sorted()
    }

    /// What there is on the x axis; nil without points.
    var chartExtent: ClosedRange<Double>? {
        let view = chartView
        var extent: ClosedRange<Double>?
        for (series, start) in shownSeries {
            for point in series.points where point.value.number != nil {
                let x = view.x(of: point, from: start)
                extent = min(extent?.lowerBound ?? x, x)...max(extent?.upperBound ?? x, x)
            }
        }
        return extent
    }

    /// The samples on screen with the starts of their runs.
    private var shownSeries: [(MetricSeries, Timestamp)] {
        if isOverlaid { return overlaidSeries.compactMap { $0 }.map { ($0.series, $0.start) } }
        guard let run = list.selectedRun, detail.charts.run == run.id else { return [] }
        let start = run.startedAt ?? run.createdAt
        return detail.charts.series.map { ($0, start) }
    }

    mutating func controlCharts(_ command: Command) {
        var view = chartView
        switch command {
        case .xAxis: view.turnXAxis()
        case .yAxis: view.turnYAxis()
        case .smooth: view.turnSmoothing()
        case .wholeRange: view.showAll()
        case .readValues: view.toggleCursor(among: chartPlaces)
        default:
            guard let extent = chartExtent else { return }
            switch command {
            case .zoomIn: view.zoomIn(in: extent)
            case .zoomOut: view.zoomOut(in: extent)
            case .earlier: view.pan(by: -1, in: extent)
            case .later: view.pan(by: 1, in: extent)
            default: break
            }
        }
        chartView = view
    }

    /// Moves the cursor that reads values; false for a key that does not, or without a cursor.
    mutating func moveChartCursor(_ command: Command) -> Bool {
        guard chartView.cursor != nil else { return false }
        // The plot is narrower by its labels; a cell more or less is not seen.
        let cells = max(1, (isOverlaid ? size.columns : layout.detailBody.width) - 8)
        switch command {
        case .left: chartView.moveCursor(by: -1, among: chartPlaces, cells: cells)
        case .right: chartView.moveCursor(by: 1, among: chartPlaces, cells: cells)
        case .first: chartView.moveCursor(toLast: false, among: chartPlaces)
        case .last: chartView.moveCursor(toLast: true, among: chartPlaces)
        default: return false
        }
        return true
    }

    /// Points to ask for so that what is shown is as fine as the screen: two braille dots a cell, more where x is looked
    /// at closely, within reason.
    func chartPoints(width: Int) -> Int {
        let usual = max(2, width * 2)
        guard chartView.window != nil, let extent = chartExtent else { return usual }
        var points = usual
        // Doubled, so that not each step of the zoom asks for more.
        while points < Self.mostChartPoints, Double(points) < Double(usual) * chartView.magnification(in: extent) {
            points *= 2
        }
        return min(points, max(usual, Self.mostChartPoints))
    }

    /// Of one curve.
    private static let mostChartPoints = 2_048
}
