/// What a terminal shows at one moment, as rows of text without the blanks at their ends.
struct Screen: Equatable, Sendable, CustomStringConvertible {
    let rows: [String]

    init(_ text: String) {
        var rows = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if rows.last?.isEmpty == true { rows.removeLast() }
        self.rows = rows
    }

    var text: String { rows.joined(separator: "\n") }
    var description: String { text }

    func contains(_ text: String) -> Bool { rows.contains { $0.contains(text) } }

    /// The first row that contains all of `texts`.
    func row(with texts: String...) -> String? {
        rows.first { row in texts.allSatisfy { row.contains($0) } }
    }

    /// Where the first line of the run list that contains `text` is; the list comes before the page of the selected run.
    func row(of text: String) -> Int? { rows.firstIndex { $0.contains(text) } }
}
