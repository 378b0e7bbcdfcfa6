import RunModel
import TerminalUI

/// Choosing columns on screen; what is chosen shows at once.
extension Dashboard {
    mutating func openColumnChooser() {
        let rows = sampledRows
        var (metrics, params, tags, properties) = (
            Set<ExactText>(), Set<ExactText>(), Set<ExactText>(), Set<ExactText>()
        )
        var attributes = Set<ListColumn>()
        for row in rows {
            let run = list.table[row.slot]
            for entry in run.metrics.entries { metrics.insert(ExactText(entry.key)) }
            for entry in run.params.entries { params.insert(ExactText(entry.key)) }
            for entry in run.tags.entries { tags.insert(ExactText(entry.key)) }
            for entry in run.properties.entries { properties.insert(ExactText(entry.key)) }
            for (_, column) in ListColumn.attributes where column.value(of: run) != nil { attributes.insert(column) }
        }
        attributes.formUnion([.automatic, .differing, .experiment, .started, .duration, .ended, .tags, .user])
        var offered = [ListColumn.differing] + ListColumn.attributes.map(\.column).filter(attributes.contains)
        offered += params.sorted().map { .param($0) } + tags.sorted().map { .tag($0) }
        for metric in metrics.sorted() where !SystemMetric.isOne(metric.text) {
            offered += ListColumn.Extent.allCases.map { .metric(metric, $0) }
        }
        offered += properties.sorted().map { .property($0) }
        // What machines say of runs comes last.
        for metric in metrics.sorted() where SystemMetric.isOne(metric.text) {
            offered += ListColumn.Extent.allCases.map { .metric(metric, $0) }
        }
        var unique = Set<ListColumn>()
        offered = offered.filter { unique.insert($0).inserted }
        mode = .choosingColumns(ColumnChooser(columnChoice, offering: offered, looked: rows.count))
    }

    /// The rows that columns follow from, and those around the cursor.
    private var sampledRows: [RunRow] {
        let first = list.rows.prefix(ColumnSample.size)
        let start = max(first.count, (list.selectedRow ?? 0) - ColumnSample.size / 2)
        return Array(first) + list.rows.dropFirst(start).prefix(ColumnSample.size)
    }

    mutating func columnChooserKey(_ key: Key, _ chooser: ColumnChooser) -> [Effect] {
        var chooser = chooser
        let last = max(0, chooser.matches.count - 1)
        chooser.selection = min(max(0, chooser.selection), last)
        switch PromptKeys.action(for: key, in: .columns) {
        case .accept:
            mode = .browsing
            if chooser.choice != chooser.before { announceColumns() }
            return []
        case .cancel:
            mode = .browsing
            setColumns(chooser.before)
            return []
        case .toggle: chooser.toggle()
        case .later: chooser.move(later: true)
        case .earlier: chooser.move(later: false)
        case .up: chooser.selection = max(0, chooser.selection - 1)
        case .down: chooser.selection = min(last, chooser.selection + 1)
        default:
            let page = max(1, ColumnChooserView.height(chooser, size: size) - 1)
            switch key {
            case .pageUp: chooser.selection = max(0, chooser.selection - page)
            case .pageDown: chooser.selection = min(last, chooser.selection + page)
            case .home where chooser.input.text.isEmpty: chooser.selection = 0
            case .end where chooser.input.text.isEmpty: chooser.selection = last
            default:
                if chooser.input.handle(key) { chooser.selection = 0 }
            }
        }
        mode = .choosingColumns(chooser)
        if chooser.choice != columnChoice { setColumns(chooser.choice) }
        return []
    }

    /// Scrolls the columns sideways by one.
    mutating func scrollColumns(by offset: Int) {
        let last = RunsView.lastFirstColumn(self)
        guard last > 0 else {
            announce(.hint, "All columns are on screen; \(keyName(.columns)) chooses more.")
            return
        }
        firstColumn = min(max(0, firstColumn + offset), last)
    }
}
