import RunModel
import RunServices
import TerminalUI

/// Taking something of the screen elsewhere.
extension Dashboard {
    mutating func openCopyMenu() {
        // An impatient second answer to a prompt that has just closed opens nothing.
        if let confirmedAt, now.monotonic - confirmedAt < Self.answerEchoes { return }
        if let comparison {
            mode = .copying(CopyMenu(comparisonTable(comparison)))
            return
        }
        let runs = actionTargets.compactMap { list.table[$0] }
        guard let first = runs.first else { return }
        let source = currentDetails.flatMap { $0.run.id == first.id ? $0.source : nil }
        mode = .copying(CopyMenu(runs, command: source.map { ShellText.line($0.command) } ?? ""))
    }

    /// Milliseconds for which a key may still be meant for the prompt before.
    private static let answerEchoes: Int64 = 2_000

    mutating func copyingKey(_ key: Key, _ menu: CopyMenu) -> [Effect] {
        var menu = menu
        let choice = menu.choices[min(menu.selection, menu.choices.count - 1)]
        switch PromptKeys.action(for: key, in: .copying) {
        case .choose: return copy(choice, isForScreen: false)
        case .plain: return copy(choice, isForScreen: true)
        default:
            guard let selection = menuSelection(menu.selection, key, count: menu.choices.count, opener: nil) else {
                mode = .browsing
                return []
            }
            menu.selection = selection
            mode = .copying(menu)
            return []
        }
    }

    private mutating func copy(_ choice: CopyMenu.Choice, isForScreen: Bool) -> [Effect] {
        mode = .browsing
        notice = nil
        let what: String
        switch choice.excerpt {
        case .text: what = "the \(choice.title)"
        case .listing: what = "the comparison \(choice.title)"
        }
        return [.copy(CopyRequest(what: what, excerpt: choice.excerpt, isForScreen: isForScreen))]
    }

    mutating func copied(_ request: CopyRequest, _ outcome: CopyOutcome) {
        let (copy, plain) = (keyName(.copy), PromptKeys.hint(.plain, in: .copying, self).0)
        switch outcome {
        case .sent:
            announce(
                .done,
                "Sent \(request.what) to the terminal's clipboard; should it not be there, \(copy) and \(plain) show it "
                    + "as plain text.")
        case .tooLong(let bytes):
            let export = request.excerpt.isListing ? ", :\(Command.export.name) FILE.md writes it to a file" : ""
            announce(
                .refused,
                "That is \(ByteText.brief(Int64(bytes))), and terminals take 74 kB for the clipboard; \(copy) and "
                    + "\(plain) show it as plain text\(export).")
        case .text(let text, let hasClipboard):
            // Whatever a person opened meanwhile stays.
            guard mode == .browsing else { return }
            mode = .readingText(PlainText(text: text))
            if !hasClipboard, !request.isForScreen {
                announce(.hint, "This terminal has no clipboard for programs: select the text with the mouse.")
            }
        case .failed(let sentence): announce(.refused, sentence)
        }
    }

    mutating func plainTextKey(_ key: Key, _ plain: PlainText) -> [Effect] {
        var plain = plain
        switch scrolled(plain.scroll, by: key) {
        case let scroll?:
            plain.scroll = min(scroll, PlainTextView.lastScroll(plain, self))
            mode = .readingText(plain)
        case nil: mode = .browsing
        }
        return []
    }
}

extension Excerpt {
    var isListing: Bool {
        if case .listing = self { true } else { false }
    }
}
