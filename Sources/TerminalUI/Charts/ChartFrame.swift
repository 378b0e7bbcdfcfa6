/// The axes of a chart: where the plot lies between them and what its edges stand for.
struct ChartFrame {
    let plot: Rect
    private let vertical: Axis
    private let lowX: Double
    private let highX: Double
    private let labelWidth: Int
    private let formatX: @Sendable (Double) -> String

    /// Smaller plots than this say less than a number does.
    private static let smallestPlot = Size(columns: 8, rows: 2)

    /// Nil when `body` is too small for axes. `points` must be finite and not empty.
    init?(points: [Chart.Point], body: Rect, formatX: @escaping @Sendable (Double) -> String) {
        // The line of the x axis and its labels.
        let plotRows = body.height - 2
        let ys = points.map(\.y)
        let xs = points.map(\.x)
        guard plotRows >= Self.smallestPlot.rows, let low = ys.min(), let high = ys.max(), let lowX = xs.min(),
            let highX = xs.max()
        else { return nil }
        // Three to five labels, and no two on one row.
        vertical = Axis(covering: low...high, maxTicks: min(plotRows, max(3, min(5, (plotRows + 1) / 2))))
        labelWidth = vertical.labels.map(\.utf8.count).max() ?? 0
        plot = Rect(
            x: body.x + labelWidth + 1, y: body.y, width: body.width - labelWidth - 1, height: plotRows)
        guard plot.width >= Self.smallestPlot.columns else { return nil }
        self.lowX = lowX
        self.highX = highX
        self.formatX = formatX
    }

    /// The dot that shows `point`, counted from the top left of the plot.
    func dot(of point: Chart.Point, in grid: DotGrid) -> (x: Int, y: Int) {
        let x = UnitFraction.of(point.x, from: lowX, to: highX)
        let y = 1 - vertical.fraction(of: point.y)
        return (Self.index(x, count: grid.width), Self.index(y, count: grid.height))
    }

    private static func index(_ fraction: Double, count: Int) -> Int {
        min(count - 1, max(0, Int((fraction * Double(count - 1)).rounded())))
    }

    func draw(on canvas: inout Canvas, glyphs: Glyphs, style: Style) {
        let axisX = plot.x - 1
        for row in plot.rows { canvas.put(glyphs.vertical, x: axisX, y: row, style: style) }
        for (tick, label) in zip(vertical.ticks, vertical.labels) {
            // Rounded as dots are, so that a curve passes its label's row.
            let dots = glyphs.braille ? 4 : 1
            let row = plot.y + Self.index(1 - vertical.fraction(of: tick), count: plot.height * dots) / dots
            canvas.putRight(label, rightEdge: axisX, y: row, style: style)
            canvas.put(glyphs.teeLeft, x: axisX, y: row, style: style)
        }
        canvas.put(glyphs.bottomLeft, x: axisX, y: plot.maxY, style: style)
        for column in plot.columns { canvas.put(glyphs.horizontal, x: column, y: plot.maxY, style: style) }
        drawLabelsOfX(on: &canvas, y: plot.maxY + 1, style: style)
    }

    /// The first and the last value below their ends, the middle one when it keeps clear of both.
    private func drawLabelsOfX(on canvas: inout Canvas, y: Int, style: Style) {
        guard highX > lowX else {
            canvas.putCentered(formatX(lowX), in: plot.columns, y: y, style: style)
            return
        }
        let first = plot.x + canvas.put(formatX(lowX), x: plot.x, y: y, style: style, maxWidth: plot.width)
        let lastText = formatX(highX)
        let last = plot.maxX - TerminalText.width(of: lastText)
        guard last > first else { return }
        canvas.put(lastText, x: last, y: y, style: style)
        let middleText = formatX(middle)
        let width = TerminalText.width(of: middleText)
        let start = plot.x + (plot.width - width) / 2
        if start >= first + 2, start + width <= last - 2 { canvas.put(middleText, x: start, y: y, style: style) }
    }

    /// A whole number between whole numbers: there is no step 49.5.
    private var middle: Double {
        let middle = lowX / 2 + highX / 2
        return lowX == lowX.rounded() && highX == highX.rounded() ? middle.rounded() : middle
    }
}
