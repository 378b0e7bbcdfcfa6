package import TerminalUI

/// The keys of everything that opens over the lists, from the table that update, views, help and README share.
package enum PromptKeys {
    /// What the keyboard is talking to, as far as keys differ.
    package enum Context: String, CaseIterable, Sendable {
        case confirmation = "Before a step that cannot be taken back"
        case tagList = "In the tag editor"
        case tagDeletion = "Before a tag or a view is deleted"
        case menu = "In a menu"
        case columns = "Among columns"
        case views = "Among views"
        case artifacts = "Among artifacts"
        case events = "In the list of events"
        case queues = "Among queues"
        case charts = "Among charts of several runs"
        case comparison = "In a comparison"
        case copying = "While choosing what to copy"
        case line = "While typing"
        case page = "In help and reports"

        /// The commands whose keys mean here what they mean in lists.
        package var moves: [Command] {
            switch self {
            case .tagList: [.up, .down]
            case .menu, .views, .copying: [.up, .down, .first, .last]
            case .page, .artifacts, .events, .queues:
                [.up, .down, .pageUp, .pageDown, .halfPageUp, .halfPageDown, .first, .last]
            case .charts: [.up, .down, .left, .right, .first, .last]
            case .comparison:
                [
                    .up, .down, .pageUp, .pageDown, .halfPageUp, .halfPageDown, .first, .last, .left, .right,
                ]
            case .confirmation, .tagDeletion, .line, .columns: []
            }
        }
    }

    /// What a key of a prompt does.
    package enum Action: Equatable, Sendable {
        case confirm, confirmAll, confirmExecution, retry, decline
        case add, change, delete, close
        case keep
        case choose, reverse, address
        case leave
        case clear
        case toggle, search, order
        case plain
        case accept, complete, cancel, up, down
        case later, earlier
        case more, fewer
    }

    /// Some keys and what they do.
    package struct Binding: Sendable {
        /// The first is the one that the prompt shows.
        package let keys: [Key]
        /// What the keys do.
        package let action: Action
        /// What the prompt says beside the key.
        package let label: String
        /// One line for help and README.
        package let summary: String
    }

    /// The keys that confirm differ from those that open a prompt, and enter is not among them.
    package static func bindings(in context: Context) -> [Binding] {
        switch context {
        case .confirmation:
            [
                .init(keys: ["y"], action: .confirm, label: "yes", summary: "do it"),
                .init(
                    keys: ["a"], action: .confirmAll, label: "with its child runs",
                    summary: "cancel its active child runs too"),
                .init(
                    keys: ["e"], action: .confirmExecution, label: "end the processes",
                    summary: "cancel the run whose command started it too"),
                .init(keys: ["r"], action: .retry, label: "try again", summary: "read the present state again"),
                .init(keys: ["n", "N", "q", .escape], action: .decline, label: "no", summary: "change nothing"),
            ]
        case .tagList:
            [
                .init(keys: ["a", "t"], action: .add, label: "add", summary: "add a tag: key, or key=value"),
                .init(keys: [.enter, "e"], action: .change, label: "change", summary: "change the selected tag"),
                .init(keys: ["d", .delete], action: .delete, label: "delete", summary: "delete the selected tag"),
                .init(keys: [.escape, "q"], action: .close, label: "close", summary: "close the editor"),
            ]
        case .tagDeletion:
            [
                .init(keys: ["y"], action: .confirm, label: "delete", summary: "delete it"),
                .init(keys: ["n", .escape], action: .keep, label: "keep", summary: "keep it, as any other key does"),
            ]
        case .menu:
            [
                .init(
                    keys: [.enter, .right, "l"], action: .choose, label: "choose", summary: "take the selected entry"),
                .init(keys: ["O"], action: .reverse, label: "reverse", summary: "reverse the order (sort menu)"),
                .init(keys: [":"], action: .address, label: "an address", summary: "type an address (service menu)"),
                .init(
                    keys: [.escape, "q"], action: .close, label: "back", summary: "close the menu, as other keys do"),
            ]
        case .views:
            [
                .init(keys: [.enter, .right, "l"], action: .choose, label: "choose", summary: "look at runs that way"),
                .init(keys: ["s"], action: .add, label: "save this one", summary: "name what is shown now"),
                .init(keys: ["d", .delete], action: .delete, label: "delete", summary: "delete the selected view"),
                .init(
                    keys: [.escape, "q"], action: .close, label: "back", summary: "close the list, as other keys do"),
            ]
        case .columns:
            [
                .init(keys: [" "], action: .toggle, label: "show or not", summary: "show the column, or not"),
                .init(keys: ["J"], action: .later, label: "later", summary: "its place after the next one"),
                .init(keys: ["K"], action: .earlier, label: "earlier", summary: "its place before the one before"),
                .init(keys: [.up, .control("p")], action: .up, label: "up", summary: "the entry above"),
                .init(keys: [.down, .control("n")], action: .down, label: "down", summary: "the entry below"),
                .init(keys: [.enter], action: .accept, label: "keep", summary: "keep what is chosen"),
                .init(keys: [.escape], action: .cancel, label: "back", summary: "the columns as they were"),
            ]
        case .artifacts:
            [
                .init(
                    keys: [.enter, .right, "l"], action: .choose, label: "open",
                    summary: "go into the folder, or read the file"),
                .init(
                    keys: [.left, "h", .backspace, .escape], action: .leave, label: "up",
                    summary: "to the folder above; at the top, close"),
                .init(keys: ["r"], action: .retry, label: "try again", summary: "read the folder again"),
                .init(keys: ["q", "A"], action: .close, label: "close", summary: "close the list"),
            ]
        case .events:
            [
                .init(
                    keys: [.enter, .right, "l"], action: .choose, label: "go to the run",
                    summary: "go to the run of the selected event"),
                .init(keys: ["E"], action: .clear, label: "clear", summary: "forget all events"),
                .init(keys: [.escape, "q", "e"], action: .close, label: "close", summary: "close the list"),
            ]
        case .queues:
            [
                .init(keys: ["J"], action: .later, label: "later", summary: "let the next one go first"),
                .init(keys: ["K"], action: .earlier, label: "earlier", summary: "let it go before the one ahead"),
                .init(
                    keys: ["c", "d", .delete], action: .delete, label: "cancel",
                    summary: "cancel the run, after a question; free the share of one that is over"),
                .init(keys: ["+"], action: .more, label: "slots", summary: "give the queue one slot more"),
                .init(keys: ["-"], action: .fewer, label: "fewer", summary: "one slot less; with 0 nothing starts"),
                .init(keys: [.enter], action: .choose, label: "go to the run", summary: "go to the run"),
                .init(keys: [.escape, "q", "Q"], action: .close, label: "close", summary: "back to the lists"),
            ]
        case .charts:
            [
                .init(keys: [.tab], action: .down, label: "next metric", summary: "the next metric, as right and down"),
                .init(
                    keys: [.backTab], action: .up, label: "metric before",
                    summary: "the metric before, as left and up"),
                .init(
                    keys: [.escape, "q"], action: .close, label: "close", summary: "leave the cursor, then the charts"),
            ]
        case .comparison:
            [
                .init(keys: ["d"], action: .toggle, label: "all", summary: "all that is known, or only differences"),
                .init(
                    keys: ["o"], action: .order, label: "order by row",
                    summary: "order the runs by the row, again the other way round; the first is the reference"),
                .init(keys: ["/"], action: .search, label: "keys", summary: "only keys with what is typed"),
                .init(keys: [.escape, "q", "="], action: .close, label: "close", summary: "back to the lists"),
            ]
        case .copying:
            [
                .init(
                    keys: [.enter, "y"], action: .choose, label: "copy",
                    summary: "to the terminal's clipboard (OSC 52)"),
                .init(
                    keys: ["p"], action: .plain, label: "plain text", summary: "show it as plain text, to select there"),
                .init(
                    keys: [.escape, "q"], action: .close, label: "back", summary: "copy nothing, as other keys do"),
            ]
        case .line:
            [
                .init(keys: [.enter], action: .accept, label: "keep", summary: "take what is typed"),
                .init(keys: [.tab], action: .complete, label: "complete", summary: "take the first completion"),
                .init(keys: [.up, .control("p")], action: .up, label: "up", summary: "the entry above"),
                .init(keys: [.down, .control("n")], action: .down, label: "down", summary: "the entry below"),
                .init(keys: [.escape], action: .cancel, label: "back", summary: "leave the line"),
            ]
        case .page:
            [.init(keys: [.escape, "q"], action: .close, label: "close", summary: "close it, as other keys do")]
        }
    }

    private static let actions: [Context: [Key: Action]] = Dictionary(
        uniqueKeysWithValues: Context.allCases.map { context in
            let pairs = bindings(in: context).flatMap { binding in binding.keys.map { ($0, binding.action) } }
            return (context, Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
        })

    /// Nil for a key that means nothing there.
    package static func action(for key: Key, in context: Context) -> Action? { actions[context]?[key] }

    /// A key with what it does, for a prompt's last line.
    ///
    /// - Parameter label: what is said instead of the table's word, where the prompt knows better.
    static func hint(
        _ action: Action, in context: Context, _ dashboard: Dashboard, label: String? = nil
    ) -> (String, String) {
        let binding = bindings(in: context).first { $0.action == action }
        let key = binding?.keys.first?.label(ascii: dashboard.glyphs == .ascii) ?? ""
        return (key, label ?? binding?.label ?? "")
    }

    /// The same for several, with the table's words.
    static func hints(_ actions: [Action], in context: Context, _ dashboard: Dashboard) -> [(String, String)] {
        actions.map { hint($0, in: context, dashboard) }
    }
}
