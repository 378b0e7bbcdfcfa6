package import RunModel

/// A row of a comparison as a listing shows it: `field`, and `values` by the runs' ids.
package struct ListedDifference: ListedItem {
    private let row: RunComparison.Row
    private let runs: [Run]

    /// A row of the comparison of these runs.
    package init(_ row: RunComparison.Row, of runs: [Run]) {
        self.row = row
        self.runs = runs
    }

    /// Its document.
    package func write(to sink: inout some JSONSink) {
        sink.beginObject()
        sink.member("field", row.field.name)
        sink.key("values")
        sink.beginObject()
        for (run, value) in zip(runs, row.values) {
            sink.key(run.id.text)
            value.write(to: &sink)
        }
        sink.endObject()
        sink.endObject()
    }

    /// Its row.
    package var cells: [ColumnValue] { [.text(row.field.name)] + row.values }

    /// What `cells` stand below: the runs' names, with the beginning of the id where names are not unique.
    package static func columns(_ runs: [Run]) -> [TextTable.Column] {
        let names = Dictionary(grouping: runs, by: \.name)
        return [TextTable.Column("field")]
            + runs.map { run in
                let isUnique = names[run.name]?.count == 1 && !run.name.isEmpty
                return TextTable.Column(
                    isUnique ? run.name : "\(run.name) \(run.id.text.prefix(8))", canShrink: true)
            }
    }
}
