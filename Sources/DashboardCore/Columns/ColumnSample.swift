import RunModel

/// What columns follow from: some of the rows that are listed. Never all of them, for this is looked at with every poll.
struct ColumnSample {
    private let runs: [Run]
    /// Which of them have no child runs.
    private let areLeaves: [Bool]

    /// Rows looked at: enough to be typical, few enough to be free.
    static let size = 200
    /// More than fit on any terminal.
    private static let mostMetrics = 12
    /// Beside metrics and times.
    private static let mostDiffering = 8

    /// The first rows of the list: columns do not change while it is scrolled.
    init(_ list: RunList) {
        let rows = list.rows.prefix(Self.size).filter { !$0.isContext }
        runs = rows.map { list.table[$0.slot] }
        areLeaves = rows.map { !$0.hasChildren }
    }

    /// The most common metrics first, so that most rows have values.
    var metrics: [ListColumn] {
        var uses: [ExactText: Int] = [:]
        for run in runs {
            for metric in run.metrics.own where metric.value.value.number != nil {
                uses[ExactText(metric.key), default: 0] += 1
            }
        }
        // A metric of half as many runs as the commonest counts as common too; among those, what people look at first.
        let common = (uses.values.max() ?? 0) / 2
        let sorted = uses.sorted { left, right in
            if (left.value >= common) != (right.value >= common) { return left.value >= common }
            let ranks = (Self.rank(of: left.key.text), Self.rank(of: right.key.text))
            if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
            return left.value == right.value ? left.key < right.key : left.value > right.value
        }
        return sorted.prefix(Self.mostMetrics).map { .metric($0.key, .last) }
    }

    /// What machines tell of these runs.
    var usage: [ListColumn] {
        UsageText.Column.allCases.filter { usage in runs.contains { $0.metrics.contains(usage.metric) } }
            .map { .metric($0.metric) }
    }

    /// Parameters, then tags, of which not all runs have the same; those that most runs have first.
    var differing: [ListColumn] {
        Array(
            (differing(\.params, ListColumn.param) { $0 } + differing(\.tags, ListColumn.tag) { $0 ?? "" })
                .prefix(Self.mostDiffering))
    }

    /// How many runs have a key, and whether all have the same.
    private struct Use {
        var count = 0
        let first: String
        var differs = false
    }

    private func differing<Value>(
        _ values: KeyPath<Run, KeyedValues<Value>>, _ column: (ExactText) -> ListColumn, _ text: (Value) -> String
    ) -> [ListColumn] {
        var uses: [ExactText: Use] = [:]
        // What a parent lacks is no difference.
        let childless = zip(runs, areLeaves).filter(\.1).map(\.0)
        let leaves = childless.count > 1 ? childless : runs
        for run in leaves {
            for entry in run[keyPath: values].entries {
                let value = text(entry.value)
                var use = uses[ExactText(entry.key)] ?? Use(first: value)
                use.count += 1
                if !use.first.isExactly(value) { use.differs = true }
                uses[ExactText(entry.key)] = use
            }
        }
        return uses.filter { $0.value.differs || $0.value.count < leaves.count }
            .sorted { ($0.value.count, $1.key) > ($1.value.count, $0.key) }
            .map { column($0.key) }
    }

    /// What people look at first.
    private static func rank(of metric: String) -> Int {
        let name = metric.lowercased()
        if name == "loss" { return 0 }
        if name.contains("val") && name.contains("loss") { return 1 }
        if name.contains("loss") { return 2 }
        if name.contains("acc") { return 3 }
        return 4
    }
}
