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

    /// Nil when `body` is too small for axes.
    ///
    /// - Parameter ys: on the scale of the chart.
    init?(
        xs: ClosedRange<Double>, ys: ClosedRange<Double>, scale: Chart.Scale, body: Rect,
        formatX: @escaping @Sendable (Double) -> String
    ) {
        // The line of the x axis and its labels.
        let plotRows = body.height - 2
        guard plotRows >= Self.smallestPlot.rows else { return nil }
        // Three to five labels, and no two on one row.
        let maxTicks = min(plotRows, max(3, min(5, (plotRows + 1) / 2)))
        switch scale {
        case .linear: vertical = Axis(covering: ys, maxTicks: maxTicks)
        case .logarithmic: vertical = Axis(logarithmic: ys, maxTicks: maxTicks)
        }
        labelWidth = vertical.labels.map(\.utf8.count).max() ?? 0
        plot = Rect(
            x: body.x + labelWidth + 1, y: body.y, width: body.width - labelWidth - 1, height: plotRows)
        guard plot.width >= Self.smallestPlot.columns else { return nil }
        lowX = xs.lowerBound
        highX = xs.upperBound
        self.formatX = formatX
    }

    /// The dot that shows a place, counted from the top left of the plot; `y` is on the scale.
    func dot(x: Double, y: Double, in grid: DotGrid) -> (x: Int, y: Int) {
        let x = UnitFraction.of(x, from: lowX, to: highX)
        let y = 1 - vertical.fraction(of: y)
        return (Self.index(x, count: grid.width), Self.index(y, count: grid.height))
    }

    /// A line across the plot at `x`, where it leaves the curves to be seen, and what `x` is below it.
    func drawCursor(at x: Double, on canvas: inout Canvas, glyphs: Glyphs, style: Style) {
        guard x >= lowX, x <= highX else { return }
        let column = column(of: x, glyphs)
        for row in plot.rows where canvas[column, row].glyph == .blank {
            canvas.put(glyphs.vertical, x: column, y: row, style: style)
        }
        let text = " \(formatX(x)) "
        let width = TerminalText.width(of: text)
        let start = min(max(plot.x - 1, column - width / 2), plot.maxX - width)
        canvas.put(text, x: start, y: plot.maxY + 1, style: .plain.bold(), maxWidth: plot.width)
    }

    /// The cell of a place; `y` is on the scale.
    func cell(x: Double, y: Double, _ glyphs: Glyphs) -> (x: Int, y: Int) {
        let dots = glyphs.braille ? 4 : 1
        let row = Self.index(1 - vertical.fraction(of: y), count: plot.height * dots) / dots
        return (column(of: x, glyphs), plot.y + row)
    }

    private func column(of x: Double, _ glyphs: Glyphs) -> Int {
        let dots = glyphs.braille ? 2 : 1
        return plot.x + Self.index(UnitFraction.of(x, from: lowX, to: highX), count: plot.width * dots) / dots
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
