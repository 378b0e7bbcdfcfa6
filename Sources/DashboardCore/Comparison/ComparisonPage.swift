import RunModel
import TerminalUI

/// Which lines and columns of a comparison are on screen; a function of the state, so that keys and drawing agree.
struct ComparisonPage {
    enum Line: Equatable {
        /// What kind of fields follows.
        case heading(ComparedField.Family)
        /// The number of a row.
        case row(Int)
    }

    let table: RunComparison
    let lines: [Line]
    /// Title and everything below it.
    let area: Rect
    /// The number of the highlighted row.
    let row: Int
    /// The first line on screen.
    let top: Int
    let columns: ComparisonColumns
    /// Lines of rows.
    let height: Int

    /// Title, names and statuses of the runs.
    static let headLines = 3

    init(_ table: RunComparison, _ state: ComparisonState, in area: Rect) {
        self.table = table
        self.area = area
        height = max(1, area.height - Self.headLines)
        var lines: [Line] = []
        var family: ComparedField.Family?
        for (index, row) in table.rows.enumerated() {
            if row.field.family != family { lines.append(.heading(row.field.family)) }
            family = row.field.family
            lines.append(.row(index))
        }
        self.lines = lines
        let found = state.cursor.flatMap { field in table.rows.firstIndex { $0.field == field } }
        row = max(0, min(found ?? state.row, table.rows.count - 1))
        let place = lines.firstIndex(of: .row(row)) ?? 0
        // Together with its heading, where that is just above.
        let first =
            place > 0 && place == lines.firstIndex(where: { if case .row = $0 { true } else { false } }) ? 0 : place
        top = max(0, min(min(max(state.top, place - height + 1), first), lines.count - height))
        columns = ComparisonColumns(
            width: area.width, longestKey: table.rows.map { TerminalText.width(of: $0.field.title) }.max() ?? 0,
            runs: table.runs.count)
    }

    var lastLeft: Int { columns.lastLeft }

    var visibleLines: ArraySlice<Line> { lines.dropFirst(top).prefix(height) }

    var visibleRows: [RunComparison.Row] {
        visibleLines.compactMap { line in
            if case .row(let index) = line { table.rows[index] } else { nil }
        }
    }
}

/// How wide keys and runs are, and how many runs fit: the key and the reference stay, the others go by.
struct ComparisonColumns: Equatable {
    /// Where the keys begin.
    let keyX = 2
    let keyWidth: Int
    let width: Int
    /// How many runs fit beside the reference.
    let others: Int
    private let runs: Int

    static let gap = 2
    private static let least = 12
    private static let widest = 28

    init(width: Int, longestKey: Int, runs: Int) {
        self.runs = runs
        keyWidth = min(max(12, longestKey), max(12, width * 3 / 10))
        let room = max(0, width - 1 - keyX - keyWidth)
        // A reference and one run beside it always.
        let count = min(runs, max(2, room / (Self.least + Self.gap)))
        others = max(0, count - 1)
        self.width = min(Self.widest, room / max(1, count) - Self.gap)
    }

    /// How far the others can be shifted.
    var lastLeft: Int { max(0, runs - 1 - others) }

    /// The numbers of the runs on screen when `left` others are shifted out.
    func shown(_ left: Int) -> [Int] { runs == 0 ? [] : [0] + (0..<others).map { 1 + left + $0 }.filter { $0 < runs } }

    /// Where the n-th of them begins.
    func x(_ index: Int) -> Int { keyX + keyWidth + Self.gap + index * (width + Self.gap) }
}
