import JMESPath
import LocalStore
import RunModel
import RunReports

/// Writes what a command found in the form that was asked for.
struct ResultWriter {
    let format: OutputFormat
    private let query: JMESPathQuery?
    private var output = StandardOutput()

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

    /// Writes one run as a document, or as rows of the usual columns.
    mutating func write(_ run: Run) throws {
        if query != nil || !format.hasRows { return try write(RunReport.value(of: run)) }
        try write([run])
    }

    /// Writes runs as a list of documents, or as rows of columns; with `columns`, the documents hold those alone.
    mutating func write(_ runs: [Run], columns: [RunColumn]? = nil) throws {
        var list = try RunListing(self, columns: columns)
        try list.write(runs)
        try list.end()
    }

    /// Text that is neither document nor row, as lines for people.
    mutating func write(text: String) throws {
        try output.write(text)
        try output.flush()
    }

    /// A listing that is written page by page.
    struct RunListing {
        private var writer: RunListWriter
        private var output = StandardOutput()
        private let columns: [RunColumn]?
        private let format: OutputFormat
        private let now = LocalStore.systemClock()
        /// With a query, which sees the whole listing at once.
        private let query: JMESPathQuery?
        private var kept: [JSONValue] = []

        init(_ result: ResultWriter, columns: [RunColumn]?) throws {
            self.columns = columns
            (query, format) = (result.query, result.format)
            writer = RunListWriter(
                format, columns: columns, at: now, width: ScreenWidth.current, ellipsis: ScreenWidth.ellipsis)
        }

        /// Writes more runs.
        mutating func write(_ runs: [Run], history: RunListWriter.History = { _, _ in [] }) throws {
            guard query != nil else { return try output.write(writer.bytes(of: runs, history: history)) }
            if case .array(let values) = RunListWriter.value(of: runs, columns, at: now, history: history) {
                kept += values
            }
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
