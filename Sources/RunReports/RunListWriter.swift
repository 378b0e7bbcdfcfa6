package import JMESPath
package import RunModel

/// A listing of runs as text, written page by page: documents, or rows of columns.
package struct RunListWriter {
    /// The columns asked for; nil for whole documents, or the usual columns where the format has rows.
    private let columns: [RunColumn]?
    private let format: OutputFormat
    private let now: Timestamp
    private var json: JSONBytes
    private var rows: RowWriter
    private var hasBegun = false

    /// All points of a metric of a run in the order of step, then time.
    package typealias History = (Run, String) -> [MetricPoint]

    /// - Parameters:
    ///   - columns: nil for whole documents, or the usual columns where the format has rows.
    ///   - width: cells of a line of the table; nil where lines may have any length.
    package init(
        _ format: OutputFormat, columns: [RunColumn]? = nil, at now: Timestamp, width: Int? = nil,
        ellipsis: String = "…"
    ) {
        self.columns = columns
        self.format = format
        self.now = now
        json = JSONBytes(format == .json ? .indented : .compact)
        rows = RowWriter((columns ?? RunColumn.standard).map(\.layout), format, width: width, ellipsis: ellipsis)
    }

    /// More runs. Throws for what the format cannot hold.
    package mutating func bytes(of runs: [Run], history: History = { _, _ in [] }) throws -> [UInt8] {
        switch format {
        case .json:
            if !hasBegun { json.beginArray() }
            hasBegun = true
            for run in runs { Self.write(run, columns, at: now, history, to: &json) }
            return json.take()
        case .jsonl:
            for run in runs {
                Self.write(run, columns, at: now, history, to: &json)
                json.endLine()
            }
            return json.take()
        case .yaml:
            if runs.isEmpty { return [] }
            hasBegun = true
            return Array(try YAMLText.text(of: Self.value(of: runs, columns, at: now, history: history)).utf8)
        case .table, .tsv, .csv, .markdown:
            if runs.isEmpty && hasBegun { return [] }
            hasBegun = true
            return Array(rows.text(of: runs.map { cells(of: $0, history) }).utf8)
        }
    }

    /// What closes the listing.
    package mutating func end() throws -> [UInt8] {
        switch format {
        case .json:
            if !hasBegun { json.beginArray() }
            json.endArray()
            json.endLine()
            return json.take()
        case .yaml: return hasBegun ? [] : Array("[]\n".utf8)
        case .jsonl, .tsv: return []
        case .table, .csv, .markdown: return try hasBegun ? [] : bytes(of: [])
        }
    }

    /// The whole listing as the value that would be printed.
    package static func value(
        of runs: [Run], _ columns: [RunColumn]?, at now: Timestamp, history: History = { _, _ in [] }
    ) -> JSONValue {
        JSONTree.value { tree in
            tree.beginArray()
            for run in runs { write(run, columns, at: now, history, to: &tree) }
            tree.endArray()
        }
    }

    private static func write(
        _ run: Run, _ columns: [RunColumn]?, at now: Timestamp, _ history: History, to sink: inout some JSONSink
    ) {
        guard let columns else { return RunReport.write(run, to: &sink) }
        sink.beginObject()
        for column in columns {
            sink.key(column.title)
            column.value(of: run, at: now, history: { history(run, $0) }).write(to: &sink)
        }
        sink.endObject()
    }

    private func cells(of run: Run, _ history: History) -> [String] {
        (columns ?? RunColumn.standard).map { column in
            let value = column.value(of: run, at: now, history: { history(run, $0) })
            return rows.isForPeople ? value.shown : value.plain
        }
    }
}

extension RunColumn {
    /// How a table lays the column out: ids and words of a fixed kind are never cut.
    var layout: TextTable.Column {
        switch source {
        case .attribute(.id), .attribute(.parent), .attribute(.root), .attribute(.status), .attribute(.created),
            .attribute(.started), .attribute(.ended):
            TextTable.Column(title)
        case .attribute(.duration), .attribute(.number), .metric: TextTable.Column(title, isRightAligned: true)
        default: TextTable.Column(title, canShrink: true)
        }
    }
}
