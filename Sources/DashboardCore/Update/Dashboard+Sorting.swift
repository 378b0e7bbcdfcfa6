package import RunModel
import TerminalUI

extension Dashboard {
    /// The columns that the sort menu offers.
    package var sortColumns: [SortOrder.Column] {
        [.started, .name, .status, .duration, .experiment, .user, .tags] + metricColumns.map { .metric($0) }
            + usageColumns.map { .metric($0.metric) }
    }

    /// What machines tell of the runs listed first.
    private var usageColumns: [UsageText.Column] {
        let runs = list.rows.prefix(ColumnSample.size).lazy
        return UsageText.Column.allCases.filter { column in
            runs.contains { list.table[$0.slot].metrics.contains(column.metric) }
        }
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
            setSort(SortOrder(argument) ?? SortOrder(firstBy: .metric(argument)))
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

    mutating func setSort(_ sort: SortOrder) {
        list.setSort(sort, at: now.wall)
        announce(.done, "Sorted by \(sort.column.title), \(sort.isDescending ? "descending" : "ascending").")
    }

    mutating func sortingKey(_ key: Key, _ selection: Int) -> [Effect] {
        let columns = sortColumns
        switch PromptKeys.action(for: key, in: .menu) {
        case .choose:
            mode = .browsing
            let column = columns[min(selection, columns.count - 1)]
            // Choosing the column in force again turns it round.
            let sort = list.sort
            setSort(
                sort.column == column
                    ? SortOrder(column: column, isDescending: !sort.isDescending) : SortOrder(firstBy: column))
        case .reverse:
            mode = .browsing
            changeSort(.reverseSort)
        default:
            let next = menuSelection(selection, key, count: columns.count, opener: .sort)
            mode = next.map(Mode.sorting) ?? .browsing
        }
        return []
    }

    /// Where the highlight of a menu goes; nil for a key that closes it. The menu's own key goes down as well.
    func menuSelection(_ selection: Int, _ key: Key, count: Int, opener: Command?) -> Int? {
        switch keys.command(for: key) {
        case nil: nil
        case .up: (selection - 1 + count) % count
        case .down: (selection + 1) % count
        case .first: 0
        case .last: count - 1
        case opener: (selection + 1) % count
        default: nil
        }
    }
}
