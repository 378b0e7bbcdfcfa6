/// Runs side by side: a row for each thing that is known of them.
package struct RunComparison: Sendable, Equatable {
    /// What is compared, with what each run has of it.
    package struct Row: Sendable, Equatable {
        /// What is compared.
        package var field: ComparedField
        /// In the order of the runs.
        package var values: [ColumnValue]

        /// Some values that are `none` here are not known yet.
        package var isIncomplete: Bool

        /// What each of some runs has of a field.
        package init(_ field: ComparedField, _ values: [ColumnValue], isIncomplete: Bool = false) {
            self.field = field
            self.values = values
            self.isIncomplete = isIncomplete
        }

        /// Whether not all runs have the same.
        package var differs: Bool { Self.differ(values) }

        /// The same of the runs that have a value.
        package var knownValuesDiffer: Bool { Self.differ(values.filter { $0 != .none }) }

        private static func differ(_ values: [ColumnValue]) -> Bool {
            values.dropFirst().contains { !$0.isSame(as: values[0]) }
        }
    }

    /// What was compared.
    package let runs: [Run]
    /// By family, attributes first and what machines say last, then by key.
    package private(set) var rows: [Row]

    private static let attributes: [RunColumn.Attribute] = [
        .status, .error, .experiment, .parent, .user, .created, .started, .ended, .duration, .description,
    ]

    /// - Parameters:
    ///   - all: whether rows are kept in which the runs do not differ.
    ///   - further: what else is known, with values in the order of the runs; sources and further parts of metrics.
    package init(_ runs: [Run], all: Bool, at now: Timestamp, further: [Row] = []) {
        self.runs = runs
        var rows: [Row] = []
        func add(_ field: ComparedField, _ column: RunColumn) {
            rows.append(Row(field, runs.map { column.value(of: $0, at: now) }))
        }
        for attribute in Self.attributes { add(ComparedField(.attribute, attribute.rawValue), RunColumn(attribute)) }
        rows += further.filter { $0.field.family == .source }
        for key in Self.keys(runs, \.params) { add(ComparedField(.param, key), RunColumn(.param(key), title: key)) }
        for key in Self.keys(runs, \.properties) {
            add(ComparedField(.property, key), RunColumn(.property(key), title: key))
        }
        let parts = Dictionary(grouping: further.filter { $0.field.family == .metric }) { ExactText($0.field.key) }
        let metrics = Self.keys(runs, \.metrics)
        for key in metrics where !SystemMetric.isOne(key) {
            add(ComparedField(.metric, key), RunColumn(.metric(key, .last), title: key))
            rows += (parts[ExactText(key)] ?? []).sorted { $0.field.part < $1.field.part }
        }
        for key in Self.keys(runs, \.shownTags) { add(ComparedField(.tag, key), RunColumn(.tag(key), title: key)) }
        for key in metrics where SystemMetric.isOne(key) {
            add(ComparedField(.system, key), RunColumn(.metric(key, .last), title: key))
        }
        self.rows = rows.filter {
            all ? $0.isIncomplete || $0.values.contains { $0 != .none } : $0.differs
        }
    }

    /// With those rows only whose fields pass.
    package func filtered(_ passes: (ComparedField) -> Bool) -> RunComparison {
        var copy = self
        copy.rows.removeAll { !passes($0.field) }
        return copy
    }

    private static func keys<Value>(_ runs: [Run], _ values: (Run) -> KeyedValues<Value>) -> [String] {
        Set(runs.flatMap { values($0).keys.map(ExactText.init) }).sorted().map(\.text)
    }
}
