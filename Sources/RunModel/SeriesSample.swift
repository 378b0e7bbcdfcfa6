/// An even sample of a series, taken while its points go by, in memory that does not grow with their number.
///
/// Every n-th point is kept, in the order in which they come, with the least and the greatest value from it up to the
/// next; whenever there is no room, every second one goes and n is doubled.
package struct SeriesSample: Sendable {
    /// A point and the values for which it stands; nil where none of them is finite.
    private struct Kept {
        var point: MetricPoint
        var span: ValueSpan?

        init(_ point: MetricPoint) {
            self.point = point
            span = ValueSpan(point.value)
        }
    }

    /// Points that went by.
    package private(set) var total = 0
    /// The largest sample that can be asked for.
    package let size: Int
    /// Every `stride`-th point, the first one among them.
    private var kept: [Kept] = []
    private var stride = 1
    /// By step and time, whenever they came.
    private var first: MetricPoint?
    private var last: MetricPoint?

    /// Kept points for each one that is asked for: so many that choosing among them is nearly even.
    private static let spare = 4

    /// - Parameter size: the largest sample that will be asked for, 2 or more.
    package init(size: Int) { self.size = max(2, size) }

    /// Takes in a point.
    package mutating func append(_ point: MetricPoint) {
        if kept.count == size * Self.spare, total % stride == 0 {
            kept = kept.indices.filter { $0 % 2 == 0 }.map { index in
                var pair = kept[index]
                if index + 1 < kept.count { pair.span = ValueSpan.joined(pair.span, kept[index + 1].span) }
                return pair
            }
            stride *= 2
        }
        if total % stride == 0 {
            kept.append(Kept(point))
        } else if let span = ValueSpan(point.value) {
            kept[kept.count - 1].span = ValueSpan.joined(kept[kept.count - 1].span, span)
        }
        total += 1
        if first.map({ point.isBefore($0) }) ?? true { first = point }
        if last.map({ !point.isBefore($0) }) ?? true { last = point }
    }

    /// At most `count` points in the order of step, then time, evenly spread, the first and the last one among them; all
    /// where there are no more.
    package func points(_ count: Int) -> [MetricPoint] { sample(count).points }

    /// The same with the values that each point stands for, its own and those left out up to the next one; without any
    /// where nothing is left out.
    package func sample(_ count: Int) -> (points: [MetricPoint], spans: [ValueSpan?]?) {
        let count = min(max(2, count), size)
        var sorted = kept
        if zip(kept, kept.dropFirst()).contains(where: { $1.point.isBefore($0.point) }) {
            sorted.sort { $0.point.isBefore($1.point) }
        }
        if stride > 1, let first, let last {
            if sorted.first?.point != first { sorted.insert(Kept(first), at: 0) }
            if sorted.last?.point != last { sorted.append(Kept(last)) }
        }
        if sorted.count <= count { return (sorted.map(\.point), stride > 1 ? sorted.map(\.span) : nil) }
        let chosen = (0..<count).map { $0 * (sorted.count - 1) / (count - 1) }
        let spans = zip(chosen, chosen.dropFirst() + [sorted.count]).map { start, end in
            sorted[start..<end].reduce(nil as ValueSpan?) { ValueSpan.joined($0, $1.span) }
        }
        return (chosen.map { sorted[$0].point }, spans)
    }
}

extension MetricPoint {
    /// The order of a series: by step, then time, then value, as MLflow decides which point is the latest; NaN first.
    package func isBefore(_ other: MetricPoint) -> Bool {
        if step != other.step { return step < other.step }
        if timestamp != other.timestamp { return timestamp < other.timestamp }
        guard let number = value.number, let otherNumber = other.value.number else { return false }
        return number < otherNumber || (number.isNaN && !otherNumber.isNaN)
    }
}
