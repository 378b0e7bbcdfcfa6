package import JMESPath
package import RunModel

/// A listing as text, written page by page: documents, or rows of columns.
package struct ListWriter {
    private let format: OutputFormat
    private var json: JSONBytes
    private var rows: RowWriter
    private var hasBegun = false

    /// - Parameters:
    ///   - columns: of the rows.
    ///   - width: cells of a line of the table; nil where lines may have any length.
    package init(
        _ format: OutputFormat, columns: [TextTable.Column], width: Int? = nil, ellipsis: String = "…"
    ) {
        self.format = format
        json = JSONBytes(format == .json ? .indented : .compact)
        rows = RowWriter(columns, format, width: width, ellipsis: ellipsis)
    }

    /// More items. Throws for what the format cannot hold.
    package mutating func bytes(of items: some Collection<some ListedItem>) throws -> [UInt8] {
        switch format {
        case .json:
            if !hasBegun { json.beginArray() }
            for item in items { item.writeText(to: &json) }
        case .jsonl:
            for item in items {
                item.writeText(to: &json)
                json.endLine()
            }
        case .yaml:
            if items.isEmpty { return [] }
            hasBegun = true
            return Array(try YAMLText.text(of: Self.value(of: items)).utf8)
        case .table, .tsv, .csv, .markdown:
            if items.isEmpty && hasBegun { return [] }
            hasBegun = true
            let isForPeople = rows.isForPeople
            return Array(
                rows.text(of: items.map { item in item.cells.map { isForPeople ? $0.shown : $0.plain } }).utf8)
        }
        hasBegun = true
        return json.take()
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
        case .table, .csv, .markdown: return try hasBegun ? [] : bytes(of: [ListedRun]())
        }
    }

    /// The items as the value that would be printed.
    package static func value(of items: some Collection<some ListedItem>) -> JSONValue {
        JSONTree.value { tree in
            tree.beginArray()
            for item in items { item.write(to: &tree) }
            tree.endArray()
        }
    }
}

extension RunColumn {
    /// How a table lays the column out: ids and words of a fixed kind are never cut.
    package var layout: TextTable.Column {
        switch source {
        case .attribute(.id), .attribute(.parent), .attribute(.root), .attribute(.status), .attribute(.created),
            .attribute(.started), .attribute(.ended):
            TextTable.Column(title)
        case .attribute(.duration), .attribute(.number), .metric: TextTable.Column(title, isRightAligned: true)
        default: TextTable.Column(title, canShrink: true)
        }
    }
}
