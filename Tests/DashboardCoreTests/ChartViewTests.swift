import Testing

@testable import DashboardCore

/// The controls of charts by themselves.
@Suite struct ChartViewTests {
    private static let extent = 0.0...1_000

    @Test func eachKeyStepsThroughItsChoices() {
        var view = ChartView()
        var seen: [Double] = []
        for _ in 0..<5 {
            view.turnSmoothing()
            seen.append(view.smoothing)
        }
        #expect(seen == [0.6, 0.9, 0.97, 0, 0.6])
        var axes: [ChartView.XAxis] = []
        for _ in 0..<4 {
            view.turnXAxis()
            axes.append(view.xAxis)
        }
        #expect(axes == [.elapsed, .clock, .step, .elapsed])
        view.turnYAxis()
        #expect(view.isLogarithmic)
        view.turnYAxis()
        #expect(!view.isLogarithmic)
    }

    @Test func zoomingShowsTheEndAndGoesOnWithIt() {
        var view = ChartView()
        #expect(view.range(in: Self.extent) == nil && view.magnification(in: Self.extent) == 1)
        view.zoomIn(in: Self.extent)
        #expect(view.range(in: Self.extent) == 500...1_000)
        #expect(view.range(in: 0...1_200) == 700...1_200, "what comes is shown")
        #expect(view.magnification(in: Self.extent) == 2)
        view.zoomIn(in: Self.extent)
        view.pan(by: -1, in: Self.extent)
        #expect(view.range(in: Self.extent) == 625...875)
        #expect(view.range(in: 0...2_000) == 625...875, "what was gone to stays")
        view.pan(by: 1, in: Self.extent)
        view.pan(by: 1, in: Self.extent)
        #expect(view.range(in: 0...1_100) == 850...1_100)
        view.zoomOut(in: Self.extent)
        view.zoomOut(in: Self.extent)
        #expect(view.range(in: Self.extent) == nil && view.window == nil)
        view.pan(by: 1, in: Self.extent)
        #expect(view.window == nil)
    }

    @Test func theCursorGoesFromPointToPointAndTheRangeWithIt() {
        var view = ChartView()
        let places = [0.0, 1, 2, 500, 990, 1_000]
        view.moveCursor(by: 1, among: places, cells: 100)
        #expect(view.cursor == nil, "there is none yet")
        view.toggleCursor(among: places)
        #expect(view.cursor == 1_000)
        view.moveCursor(by: -1, among: places, cells: 100)
        #expect(view.cursor == 990)
        view.moveCursor(by: -1, among: places, cells: 100)
        view.moveCursor(by: -1, among: places, cells: 100)
        #expect(view.cursor == 2)
        view.moveCursor(by: -1, among: places, cells: 100)
        #expect(view.cursor == 0, "points in one cell count as one")
        view.moveCursor(by: -1, among: places, cells: 100)
        #expect(view.cursor == 0)
        view.moveCursor(toLast: true, among: places)
        view.zoomIn(in: Self.extent)
        view.zoomIn(in: Self.extent)
        view.moveCursor(toLast: false, among: places)
        #expect(view.range(in: Self.extent) == 0...250)
        view.moveCursor(by: 1, among: places, cells: 100)
        #expect(view.cursor == 500 && view.range(in: Self.extent) == 250...500)
        view.zoomIn(in: Self.extent)
        #expect(view.range(in: Self.extent) == 437.5...562.5, "around the cursor")
        view.turnXAxis()
        #expect(view.cursor == nil && view.window == nil)
        view.toggleCursor(among: [])
        #expect(view.cursor == nil)
    }

    private static let odd: [Double] = [
        0, -0.0, 1, -1, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1e300,
        Double(Int64.max), Double(Int64.min), 8.64e15, -8.64e15, .ulpOfOne,
    ]

    @Test(arguments: 0..<60) func anyKeysOnAnyPlacesKeepTheRangeWithinWhatThereIs(seed: Int) {
        var generator = SeededGenerator(seed)
        var view = ChartView()
        for _ in 0..<300 {
            let places = Set(
                (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                    Bool.random(using: &generator)
                        ? Self.odd.randomElement(using: &generator) ?? 0
                        : Double.random(in: -10...10, using: &generator)
                }
            ).sorted()
            let extent = places[0]...places[places.count - 1]
            switch Int.random(in: 0..<9, using: &generator) {
            case 0, 1, 2: view.zoomIn(in: extent)
            case 3: view.zoomOut(in: extent)
            case 4: view.pan(by: -1, in: extent)
            case 5: view.pan(by: 1, in: extent)
            case 6: view.toggleCursor(among: places)
            case 7: view.moveCursor(toLast: Bool.random(using: &generator), among: places)
            default: view.moveCursor(by: Bool.random(using: &generator) ? 1 : -1, among: places, cells: 50)
            }
            if let range = view.range(in: extent) {
                #expect(extent.lowerBound <= range.lowerBound && range.upperBound <= extent.upperBound)
                #expect(range.lowerBound.isFinite && range.upperBound.isFinite)
            }
            let magnification = view.magnification(in: extent)
            #expect(magnification >= 1 && !magnification.isNaN)
        }
    }

    @Test func theAverageBeginsWithoutABiasAndStaysWithinItsValues() {
        var average = ExponentialAverage(weight: 0.9)
        #expect(average.take(4) == 4)
        #expect((average.take(8) - 6.105).magnitude < 0.01)
        var generator = SeededGenerator(7)
        for weight in [0, 0.6, 0.9, 0.97] {
            var average = ExponentialAverage(weight: weight)
            var (low, high) = (Double.infinity, -Double.infinity)
            for _ in 0..<2_000 {
                let value = Self.odd.randomElement(using: &generator) ?? 0
                (low, high) = (min(low, value), max(high, value))
                let mean = average.take(value)
                #expect(low <= mean && mean <= high)
                if weight == 0 { #expect(mean == value) }
            }
        }
    }
}
