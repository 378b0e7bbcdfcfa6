package import RunModel

/// One thing in a listing: a document for programs, cells of a row for people and spreadsheets.
package protocol ListedItem {
    /// Writes its document.
    func write(to sink: inout some JSONSink)
    /// Writes its document as text: known to be that, it is several times as fast for long lists.
    func writeText(to bytes: inout JSONBytes)
    /// What stands in each column.
    var cells: [ColumnValue] { get }
}

extension ListedItem {
    /// As for any sink.
    package func writeText(to bytes: inout JSONBytes) { write(to: &bytes) }
}

/// A run as a listing shows it.
package struct ListedRun: ListedItem {
    /// All points of a metric of a run in the order of step, then time.
    package typealias History = (Run, String) -> [MetricPoint]

    private let run: Run
    private let columns: [RunColumn]?
    private let now: Timestamp
    private let history: History

    /// - Parameters:
    ///   - columns: nil for the whole document, and the usual columns in a row.
    ///   - history: asked for the metrics of which columns need it.
    package init(_ run: Run, columns: [RunColumn]?, at now: Timestamp, history: @escaping History = { _, _ in [] }) {
        self.run = run
        self.columns = columns
        self.now = now
        self.history = history
    }

    /// With columns, only those are in the document, by their titles.
    package func write(to sink: inout some JSONSink) {
        guard let columns else { return RunReport.write(run, to: &sink) }
        sink.beginObject()
        for column in columns {
            sink.key(column.title)
            value(of: column).write(to: &sink)
        }
        sink.endObject()
    }

    /// Its document as text.
    package func writeText(to bytes: inout JSONBytes) { write(to: &bytes) }

    /// Its row.
    package var cells: [ColumnValue] { (columns ?? RunColumn.standard).map(value) }

    private func value(of column: RunColumn) -> ColumnValue {
        column.value(of: run, at: now, history: { history(run, $0) })
    }
}
