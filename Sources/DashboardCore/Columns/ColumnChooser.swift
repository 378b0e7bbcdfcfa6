import RunModel
package import TerminalUI

/// The list from which a person chooses columns: those that are shown first, in their order, then all others.
package struct ColumnChooser: Equatable, Sendable {
    /// A column that is or could be shown.
    package struct Entry: Equatable, Sendable {
        /// The column.
        package let column: ListColumn
        /// Whether it is shown.
        package internal(set) var isShown: Bool
    }

    /// What was typed to find an entry.
    package internal(set) var input = LineInput()
    /// All of them.
    package internal(set) var entries: [Entry]
    /// The highlighted one among those that match.
    package internal(set) var selection = 0
    /// What it was before, for whoever changes their mind.
    let before: ColumnChoice
    /// How many runs were looked at for what they have.
    let looked: Int

    /// Entries beside those that are shown; whoever has more keys names one.
    static let limit = 1_000

    init(_ choice: ColumnChoice, offering offered: [ListColumn], looked: Int) {
        before = choice
        self.looked = looked
        let others = offered.filter { !choice.columns.contains($0) }.prefix(Self.limit)
        entries =
            choice.columns.map { Entry(column: $0, isShown: true) } + others.map { Entry(column: $0, isShown: false) }
    }

    /// What is chosen now.
    var choice: ColumnChoice { ColumnChoice(entries.filter(\.isShown).map(\.column)) }

    /// The entries that have what was typed, by their places.
    var matches: [Int] {
        let wanted = input.text.lowercased()
        if wanted.isEmpty { return Array(entries.indices) }
        return entries.indices.filter { entries[$0].column.text.lowercased().contains(wanted) }
    }

    /// The place of the highlighted entry; nil where nothing matches.
    var selected: Int? {
        let matches = matches
        return matches.isEmpty ? nil : matches[min(max(0, selection), matches.count - 1)]
    }

    mutating func toggle() {
        guard let place = selected else { return }
        if !entries[place].isShown, entries.count(where: \.isShown) >= ColumnChoice.limit { return }
        entries[place].isShown.toggle()
    }

    /// Has the highlighted column, if it is shown, change places with the next one that is shown, or the one before.
    mutating func move(later: Bool) {
        guard let place = selected, entries[place].isShown else { return }
        let shown = entries.indices.filter { entries[$0].isShown }
        guard let position = shown.firstIndex(of: place) else { return }
        let next = position + (later ? 1 : -1)
        guard shown.indices.contains(next) else { return }
        entries.swapAt(place, shown[next])
        if let row = matches.firstIndex(of: shown[next]) { selection = row }
    }
}
