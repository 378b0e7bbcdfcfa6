/// How a result is written.
package enum OutputFormat: String, Sendable, CaseIterable {
    /// Aligned columns for people.
    case table
    /// One JSON value, indented.
    case json
    /// One JSON value a line.
    case jsonl
    /// Fields between tabs, without a heading.
    case tsv
    case yaml
    /// RFC 4180, with a heading.
    case csv
    /// A table of Markdown.
    case markdown

    /// Whether rows of columns are written rather than documents.
    package var hasRows: Bool {
        switch self {
        case .table, .tsv, .csv, .markdown: true
        case .json, .jsonl, .yaml: false
        }
    }
}
