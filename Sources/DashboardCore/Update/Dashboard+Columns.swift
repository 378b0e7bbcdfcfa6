import RunModel
import TerminalUI

/// Which columns the list has.
extension Dashboard {
    /// Opens the chooser, or shows the columns named; says which of them no loaded run has.
    mutating func columnsCommand(_ argument: String) {
        if argument.allSatisfy({ $0 == " " }) { return openColumnChooser() }
        guard let words = ColumnWords.parse(argument) else {
            announce(
                .refused, "A quote is not closed: write “:columns loss \"val acc\"”, with `…` or \"…\" around blanks.")
            return
        }
        setColumns(ColumnChoice(words))
        let missing = words.filter { !$0.isTakenAway }.compactMap { absent($0.column) }
        if missing.isEmpty {
            announceColumns()
        } else {
            announce(.refused, "No loaded run has \(missing.joined(separator: ", or ")).")
        }
    }

    mutating func setColumns(_ choice: ColumnChoice) {
        columnChoice = choice
        firstColumn = 0
        chooseMetricColumns()
    }

    mutating func announceColumns() { announce(.done, columnsSentence) }

    private var columnsSentence: String {
        if columnChoice == .standard { return "The runs on screen decide the columns." }
        if columnChoice.columns.contains(.differing) {
            let found = ColumnSample(list).differing.map(ColumnWords.typed)
            let place =
                list.rows.count > ColumnSample.size ? "the first \(ColumnSample.size) runs listed" : "the runs listed"
            return found.isEmpty
                ? "No parameter and no tag differs among \(place)."
                : "Different among \(place): \(found.joined(separator: ", "))."
        }
        let words = columnChoice.columns.filter { !ColumnChoice.standard.columns.contains($0) }
        let all = words.isEmpty ? columnChoice.columns : words
        return all.isEmpty ? "Status and name only." : "Columns: \(all.map { "“\($0.text)”" }.joined(separator: ", "))."
    }

    /// What a column is of, where no loaded run has that.
    private func absent(_ column: ListColumn) -> String? {
        let kind: String
        let name: ExactText
        switch column {
        case .metric(let key, _): (kind, name) = ("metric", key)
        case .param(let key): (kind, name) = ("parameter", key)
        case .tag(let key): (kind, name) = ("tag", key)
        case .property(let key): (kind, name) = ("property", key)
        default: return nil
        }
        // Read in place: a copy of each of many runs costs more than all else.
        let runs = list.table.runs
        let isThere = list.order.slots.contains { slot in
            switch column {
            case .metric(let key, _): runs[Int(slot)].metrics.contains(key.text)
            case .param(let key): runs[Int(slot)].params.contains(key.text)
            case .property(let key): runs[Int(slot)].properties.contains(key.text)
            case .tag(let key):
                runs[Int(slot)].tags.contains(key.text) || runs[Int(slot)].machineTags.contains(key.text)
            default: true
            }
        }
        return isThere ? nil : "a \(kind) named “\(name.text)”"
    }

    /// Makes columns of what was chosen, with those that follow from the runs listed.
    mutating func chooseMetricColumns() {
        let sample = ColumnSample(list)
        var shown: [ListColumn] = []
        for column in columnChoice.columns {
            let found: [ListColumn] =
                switch column {
                case .automatic: columnChoice == .standard ? sample.metrics : sample.usage + sample.metrics
                case .differing: sample.differing
                default: [column]
                }
            for one in found where !shown.contains(one) && (one == column || !columnChoice.columns.contains(one)) {
                shown.append(one)
            }
        }
        shownColumns = shown
        metricColumns = shown.compactMap(\.latestMetric).filter { !SystemMetric.isOne($0) }
        firstColumn = min(firstColumn, max(0, shown.count - 1))
    }
}
