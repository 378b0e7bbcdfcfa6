import DashboardCore
import RunModel
import RunReports

/// What is shown, written as the command line writes it.
enum ListingText {
    static func bytes(of listing: ShownListing, as format: ListingFormat) throws -> [UInt8] {
        switch listing {
        case .runs(let runs, let columns, let now):
            let items = runs.lazy.map { ListedRun($0, columns: columns, at: now) }
            return try bytes(of: items, under: columns.map(\.layout), as: format)
        case .comparison(let comparison):
            let items = comparison.rows.map { ListedDifference($0, of: comparison.runs) }
            return try bytes(of: items, under: ListedDifference.columns(comparison.runs), as: format)
        }
    }

    private static func bytes(
        of items: some Collection<some ListedItem>, under columns: [TextTable.Column], as format: ListingFormat
    ) throws -> [UInt8] {
        var writer = ListWriter(format.outputFormat, columns: columns)
        let body = try writer.bytes(of: items)
        return body + (try writer.end())
    }
}

extension ListingFormat {
    fileprivate var outputFormat: OutputFormat {
        switch self {
        case .csv: .csv
        case .markdown: .markdown
        case .json: .json
        }
    }
}

extension ShownListing {
    /// Rows of the file.
    var count: Int {
        switch self {
        case .runs(let runs, _, _): runs.count
        case .comparison(let comparison): comparison.rows.count
        }
    }

    var isComparison: Bool {
        if case .comparison = self { true } else { false }
    }
}
