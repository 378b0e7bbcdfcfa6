/// A curve as its plot shows it: on the scale of y, cut to the range of x, in pieces without gaps.
struct ChartCurve {
    struct Vertex: Equatable {
        let x: Double
        /// On the scale.
        let y: Double
        /// Not where the curve was cut.
        let isPoint: Bool
    }

    private(set) var pieces: [[Vertex]] = []

    var vertices: some Sequence<Vertex> { pieces.lazy.joined() }

    init(_ points: [Chart.Point], scale: Chart.Scale, range: ClosedRange<Double>?) {
        var piece: [Vertex] = []
        var previous: Vertex?
        for point in points {
            guard point.x.isFinite, let y = scale.position(of: point.y) else {
                close(&piece)
                previous = nil
                continue
            }
            let vertex = Vertex(x: point.x, y: y, isPoint: true)
            defer { previous = vertex }
            guard let range else {
                piece.append(vertex)
                continue
            }
            let isInside = range.contains(vertex.x)
            if let previous, range.contains(previous.x) != isInside || Self.isAcross(range, previous.x, vertex.x) {
                let ends = Self.cut(from: previous, to: vertex, at: range)
                if !range.contains(previous.x) { piece = [ends.first] }
                if !isInside {
                    piece.append(ends.last)
                    close(&piece)
                }
            }
            if isInside { piece.append(vertex) }
        }
        close(&piece)
    }

    private mutating func close(_ piece: inout [Vertex]) {
        if !piece.isEmpty { pieces.append(piece) }
        piece = []
    }

    /// From one side to the other, over all that is shown.
    private static func isAcross(_ range: ClosedRange<Double>, _ start: Double, _ end: Double) -> Bool {
        min(start, end) < range.lowerBound && max(start, end) > range.upperBound
    }

    /// Where the line from one vertex to the next comes into the range and leaves it.
    private static func cut(
        from start: Vertex, to end: Vertex, at range: ClosedRange<Double>
    ) -> (first: Vertex, last: Vertex) {
        func vertex(_ x: Double) -> Vertex {
            let x = min(max(x, range.lowerBound), range.upperBound)
            let share =
                start.x < end.x
                ? UnitFraction.of(x, from: start.x, to: end.x) : 1 - UnitFraction.of(x, from: end.x, to: start.x)
            // Each product is at most as great as its value, so their sum lies between the two.
            return Vertex(x: x, y: start.y * (1 - share) + end.y * share, isPoint: false)
        }
        return (vertex(start.x), vertex(end.x))
    }
}
