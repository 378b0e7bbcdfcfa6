extension Chart {
    /// Draws the chart in `rect`; what is too small for axes gets words.
    package func draw(in rect: Rect, on canvas: inout Canvas) {
        let rect = rect.intersection(canvas.bounds)
        guard !rect.isEmpty else { return }
        var body = rect
        if title != nil || hasLegend || !rightNote.isEmpty, rect.height > 1 {
            let (top, rest) = rect.split(top: 1)
            drawHeading(in: top, on: &canvas)
            body = rest
        }
        if let sentence = sentence {
            state(sentence, in: body, on: &canvas)
            return
        }
        let curves = series.map { ChartDrawing($0, scale: scale, range: range) }
        guard let xs = range ?? Self.span(curves.flatMap(\.xs)), let ys = Self.span(curves.flatMap(\.ys)) else {
            state("no points in this range", in: body, on: &canvas)
            return
        }
        guard let frame = ChartFrame(xs: xs, ys: ys, scale: scale, body: body, formatX: formatX) else {
            stateLast(in: body, on: &canvas)
            return
        }
        frame.draw(on: &canvas, glyphs: glyphs, style: axisStyle)
        drawCurves(curves, in: frame, on: &canvas)
        if let cursor { frame.drawCursor(at: cursor, on: &canvas, glyphs: glyphs, style: axisStyle) }
        for (one, curve) in zip(series, curves) {
            guard let reading = one.reading, let y = scale.position(of: reading.y), curve.shows(x: reading.x) else {
                continue
            }
            let cell = frame.cell(x: reading.x, y: y, glyphs)
            canvas.put(one.mark ?? glyphs.mark, x: cell.x, y: cell.y, style: one.style.bold())
        }
    }

    private static func span(_ values: [Double]) -> ClosedRange<Double>? {
        guard let low = values.min(), let high = values.max() else { return nil }
        return low...high
    }

    /// What is said in place of a plot; nil where there is something to plot.
    private var sentence: String? {
        let points = series.flatMap(\.points)
        let shown = points.filter { $0.x.isFinite && scale.position(of: $0.y) != nil }
        switch (points.count, shown.count) {
        case (0, _): return "no points yet"
        case (_, 0) where points.contains(where: \.isFinite): return "no value above 0, so none on a log scale"
        case (1, 0): return "1 point, which is not finite"
        case (let count, 0): return "\(count) points, none of them finite"
        case (_, 1) where range == nil:
            return "\(NumberText.compact(shown[0].y, significantDigits: 6)) at \(formatX(shown[0].x))"
        default: return nil
        }
    }

    private func state(_ text: String, in body: Rect, on canvas: inout Canvas) {
        canvas.putCentered(text, in: body.columns, y: body.y + (body.height - 1) / 2)
    }

    /// The newest value, where there is no room for a plot.
    private func stateLast(in body: Rect, on canvas: inout Canvas) {
        let finite = series.map { $0.points.filter(\.isFinite) }
        guard let last = finite.last(where: { !$0.isEmpty })?.last else { return }
        let value = NumberText.compact(last.y)
        let text = "\(value) (\(finite.reduce(0) { $0 + $1.count }) points)"
        state(TerminalText.width(of: text) <= body.width ? text : value, in: body, on: &canvas)
    }

    /// Title, names of the curves when there are several, and at the right how it is drawn and what could not be drawn.
    private func drawHeading(in row: Rect, on canvas: inout Canvas) {
        var right = row.maxX
        let note = rightNote
        if !note.isEmpty {
            let taken = title.map { TerminalText.width(of: $0) + 2 } ?? 0
            let room = max(row.width - taken, row.width / 2)
            right -= canvas.putRight(note, rightEdge: right, y: row.y, style: axisStyle, maxWidth: room) + 1
        }
        var x = row.x
        if let title {
            x += canvas.put(title, x: x, y: row.y, style: titleStyle, maxWidth: right - x) + 2
        }
        guard hasLegend else { return }
        for (index, one) in series.enumerated() where x < right {
            let legend = "\(legendMark(index)) \(one.name)"
            x += canvas.put(legend, x: x, y: row.y, style: one.style, maxWidth: right - x) + 2
        }
    }

    /// Curves with marks of their own have their legend elsewhere.
    private var hasLegend: Bool { series.count > 1 && series.allSatisfy { $0.mark == nil } }

    private var rightNote: String {
        let points = series.flatMap(\.points).filter { point in range.map { $0.contains(point.x) } ?? true }
        let notNumbers = points.count { $0.y.isNaN }
        let infinite = points.count { $0.y.isInfinite }
        let unplaced = points.count { $0.isFinite && scale.position(of: $0.y) == nil }
        var parts: [String] = []
        if notNumbers > 0 { parts.append("\(notNumbers) NaN") }
        if infinite > 0 { parts.append("\(infinite) infinite") }
        if unplaced > 0 { parts.append("\(unplaced) not above 0") }
        let note = parts.joined(separator: ", ")
        // The end may be cut: what is missing comes first, but after what a person reads.
        let all = cursor == nil ? [note, caption] : [caption, note]
        return all.filter { !$0.isEmpty }.joined(separator: " \(glyphs.separator) ")
    }

    private func drawCurves(_ curves: [ChartDrawing], in frame: ChartFrame, on canvas: inout Canvas) {
        let plot = frame.plot
        let empty = DotGrid(columns: plot.width, rows: plot.height, braille: glyphs.braille)
        var back = empty
        var front = empty
        var marks: [(column: Int, row: Int, series: Int)] = []
        for (index, curve) in curves.enumerated() {
            curve.drawBehind(frame, series: index, on: &back)
            guard series[index].mark != nil, glyphs.braille else {
                curve.drawInFront(frame, series: index, on: &front)
                continue
            }
            var own = empty
            curve.drawInFront(frame, series: index, on: &own)
            marks += own.places(every: Self.markPace, from: index * 2 % Self.markPace).map {
                ($0.column, $0.row, index)
            }
            front.overlay(own)
        }
        for row in 0..<plot.height {
            for column in 0..<plot.width {
                let (x, y) = (plot.x + column, plot.y + row)
                if let cell = front.cell(column: column, row: row) {
                    let mark = series[cell.series].mark ?? legendMark(cell.series)
                    let text = glyphs.braille ? braille(cell.bits) : cell.isPoint ? mark : "."
                    canvas.put(text, x: x, y: y, style: series[cell.series].style)
                } else if let cell = back.cell(column: column, row: row) {
                    let text = glyphs.braille ? braille(cell.bits) : ":"
                    canvas.put(text, x: x, y: y, style: series[cell.series].style.dim())
                }
            }
        }
        for place in marks {
            guard let mark = series[place.series].mark else { continue }
            canvas.put(mark, x: plot.x + place.column, y: plot.y + place.row, style: series[place.series].style)
        }
    }

    /// Cells between two marks of a curve.
    private static let markPace = 16

    private func braille(_ bits: UInt8) -> String {
        String(Character(Unicode.Scalar(0x2800 + UInt32(bits)) ?? " "))
    }

    /// What tells a curve from the others; in braille only the colour does.
    private func legendMark(_ index: Int) -> String {
        if glyphs.braille { return glyphs.bullet }
        return ["*", "o", "x", "#", "@", "%"][index % 6]
    }
}
