/// An even sample of a series, taken while its points go by, in memory that does not grow with their number.
///
/// Every n-th point is kept, in the order in which they come; whenever there is no room, every second one goes and n is
/// doubled.
package struct SeriesSample: Sendable {
    /// Points that went by.
    package private(set) var total = 0
    /// The largest sample that can be asked for.
    package let size: Int
    /// Every `stride`-th point, the first one among them.
    private var kept: [MetricPoint] = []
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
            kept = kept.indices.filter { $0 % 2 == 0 }.map { kept[$0] }
            stride *= 2
        }
        if total % stride == 0 { kept.append(point) }
        total += 1
        if first.map({ point.isBefore($0) }) ?? true { first = point }
        if last.map({ !point.isBefore($0) }) ?? true { last = point }
    }

    /// At most `count` points in the order of step, then time, evenly spread, the first and the last one among them; all
    /// where there are no more.
    package func points(_ count: Int) -> [MetricPoint] {
        let count = min(max(2, count), size)
        var sorted = kept
        if zip(kept, kept.dropFirst()).contains(where: { $1.isBefore($0) }) {
            sorted.sort { $0.isBefore($1) }
        }
        if stride > 1, let first, let last {
            if sorted.first != first { sorted.insert(first, at: 0) }
            if sorted.last != last { sorted.append(last) }
        }
        if sorted.count <= count { return sorted }
        return (0..<count).map { sorted[$0 * (sorted.count - 1) / (count - 1)] }
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
