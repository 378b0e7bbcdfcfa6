/// What is drawn of one series: its curve, or the smoothed one in front of its points, and bands behind both.
struct ChartDrawing {
    private let front: ChartCurve
    private let back: ChartCurve?
    /// On the scale; `low` is nil where it has no place there, below all that is shown.
    private let bands: [(x: Double, low: Double?, high: Double)]
    private let range: ClosedRange<Double>?

    init(_ series: Chart.Series, scale: Chart.Scale, range: ClosedRange<Double>?) {
        let curve = ChartCurve(series.points, scale: scale, range: range)
        if let smoothed = series.smoothed {
            front = ChartCurve(smoothed, scale: scale, range: range)
            back = curve
        } else {
            front = curve
            back = nil
        }
        self.range = range
        bands = series.bands.compactMap { band in
            guard range.map({ $0.contains(band.x) }) ?? band.x.isFinite, let high = scale.position(of: band.high) else {
                return nil
            }
            return (band.x, scale.position(of: band.low), high)
        }
    }

    var xs: [Double] { vertices.map(\.x) }

    /// On the scale.
    var ys: [Double] { vertices.map(\.y) + bands.flatMap { [$0.low, $0.high].compactMap(\.self) } }

    private var vertices: [ChartCurve.Vertex] { Array(front.vertices) + (back.map { Array($0.vertices) } ?? []) }

    /// Whether a place on the x axis is in view.
    func shows(x: Double) -> Bool { range.map { $0.contains(x) } ?? x.isFinite }

    func drawBehind(_ frame: ChartFrame, series: Int, on grid: inout DotGrid) {
        for band in bands {
            let high = frame.dot(x: band.x, y: band.high, in: grid)
            let low = band.low.map { frame.dot(x: band.x, y: $0, in: grid).y } ?? grid.height - 1
            for y in high.y...max(high.y, low) { grid.set(x: high.x, y: y, series: series, isPoint: false) }
        }
        if let back { Self.draw(back, frame, series: series, on: &grid) }
    }

    func drawInFront(_ frame: ChartFrame, series: Int, on grid: inout DotGrid) {
        Self.draw(front, frame, series: series, on: &grid)
    }

    private static func draw(_ curve: ChartCurve, _ frame: ChartFrame, series: Int, on grid: inout DotGrid) {
        for piece in curve.pieces {
            var previous: (x: Int, y: Int)?
            for vertex in piece {
                let dot = frame.dot(x: vertex.x, y: vertex.y, in: grid)
                if let previous, previous != dot { grid.line(from: previous, to: dot, series: series) }
                grid.set(x: dot.x, y: dot.y, series: series, isPoint: vertex.isPoint)
                previous = dot
            }
        }
    }
}
