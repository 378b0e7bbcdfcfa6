import RunModel
import Testing

@testable import DashboardCore

/// Enough runs for the radix sort, with names, numbers and texts that its shortcuts could get wrong.
@Suite struct ColumnSorterTests {
    private static let columns: [SortOrder.Column] = [
        .started, .name, .status, .duration, .experiment, .user, .tags, .metric("loss"),
    ]
    private static let now = Timestamp(milliseconds: 2_000_000)

    @Test(arguments: columns, [false, true])
    func equalsAComparisonOfEachWithEach(column: SortOrder.Column, isDescending: Bool) {
        let runs = (0..<3_000).map(Self.run)
        let sort = SortOrder(column: column, isDescending: isDescending)
        var list = RunList()
        _ = list.merge(runs, gone: [], at: Self.now, isLoading: true)
        list.setSort(sort, at: Self.now)
        let expected = runs.sorted { Self.isBefore($0, $1, sort) }
        #expect(list.order.slots.map { list.table[$0].id } == expected.map(\.id))
    }

    private static func isBefore(_ left: Run, _ right: Run, _ sort: SortOrder) -> Bool {
        let key = SortKey(left, column: sort.column, now: now)
        let other = SortKey(right, column: sort.column, now: now)
        if (key == .missing) != (other == .missing) { return other == .missing }
        let order = key.compared(with: other)
        if order != 0 { return sort.isDescending ? order > 0 : order < 0 }
        let started = left.startedAt ?? left.createdAt
        let otherStarted = right.startedAt ?? right.createdAt
        return started == otherStarted ? left.id < right.id : started > otherStarted
    }

    /// Scattered but the same each time (Knuth's multiplicative hashing).
    private static func run(_ number: Int) -> Run {
        let hash = number * 2_654_435_761 % 4_294_967_296 >> 4
        var run = Run(
            id: RunID("run-\(number)"), experimentID: ExperimentID("e\(hash % 3)"),
            experimentName: "Experiment \(hash % 12)", name: names[hash % names.count] + "\(hash / 64 % 40)",
            status: RunStatus.known[hash % RunStatus.known.count],
            createdAt: Timestamp(milliseconds: Int64(hash % 700) - 300),
            startedAt: hash % 5 == 0 ? nil : Timestamp(milliseconds: Int64(hash % 900)),
            endedAt: hash % 3 == 0 ? nil : Timestamp(milliseconds: Int64(hash % 90_000)),
            user: hash % 7 == 0 ? "" : "user-\(hash % 30)")
        if hash % 4 != 0 { run.tags = Tags([("tag", "\(hash % 50)")]) }
        if let value = values[hash % values.count] {
            run.metrics.set(MetricPoint(step: 0, timestamp: now, value: value), forKey: "loss")
        }
        return run
    }

    /// Numbers with zeros in front, names longer than a prefix, capitals, other scripts, a zero byte, a huge number.
    private static let names = [
        "", "child ", "child 0", "child 00", "Child ", "a-name-that-is-longer-than-thirty-two-bytes-",
        "a-name-that-is-longer-than-thirty-two-bytes-and-then-some-", "été ", "zero\0", "zero", "x" + digits,
        "x1" + digits, "12345678-12345678-12345678-12345678-", "naïve", "👩‍💻", "~",
    ]
    private static let digits = String(repeating: "1", count: 300)

    private static let values: [MetricValue?] = [
        nil, .number(0), .number(-0.0), .number(.nan), .number(.infinity), .number(-.infinity), .number(-1.5),
        .number(1e-300), .number(3), .text("three"), .text("Hello"), .text("three 20"), .number(2.5),
    ]
}
