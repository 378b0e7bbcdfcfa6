import RunModel
import RunServices

/// Writing what is shown to a file.
extension Dashboard {
    mutating func exportCommand(_ argument: String) -> [Effect] {
        var path = argument
        while path.last == " " { path.removeLast() }
        guard let format = ListingFormat(fileName: path) else {
            announce(.refused, "Name a file that ends in .csv, .md or .json: “:\(Command.export.name) runs.csv”.")
            return []
        }
        let listing: ShownListing
        let isEmpty: Bool
        if let comparison {
            let table = comparisonTable(comparison)
            (listing, isEmpty) = (.comparison(table), table.rows.isEmpty)
        } else {
            let runs = list.rows.map { list.table[$0.slot] }
            (listing, isEmpty) = (.runs(runs, columns: exportedColumns, at: now.wall), runs.isEmpty)
        }
        guard !isEmpty else {
            announce(.refused, "Nothing is shown that could be written.")
            return []
        }
        notice = nil
        return [.export(listing, format, path: path)]
    }

    /// The list's columns, with the ids before them; of a metric the newest value.
    private var exportedColumns: [RunColumn] {
        let usual = [.experiment, .started, .duration] + metricColumns.map(ListColumn.metric) + [.tags]
        let shown = shownColumns.isEmpty ? usual : shownColumns
        var columns = [RunColumn(.id), RunColumn(.status), RunColumn(.name)]
        for column in shown {
            guard let source = column.source else { continue }
            // A column's name is its key in a document, so none is there twice.
            let title = columns.contains { $0.title == column.exportTitle } ? column.text : column.exportTitle
            if columns.contains(where: { $0.title == title || $0.source == source }) { continue }
            columns.append(RunColumn(source, title: title))
        }
        return columns
    }

    mutating func exported(_ outcome: ExportOutcome) {
        switch outcome {
        case .written(let path, let count, let isComparison):
            let what = Counted.text(count, isComparison ? "row" : "run")
            announce(.done, "Wrote \(what) to \(Shown.path(path)).")
        case .failed(let sentence): announce(.refused, sentence)
        }
    }
}

/// What became of a file.
package enum ExportOutcome: Equatable, Sendable {
    /// It is there, whole, at this path.
    case written(path: String, count: Int, isComparison: Bool)
    /// It is not, for the reason that the sentence tells.
    case failed(String)
}

extension ListColumn {
    /// The same column of the command line; nil where it has none.
    fileprivate var source: RunColumn.Source? {
        switch self {
        case .status: .attribute(.status)
        case .name: .attribute(.name)
        case .experiment: .attribute(.experiment)
        case .started: .attribute(.started)
        case .ended: .attribute(.ended)
        case .duration: .attribute(.duration)
        case .tags: .attribute(.tags)
        case .user: .attribute(.user)
        case .id: .attribute(.id)
        case .number: .attribute(.number)
        case .metric(let key, .last): .metric(key.text, .last)
        case .param(let key): .param(key.text)
        case .tag(let key): .tag(key.text)
        case .property(let key): .property(key.text)
        // Known to the screen only: samples of histories, and what a run's own page tells.
        case .metric, .host, .commit, .automatic, .differing: nil
        }
    }

    /// Without what tells a parameter from a tag.
    fileprivate var exportTitle: String {
        switch self {
        case .metric(let key, .last), .param(let key), .tag(let key), .property(let key): key.text
        default: text
        }
    }
}
