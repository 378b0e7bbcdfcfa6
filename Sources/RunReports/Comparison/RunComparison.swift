package import RunModel

/// Runs side by side: a row for each thing that is known of them.
package struct RunComparison: Sendable {
    /// What is compared, with what each run has of it.
    package struct Row: Sendable, Equatable {
        /// `status`, `params.lr`, `metrics.loss`: as filters and columns name it.
        package var field: String
        /// In the order of the runs.
        package var values: [ColumnValue]

        /// Whether not all runs have the same.
        package var differs: Bool { values.dropFirst().contains { !$0.isSame(as: values[0]) } }
    }

    /// What was compared.
    package let runs: [Run]
    /// Attributes first, then parameters, properties, metrics and tags, by key.
    package let rows: [Row]

    private static let attributes: [RunColumn.Attribute] = [
        .status, .error, .experiment, .parent, .user, .created, .started, .ended, .duration, .description,
    ]

    /// - Parameter all: whether rows are kept in which the runs do not differ.
    package init(_ runs: [Run], all: Bool, at now: Timestamp) {
        self.runs = runs
        var rows: [Row] = []
        func add(_ field: String, _ column: RunColumn) {
            rows.append(Row(field: field, values: runs.map { column.value(of: $0, at: now) }))
        }
        for attribute in Self.attributes { add(attribute.rawValue, RunColumn(attribute)) }
        for key in Self.keys(runs, \.params) { add("params.\(key)", RunColumn(.param(key), title: key)) }
        for key in Self.keys(runs, \.properties) { add("properties.\(key)", RunColumn(.property(key), title: key)) }
        for key in Self.keys(runs, \.metrics) { add("metrics.\(key)", RunColumn(.metric(key, .last), title: key)) }
        for key in Self.keys(runs, \.shownTags) { add("tags.\(key)", RunColumn(.tag(key), title: key)) }
        self.rows = rows.filter { all ? $0.values.contains { $0 != .none } : $0.differs }
    }

    private static func keys<Value>(_ runs: [Run], _ values: (Run) -> KeyedValues<Value>) -> [String] {
        Set(runs.flatMap { values($0).keys.map(ExactText.init) }).sorted().map(\.text)
    }
}

extension ColumnValue {
    /// As equality, but that NaN is the same as NaN.
    fileprivate func isSame(as other: ColumnValue) -> Bool {
        if case .number(let one) = self, case .number(let two) = other, one.isNaN && two.isNaN { return true }
        return self == other
    }
}
