import RunModel

/// Which columns a person wants right of status and name, in their order.
///
/// It is written as words: those named are shown, and beside them the usual ones that no word with a minus takes away:
/// experiment, start and duration before them, tags behind, and where no metric is named, those that most runs have.
package struct ColumnChoice: Equatable, Sendable {
    /// In their order, each once; `automatic` and `differing` stand for columns that follow from the runs shown.
    package let columns: [ListColumn]

    /// More than these nobody reads.
    static let limit = 64

    /// How a service opens: what every run has, and the metrics that most runs have.
    package static let standard = ColumnChoice(leading + [.automatic, .tags])

    private static let leading: [ListColumn] = [.experiment, .started, .duration]

    /// Of these columns and no others.
    init(_ columns: [ListColumn]) {
        var unique: [ListColumn] = []
        for column in columns where !unique.contains(column) { unique.append(column) }
        self.columns = Array(unique.prefix(Self.limit))
    }

    /// Reads words.
    package init(words: [String]) {
        self.init(
            words.map { word in
                let column = ListColumn(String(word.dropFirst()))
                let isTakenAway = word.hasPrefix("-") && Self.standard.columns.contains(column)
                return isTakenAway ? (column, true) : (ListColumn(word), false)
            })
    }

    /// - Parameter words: columns, and whether each is to be there or is taken away.
    init(_ words: [(column: ListColumn, isTakenAway: Bool)]) {
        let absent = words.filter(\.isTakenAway).map(\.column)
        var named = words.filter { !$0.isTakenAway }.map(\.column).filter { ![.status, .name].contains($0) }
        func isMissing(_ column: ListColumn) -> Bool { !named.contains(column) && !absent.contains(column) }
        let before = Self.leading.filter(isMissing)
        if isMissing(.automatic), !named.contains(where: \.isMetric) { named.append(.automatic) }
        self.init(before + named + (isMissing(.tags) ? [.tags] : []))
    }

    /// The fewest words that `init(words:)` makes the same choice of; none for the usual columns.
    package var words: [String] {
        let usual = Self.standard.columns
        let hasMetrics = columns.contains(where: \.isMetric)
        let absent = usual.filter { !columns.contains($0) && !($0 == .automatic && hasMetrics) }.map { "-" + $0.text }
        let brief = columns.filter { !usual.contains($0) }.map(\.text) + absent
        if Self(words: brief) == self { return brief }
        return columns.map(\.text) + absent
    }
}
