import RunModel

/// What of one run, of several or of a comparison can be copied.
package struct CopyMenu: Equatable, Sendable {
    /// One of the things.
    package struct Choice: Equatable, Sendable {
        /// `run id`.
        package let title: String
        /// Its beginning, or how much it is.
        package let preview: String
        /// What is copied.
        package let excerpt: Excerpt
    }

    /// The likeliest first.
    package let choices: [Choice]
    /// The highlighted one.
    package internal(set) var selection = 0

    /// Of runs; `command` is the one run's, where it is known.
    init(_ runs: [Run], command: String) {
        var choices: [Choice] = []
        func add(_ one: String, _ several: String, _ text: (Run) -> String) {
            let texts = runs.map(text).filter { !$0.isEmpty }
            guard let first = texts.first else { return }
            let isOne = runs.count == 1
            choices.append(
                Choice(
                    title: isOne ? one : several, preview: isOne ? first : "\(texts.count) lines",
                    excerpt: .text(texts.joined(separator: "\n"))))
        }
        add("run id", "run ids", \.id.text)
        add("name", "names", \.name)
        if runs.count == 1, !command.isEmpty {
            choices.append(Choice(title: "command", preview: command, excerpt: .text(command)))
        }
        add("tag line", "tag lines") { TagText.line($0.shownTags) }
        add("note", "notes") { $0.descriptionText ?? "" }
        self.choices = choices
    }

    /// Of runs side by side.
    init(_ comparison: RunComparison) {
        let rows = "\(comparison.rows.count) rows, \(comparison.runs.count) runs"
        choices =
            [("as Markdown", ListingFormat.markdown), ("as CSV", .csv)].map { title, format in
                Choice(title: title, preview: rows, excerpt: .listing(.comparison(comparison), format))
            } + CopyMenu(comparison.runs, command: "").choices
    }
}

/// A text on a screen of its own, without anything beside it, for a person to select with the mouse.
package struct PlainText: Equatable, Sendable {
    /// As it is.
    package let text: String
    /// Lines scrolled, as they are broken.
    package internal(set) var scroll = 0
}
