import JMESPath
import LocalStore
import RunModel
import RunReports

/// Writes what a command found in the form that was asked for.
struct ResultWriter {
    let format: OutputFormat
    let query: JMESPathQuery?
    private var output = ByteOutput()

    init(_ options: OutputOptions) throws {
        format = options.format
        query = try options.compiledQuery()
    }

    /// Writes a value as the query makes it.
    mutating func write(_ value: JSONValue) throws {
        let result = try query?.search(value) ?? value
        try output.write(ValueReport.text(of: result, as: format, width: ScreenWidth.current))
        try output.flush()
    }

    /// Writes one run as a document, or as a row of the usual columns.
    mutating func write(_ run: Run) throws {
        if query != nil || !format.hasRows { return try write(RunReport.value(of: run)) }
        try write([run])
    }

    /// Writes runs as a list of documents, or as rows of columns; with `columns`, the documents hold those alone.
    mutating func write(_ runs: [Run], columns: [RunColumn]? = nil) throws {
        let now = LocalStore.systemClock()
        try write(
            runs.map { ListedRun($0, columns: columns, at: now) },
            under: (columns ?? RunColumn.standard).map(\.layout))
    }

    /// Writes a whole listing.
    mutating func write(_ items: [some ListedItem], under columns: [TextTable.Column]) throws {
        var listing = listing(columns)
        try listing.write(items)
        try listing.end()
    }

    /// Text that is neither document nor row, as lines for people.
    mutating func write(text: String) throws {
        try output.write(text)
        try output.flush()
    }

    /// Begins a listing that is written page by page.
    func listing(_ columns: [TextTable.Column]) -> Listing { Listing(format, query, columns) }

    /// A listing that is written page by page; with a query, which sees the whole of it, at the end.
    struct Listing {
        private var writer: ListWriter
        private var output = ByteOutput()
        private let format: OutputFormat
        private let query: JMESPathQuery?
        private var kept: [JSONValue] = []

        fileprivate init(_ format: OutputFormat, _ query: JMESPathQuery?, _ columns: [TextTable.Column]) {
            self.format = format
            self.query = query
            writer = ListWriter(format, columns: columns, width: ScreenWidth.current, ellipsis: ScreenWidth.ellipsis)
        }

        mutating func write(_ items: some Collection<some ListedItem>) throws {
            guard query != nil else { return try output.write(writer.bytes(of: items)) }
            if case .array(let values) = ListWriter.value(of: items) { kept += values }
        }

        /// Writes what is left.
        mutating func end() throws {
            if let query {
                let result = try query.search(.array(kept))
                try output.write(ValueReport.text(of: result, as: format, width: ScreenWidth.current))
            } else {
                try output.write(writer.end())
            }
            try output.flush()
        }
    }
}
