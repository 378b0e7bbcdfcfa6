package import RunModel
package import TerminalUI

/// What the keyboard is talking to.
package enum Mode: Equatable, Sendable {
    /// Panes and lists.
    case browsing
    /// The filter line; every keystroke narrows.
    case filtering(LineInput)
    /// The line that narrows a comparison to some fields.
    case filteringComparison(LineInput)
    /// The search line of the log.
    case searchingLog(LineInput)
    /// The command palette.
    case commanding(CommandPalette)
    /// The sort menu, with the highlighted entry.
    case sorting(Int)
    /// The columns to choose from.
    case choosingColumns(ColumnChooser)
    /// The views that have a name.
    case choosingView(ViewMenu)
    /// The menu of run services, with what is known of the present one.
    case choosingService(ServiceMenu)
    /// The list of the selected run's logs, with the highlighted entry.
    case choosingLog(Int)
    /// A folder of the selected run's artifacts.
    case browsingArtifacts(ArtifactBrowser)
    /// Another name for a run.
    case renaming(LineInput, target: RunID)
    /// The optional message of a fail command, for the runs captured when it opened.
    case explainingFailure(LineInput, targets: [RunID])
    /// The text that a command of the user's own asks for.
    case askingInput(LineInput, CommandCall)
    /// A command of the user's own that waits for its confirming key.
    case confirmingCommand(CommandCall)
    /// A dangerous step that waits for its confirming key.
    case confirming(Confirmation)
    /// A command that is to be run again, before its confirming key.
    case rerunning(RerunPrompt)
    /// What of the screen is to be copied.
    case copying(CopyMenu)
    /// A text to select with the mouse.
    case readingText(PlainText)
    /// The tag editor.
    case editingTags(TagEditor)
    /// What happened to each run of a command on several.
    case reporting(Report)
    /// What has happened, with the number of the highlighted entry; nil for the newest.
    case reviewingEvents(Int?)
    /// Charts of several runs, over all panes.
    case overlayingCharts
    /// Help, scrolled by so many lines.
    case helping(Int)
}

extension Mode {
    /// The line that is being typed, whatever it is for.
    var line: LineInput? {
        switch self {
        case .filtering(let input), .filteringComparison(let input), .searchingLog(let input), .renaming(let input, _),
            .explainingFailure(let input, _), .askingInput(let input, _):
            return input
        case .commanding(let palette): return palette.input
        case .choosingColumns(let chooser): return chooser.input
        case .editingTags(let editor):
            switch editor.line {
            case .adding(let input), .changing(_, let input): return input
            case .none, .deleting: return nil
            }
        default: return nil
        }
    }
}

/// What was refused: of a command on several runs, or in more words than the footer has room for.
package struct Report: Equatable, Sendable {
    /// How many were done and refused.
    package var title: String
    /// One for each refused run: its name, and why.
    package var lines: [String]
    /// Lines scrolled, as they are wrapped.
    package var scroll: Int
    /// What is said beside the key that closes it, besides that.
    package var note = ""
}

/// A line that answers the last thing a person did; it leaves by itself.
package struct Notice: Equatable, Sendable {
    /// What it answers: done, refused, or nothing to do.
    package enum Kind: Equatable, Sendable { case done, refused, hint }

    /// Decides its style and how long it stays.
    package var kind: Kind
    /// One sentence.
    package var text: String
    /// Monotonic ms.
    package var until: Int64
}
