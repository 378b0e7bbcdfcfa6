import RunModel
import Testing

@Suite struct SeriesSampleTests {
    private static func point(_ step: Int64, _ value: Double? = nil, at time: Int64 = 0) -> MetricPoint {
        MetricPoint(step: step, timestamp: Timestamp(milliseconds: time), value: .number(value ?? Double(step)))
    }

    @Test(arguments: [2, 3, 10, 60, 256], [1, 2, 3, 10, 1_023, 1_024, 1_025, 5_000, 100_000])
    func isEvenAndKeepsTheEnds(size: Int, total: Int) {
        var sample = SeriesSample(size: size)
        for step in 0..<Int64(total) { sample.append(Self.point(step)) }
        let steps = sample.points(size).map(\.step)
        #expect(sample.total == total)
        #expect(steps.count == min(size, total))
        #expect(steps.first == 0)
        #expect(steps.last == (steps.count == 1 ? 0 : Int64(total - 1)))
        let gaps = zip(steps, steps.dropFirst()).map { $1 - $0 }
        if let least = gaps.min(), let most = gaps.max() {
            #expect(least >= 1)
            #expect(most - least <= 1 + Int64(total / size))
        }
    }

    @Test func pointsOutOfOrderAreSortedAndTheEndsAreThoseOfTheOrder() {
        var sample = SeriesSample(size: 4)
        // The greatest and the least are at places that are not kept.
        for index in 0..<1_000 {
            let step = index == 501 ? 9_000 : index == 503 ? -5 : Int64((index * 377) % 1_000)
            sample.append(Self.point(step))
        }
        for size in 2...4 {
            let steps = sample.points(size).map(\.step)
            #expect(steps == steps.sorted())
            #expect((steps.first, steps.last) == (-5, 9_000))
            #expect(steps.count == size)
        }
    }

    @Test func ofTheSameStepAndTimeTheGreatestIsTheLast() {
        var sample = SeriesSample(size: 10)
        for value in [3, .nan, 7, -1] { sample.append(Self.point(5, value, at: 1)) }
        sample.append(Self.point(5, 100, at: 0))
        let values = sample.points(10).map { $0.value.number ?? 0 }
        #expect(values.map { $0.isNaN ? "nan" : "\(Int($0))" } == ["100", "nan", "-1", "3", "7"])
    }

    @Test func takesNoMoreRoomForMorePoints() {
        var sample = SeriesSample(size: 16)
        for step in 0..<2_000_000 as Range<Int64> { sample.append(Self.point(step)) }
        let all = sample.points(.max)
        #expect(all.count == 16, "more than it was made for is not given")
        #expect(sample.total == 2_000_000)
    }

    @Test func everyValueIsWithinTheSpanOfAPoint() throws {
        for (size, total) in [(2, 100), (16, 1_000), (16, 4_097), (60, 20_000)] {
            var sample = SeriesSample(size: size)
            for step in 0..<Int64(total) {
                let value =
                    step == 337 % Int64(total) ? 1e308 : step == 91 ? -1e308 : step % 7 == 0 ? .nan : Double(step)
                sample.append(Self.point(step, value))
            }
            let (points, spans) = sample.sample(size)
            let all = try #require(spans)
            #expect(all.count == points.count && points.count == size)
            #expect(all.compactMap { $0?.high }.max() == 1e308)
            #expect(all.compactMap { $0?.low }.min() == -1e308)
            for (index, span) in all.enumerated() {
                let number = points[index].value.number ?? .nan
                if let span, number.isFinite { #expect(span.low <= number && number <= span.high) }
            }
        }
    }

    @Test func whereNothingIsLeftOutThereAreNoSpans() {
        var sample = SeriesSample(size: 8)
        for step in 0..<8 as Range<Int64> { sample.append(Self.point(step, .infinity)) }
        #expect(sample.sample(8).spans == nil)
        #expect(sample.sample(4).spans == [nil, nil, nil, nil], "infinities have no span")
    }
}
