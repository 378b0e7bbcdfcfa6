/// Rows as text, written piece by piece.
package struct RowWriter {
    private let columns: [TextTable.Column]
    private let format: OutputFormat
    private var table: TextTable
    private var hasBegun = false

    /// - Parameters:
    ///   - format: one that has rows.
    ///   - width: cells of a line of the table; nil where lines may have any length.
    package init(
        _ columns: [TextTable.Column], _ format: OutputFormat, width: Int? = nil, ellipsis: String = "…",
        hasRule: Bool = false
    ) {
        self.columns = columns
        self.format = format
        table = TextTable(columns, width: width, ellipsis: ellipsis, hasRule: hasRule)
    }

    /// Whether cells are to be as people read them, rather than whole.
    package var isForPeople: Bool { format == .table || format == .markdown }

    /// More rows; the first call begins with the heading where the format has one.
    package mutating func text(of rows: [[String]]) -> String {
        var lines: [String] = []
        switch format {
        case .csv:
            if !hasBegun { lines.append(columns.map { FieldText.csv($0.title) }.joined(separator: ",")) }
            for row in rows { lines.append(row.map(FieldText.csv).joined(separator: ",")) }
        case .markdown:
            if !hasBegun {
                lines.append(Self.markdown(columns.map(\.title)))
                lines.append("|" + columns.map { $0.isRightAligned ? "---:|" : "---|" }.joined())
            }
            for row in rows { lines.append(Self.markdown(row)) }
        case .tsv:
            for row in rows { lines.append(row.map(FieldText.tsv).joined(separator: "\t")) }
        case .table, .json, .jsonl, .yaml: lines = table.lines(rows)
        }
        hasBegun = true
        return lines.map { $0 + "\n" }.joined()
    }

    private static func markdown(_ cells: [String]) -> String {
        "| " + cells.map(FieldText.markdown).joined(separator: " | ") + " |"
    }
}
