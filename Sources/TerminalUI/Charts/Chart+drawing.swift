extension Chart {
    /// Draws the chart in `rect`; what is too small for axes gets words.
    package func draw(in rect: Rect, on canvas: inout Canvas) {
        let rect = rect.intersection(canvas.bounds)
        guard !rect.isEmpty else { return }
        var body = rect
        if title != nil || series.count > 1 || notFiniteNote != nil, rect.height > 1 {
            let (top, rest) = rect.split(top: 1)
            drawHeading(in: top, on: &canvas)
            body = rest
        }
        let finite = series.flatMap { $0.points.filter(\.isFinite) }
        guard let first = finite.first else {
            let count = series.reduce(0) { $0 + $1.points.count }
            let text =
                switch count {
                case 0: "no points yet"
                case 1: "1 point, which is not finite"
                default: "\(count) points, none of them finite"
                }
            state(text, in: body, on: &canvas)
            return
        }
        guard finite.count > 1 else {
            state("\(NumberText.compact(first.y, significantDigits: 6)) at \(formatX(first.x))", in: body, on: &canvas)
            return
        }
        guard let frame = ChartFrame(points: finite, body: body, formatX: formatX) else {
            let last = series.last { $0.points.contains(where: \.isFinite) }?.points.last(where: \.isFinite) ?? first
            let value = NumberText.compact(last.y)
            let text = "\(value) (\(finite.count) points)"
            state(TerminalText.width(of: text) <= body.width ? text : value, in: body, on: &canvas)
            return
        }
        frame.draw(on: &canvas, glyphs: glyphs, style: axisStyle)
        drawCurves(in: frame, on: &canvas)
    }

    private func state(_ text: String, in body: Rect, on canvas: inout Canvas) {
        canvas.putCentered(text, in: body.columns, y: body.y + (body.height - 1) / 2)
    }

    /// Title, names of the curves when there are several, and how many values could not be drawn.
    private func drawHeading(in row: Rect, on canvas: inout Canvas) {
        var right = row.maxX
        if let note = notFiniteNote {
            right -= canvas.putRight(note, rightEdge: right, y: row.y, style: axisStyle, maxWidth: row.width) + 1
        }
        var x = row.x
        if let title {
            x += canvas.put(title, x: x, y: row.y, style: titleStyle, maxWidth: right - x) + 2
        }
        guard series.count > 1 else { return }
        for (index, one) in series.enumerated() where x < right {
            let legend = "\(legendMark(index)) \(one.name)"
            x += canvas.put(legend, x: x, y: row.y, style: one.style, maxWidth: right - x) + 2
        }
    }

    private var notFiniteNote: String? {
        let points = series.flatMap(\.points)
        let notNumbers = points.count { $0.y.isNaN }
        let infinite = points.count { $0.y.isInfinite }
        let parts = [
            notNumbers > 0 ? "\(notNumbers) NaN" : nil, infinite > 0 ? "\(infinite) infinite" : nil,
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private func drawCurves(in frame: ChartFrame, on canvas: inout Canvas) {
        let plot = frame.plot
        var grid = DotGrid(columns: plot.width, rows: plot.height, braille: glyphs.braille)
        for (index, one) in series.enumerated() {
            var previous: (x: Int, y: Int)?
            for point in one.points {
                guard point.isFinite else {
                    previous = nil
                    continue
                }
                let dot = frame.dot(of: point, in: grid)
                if let previous, previous != dot { grid.line(from: previous, to: dot, series: index) }
                grid.set(x: dot.x, y: dot.y, series: index, isPoint: true)
                previous = dot
            }
        }
        for row in 0..<plot.height {
            for column in 0..<plot.width {
                guard let cell = grid.cell(column: column, row: row) else { continue }
                let text = glyphs.braille ? braille(cell.bits) : cell.isPoint ? legendMark(cell.series) : "."
                canvas.put(text, x: plot.x + column, y: plot.y + row, style: series[cell.series].style)
            }
        }
    }

    private func braille(_ bits: UInt8) -> String {
        String(Character(Unicode.Scalar(0x2800 + UInt32(bits)) ?? " "))
    }

    /// What tells a curve from the others; in braille only the colour does.
    private func legendMark(_ index: Int) -> String {
        if glyphs.braille { return glyphs.bullet }
        return ["*", "o", "x", "#", "@", "%"][index % 6]
    }
}
