package import RunModel
import TerminalUI

extension Dashboard {
    /// The columns that the sort menu offers.
    package var sortColumns: [SortOrder.Column] {
        [.started, .name, .status, .duration, .experiment, .user, .tags] + metricColumns.map { .metric($0) }
    }

    /// Opens the menu, or sorts by the column named.
    mutating func sortCommand(_ argument: String) -> [Effect] {
        guard !argument.isEmpty else {
            mode = .sorting(sortColumns.firstIndex(of: list.sort.column) ?? 0)
            return []
        }
        let wanted = argument.lowercased()
        if let column = sortColumns.first(where: { $0.title.lowercased() == wanted })
            ?? sortColumns.first(where: { $0.title.lowercased().hasPrefix(wanted) })
        {
            setSort(SortOrder(firstBy: column))
        } else {
            // A metric that is not among the shown columns can still be asked for by name.
            setSort(SortOrder(firstBy: .metric(argument)))
        }
        return []
    }

    mutating func changeSort(_ command: Command) {
        let current = list.sort
        if command == .reverseSort {
            setSort(SortOrder(column: current.column, isDescending: !current.isDescending))
            return
        }
        let columns = sortColumns
        let index = columns.firstIndex(of: current.column) ?? 0
        let offset = command == .nextSort ? 1 : -1
        setSort(SortOrder(firstBy: columns[(index + offset + columns.count) % columns.count]))
    }

    private mutating func setSort(_ sort: SortOrder) {
        list.setSort(sort, at: now.wall)
        announce(.done, "Sorted by \(sort.column.title), \(sort.isDescending ? "descending" : "ascending").")
    }

    mutating func sortingKey(_ key: Key, _ selection: Int) -> [Effect] {
        let columns = sortColumns
        switch keys.command(for: key) {
        case .up: mode = .sorting((selection - 1 + columns.count) % columns.count)
        case .down, .sort: mode = .sorting((selection + 1) % columns.count)
        case .first: mode = .sorting(0)
        case .last: mode = .sorting(columns.count - 1)
        case .open, .right:
            mode = .browsing
            let column = columns[min(selection, columns.count - 1)]
            // Choosing the column in force again turns it round.
            let sort = list.sort
            setSort(
                sort.column == column
                    ? SortOrder(column: column, isDescending: !sort.isDescending) : SortOrder(firstBy: column))
        case .reverseSort:
            mode = .browsing
            changeSort(.reverseSort)
        default: mode = .browsing
        }
        return []
    }

    /// Picks metric columns from what the listed runs have: the most common first, so that most rows have values.
    mutating func chooseMetricColumns() {
        if let chosenColumns {
            metricColumns = chosenColumns
            return
        }
        var uses: [ExactText: Int] = [:]
        for row in list.rows.prefix(Self.columnSample) {
            for metric in list.table[row.slot].metrics.entries where metric.value.value.number != nil {
                uses[ExactText(metric.key), default: 0] += 1
            }
        }
        // A metric of half as many runs as the commonest counts as common too; among those, what people look at first.
        let common = (uses.values.max() ?? 0) / 2
        metricColumns =
            uses.sorted { left, right in
                if (left.value >= common) != (right.value >= common) { return left.value >= common }
                let ranks = (Self.rank(of: left.key.text), Self.rank(of: right.key.text))
                if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
                return left.value == right.value ? left.key < right.key : left.value > right.value
            }
            .prefix(Self.columnLimit).map(\.key.text)
    }

    /// Rows looked at when choosing columns: enough to be typical, few enough to be free.
    private static let columnSample = 200
    /// More than fit on any terminal; the view takes as many as it has room for.
    private static let columnLimit = 12

    /// What people look at first.
    private static func rank(of metric: String) -> Int {
        let name = metric.lowercased()
        if name == "loss" { return 0 }
        if name.contains("val") && name.contains("loss") { return 1 }
        if name.contains("loss") { return 2 }
        if name.contains("acc") { return 3 }
        return 4
    }
}
