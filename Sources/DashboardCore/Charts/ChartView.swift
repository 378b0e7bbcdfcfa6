/// How charts are looked at: their axes, smoothing, the part of x that is shown, and a cursor that reads values.
///
/// It knows nothing of runs, so that one value serves the charts of a run and those of several.
package struct ChartView: Equatable, Sendable {
    /// What runs along the x axis.
    package enum XAxis: Equatable, Sendable, CaseIterable {
        case step
        /// Time since the run started.
        case elapsed
        /// Time of day.
        case clock
    }

    /// What runs along the x axis.
    package private(set) var xAxis = XAxis.step
    /// Values are drawn by their powers of ten.
    package private(set) var isLogarithmic = false
    /// How much of each smoothed value is what came before, 0 for none.
    package private(set) var smoothing = 0.0
    /// The part of the x axis that is shown; nil for all of it.
    package private(set) var window: Window?
    /// Where values are read, on the x axis; nil where they are not.
    package private(set) var cursor: Double?

    /// A part of the x axis.
    package struct Window: Equatable, Sendable {
        /// On the x axis.
        package fileprivate(set) var low: Double
        /// On the x axis, above `low`.
        package fileprivate(set) var high: Double
        /// It reached to the end, and goes on with it.
        package fileprivate(set) var followsEnd: Bool
    }

    /// What the key for smoothing steps through.
    package static let weights = [0, 0.6, 0.9, 0.97]

    /// Everything by step, as it was measured.
    package init() {}

    /// Takes the next kind of x axis; places on the one before mean nothing there.
    package mutating func turnXAxis() {
        let all = XAxis.allCases
        xAxis = all[((all.firstIndex(of: xAxis) ?? 0) + 1) % all.count]
        forgetPlaces()
    }

    /// Linear or logarithmic.
    package mutating func turnYAxis() { isLogarithmic.toggle() }

    /// Takes the next weight.
    package mutating func turnSmoothing() {
        smoothing = Self.weights.first { $0 > smoothing } ?? 0
    }

    /// For curves that have nothing to do with those before: all of x, without a cursor.
    package mutating func forgetPlaces() {
        window = nil
        cursor = nil
    }

    /// Leaves the cursor.
    package mutating func hideCursor() { cursor = nil }
}

/// Zooming and panning. `extent` is what there is on the x axis.
extension ChartView {
    /// What is shown of the x axis; nil for all of it.
    package func range(in extent: ClosedRange<Double>) -> ClosedRange<Double>? {
        guard let window, let width = Self.width(extent) else { return nil }
        let shown = min(width, window.high - window.low)
        guard shown < width else { return nil }
        // Data may have come or gone since.
        let most = extent.upperBound - shown
        let low = window.followsEnd ? most : min(max(window.low, extent.lowerBound), most)
        return low...max(low, min(low + shown, extent.upperBound))
    }

    /// How many times more closely x is looked at than when all of it is shown.
    package func magnification(in extent: ClosedRange<Double>) -> Double {
        guard let range = range(in: extent), let width = Self.width(extent) else { return 1 }
        let shown = range.upperBound - range.lowerBound
        return shown > 0 ? max(1, width / shown) : 1
    }

    /// Shows half of what is shown, around the cursor; without one, its end.
    package mutating func zoomIn(in extent: ClosedRange<Double>) {
        guard let width = Self.width(extent) else { return }
        let range = range(in: extent) ?? extent
        let shown = (range.upperBound - range.lowerBound) / 2
        // Beyond that neighbouring places could not be told apart.
        let magnitude = max(extent.lowerBound.magnitude, extent.upperBound.magnitude)
        guard shown > max(width / Self.closest, magnitude * 1e-12) else { return }
        show(shown, around: cursor, in: extent, from: range)
    }

    /// Shows twice as much.
    package mutating func zoomOut(in extent: ClosedRange<Double>) {
        guard let width = Self.width(extent), let range = range(in: extent) else {
            window = nil
            return
        }
        let shown = (range.upperBound - range.lowerBound) * 2
        if shown >= width {
            window = nil
        } else {
            show(shown, around: cursor, in: extent, from: range)
        }
    }

    /// Shows all.
    package mutating func showAll() { window = nil }

    /// Goes half of what is shown to the left (-1) or to the right (1).
    package mutating func pan(by direction: Double, in extent: ClosedRange<Double>) {
        guard let range = range(in: extent) else { return }
        let shown = range.upperBound - range.lowerBound
        place(at: range.lowerBound + shown / 2 * direction, shown, in: extent)
    }

    /// More than 4,000 times: a step in many million.
    private static let closest = 4_096.0

    /// Nil where x has no span, or one that doubles can't hold.
    private static func width(_ extent: ClosedRange<Double>) -> Double? {
        let width = extent.upperBound - extent.lowerBound
        return width > 0 && width.isFinite ? width : nil
    }

    private mutating func show(
        _ shown: Double, around center: Double?, in extent: ClosedRange<Double>, from range: ClosedRange<Double>
    ) {
        guard let center, extent.contains(center) else {
            place(at: range.upperBound - shown, shown, in: extent)
            return
        }
        place(at: center - shown / 2, shown, in: extent)
    }

    private mutating func place(at low: Double, _ shown: Double, in extent: ClosedRange<Double>) {
        let most = extent.upperBound - shown
        let low = min(max(low, extent.lowerBound), max(most, extent.lowerBound))
        window = Window(low: low, high: low + shown, followsEnd: low >= most)
    }
}

/// Reading values. `places` are the x of all points that can be read, ascending.
extension ChartView {
    /// Begins to read at the last place that is shown, or ends.
    package mutating func toggleCursor(among places: [Double]) {
        guard cursor == nil, let first = places.first, let last = places.last else {
            cursor = nil
            return
        }
        let end = range(in: first...last)?.upperBound ?? last
        cursor = places.last { $0 <= end } ?? last
    }

    /// Goes to the next place at least a cell away, or the last one; what is shown goes along.
    ///
    /// - Parameter cells: the width of the plot.
    package mutating func moveCursor(by direction: Int, among places: [Double], cells: Int) {
        guard let cursor, let first = places.first, let last = places.last else { return }
        let range = range(in: first...last) ?? first...last
        let cell = (range.upperBound / 2 - range.lowerBound / 2) / Double(max(1, cells)) * 2
        let next =
            direction < 0
            ? places.last { $0 < cursor && $0 <= cursor - cell } ?? first
            : places.first { $0 > cursor && $0 >= cursor + cell } ?? last
        setCursor(next, in: first...last)
    }

    /// Goes to the first or the last place.
    package mutating func moveCursor(toLast: Bool, among places: [Double]) {
        guard cursor != nil, let first = places.first, let last = places.last else { return }
        setCursor(toLast ? last : first, in: first...last)
    }

    private mutating func setCursor(_ place: Double, in extent: ClosedRange<Double>) {
        cursor = place
        guard let range = range(in: extent), !range.contains(place) else { return }
        let shown = range.upperBound - range.lowerBound
        self.place(at: place < range.lowerBound ? place : place - shown, shown, in: extent)
    }
}
