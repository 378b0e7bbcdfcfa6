import RunModel
import TerminalUI

/// Which metrics have a column in the list.
extension Dashboard {
    /// Shows the metrics named, or lets the runs decide again; says which of them no loaded run has.
    mutating func chooseColumns(_ argument: String) {
        guard let names = ColumnNames.parse(argument) else {
            announce(
                .refused, "A quote is not closed: write “:columns loss \"val acc\"”, with `…` or \"…\" around blanks.")
            return
        }
        chosenColumns = names.isEmpty ? nil : names
        chooseMetricColumns()
        let missing = names.filter { name in
            !list.order.slots.contains { list.table[$0].metrics.value(forKey: name) != nil }
        }
        if missing.isEmpty {
            announce(.done, names.isEmpty ? "The runs on screen decide the columns." : "Columns: \(quoted(names)).")
        } else {
            announce(.refused, "No loaded run has a metric named \(quoted(missing)).")
        }
    }

    private func quoted(_ names: [String]) -> String { names.map { "“\($0)”" }.joined(separator: ", ") }

    /// Picks metric columns from what the listed runs have: the most common first, so that most rows have values.
    mutating func chooseMetricColumns() {
        if let chosenColumns {
            metricColumns = chosenColumns
            return
        }
        var uses: [ExactText: Int] = [:]
        for row in list.rows.prefix(Self.columnSample) {
            for metric in list.table[row.slot].metrics.own where metric.value.value.number != nil {
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
    static let columnSample = 200
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

/// Names of metrics as they are typed after `:columns`, quoted as in the filter language.
enum ColumnNames {
    /// Words between blanks or commas, each once; quotes and backticks hold a name with blanks together. Nil where one is
    /// not closed.
    static func parse(_ text: String) -> [String]? {
        var names: [String] = []
        var name: String?
        var quote: Character?
        func end() {
            if let finished = name, !names.contains(where: { $0.isExactly(finished) }) { names.append(finished) }
            name = nil
        }
        for character in text {
            if let open = quote {
                if character == open { quote = nil } else { name = (name ?? "") + String(character) }
            } else if character == "\"" || character == "`" {
                quote = character
                name = name ?? ""
            } else if character == " " || character == "," {
                end()
            } else {
                name = (name ?? "") + String(character)
            }
        }
        end()
        return quote == nil ? names.filter { !$0.isEmpty } : nil
    }
}
