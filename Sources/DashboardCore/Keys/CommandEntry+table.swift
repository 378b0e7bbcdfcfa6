import RunModel
import RunServices
package import TerminalUI

/// The one table of commands and keys: what the dashboard obeys, the footer offers, and help and README explain.
///
/// Arrows beside vi keys; nothing on ctrl-s, ctrl-q (flow control) or ctrl-a, ctrl-b (screen's and tmux's prefixes), and
/// no action on a function key alone, since terminals take those.
extension CommandEntry {
    static let table: [Command: CommandEntry] = Dictionary(
        (moving + runs + run + charts + steering + program + named).map { ($0.command, $0) },
        uniquingKeysWith: { first, _ in first })

    private static let moving: [CommandEntry] = [
        .init(.up, nil, "move up", [.up, "k", .control("p")], .moving),
        .init(.down, nil, "move down", [.down, "j", .control("n")], .moving),
        .init(.pageUp, "page-up", "a screen up", [.pageUp], .moving),
        .init(.pageDown, "page-down", "a screen down", [.pageDown, .control("f")], .moving),
        .init(.halfPageUp, "half-page-up", "half a screen up", [.control("u")], .moving),
        .init(.halfPageDown, "half-page-down", "half a screen down", [.control("d")], .moving),
        .init(.first, nil, "to the first", [.home, "g"], .moving),
        .init(.last, nil, "to the last", [.end, "G"], .moving),
        .init(.left, "fold", "fold, or go to the parent; scroll left", [.left, "h"], .moving),
        .init(.right, "unfold", "unfold; scroll right", [.right, "l"], .moving),
        .init(.open, nil, "go into the selected run or experiment", [.enter], .moving, label: "show runs"),
        .init(.back, nil, "go back, clear the filter, close", [.escape], .moving, label: "back"),
        .init(.nextPane, "next-pane", "next pane", [.tab], .moving, label: "next pane"),
        .init(.previousPane, "previous-pane", "previous pane", [.backTab], .moving),
    ]

    private static let runs: [CommandEntry] = [
        .init(
            .filter, nil, "filter as you type; search in a log", ["/"], .runs, takesArgument: true, label: "filter"),
        .init(.mark, nil, "mark the run, to act on several", [" "], .runs),
        .init(.markRange, "mark-range", "mark from the last marked run to here", ["V"], .runs),
        .init(.markAll, "mark-all", "mark all shown", ["*"], .runs),
        .init(.unmarkAll, "unmark-all", "unmark all", ["U"], .runs),
        .init(
            .watch, nil, "tell all that happens to the run", ["w"], .runs, place: .lists,
            refusal: { $0.noTargets }),
        .init(
            .compare, nil, "compare marked runs, or child runs", ["="], .runs, label: "compare",
            place: .lists),
        .init(.sort, nil, "choose the sort column (:sort COLUMN)", ["o"], .runs, takesArgument: true),
        .init(.reverseSort, "reverse-sort", "reverse the order", ["O"], .runs),
        .init(.nextSort, "next-sort", "sort by the next column", [">"], .runs),
        .init(.previousSort, "previous-sort", "sort by the previous column", ["<"], .runs),
        .init(.foldAll, "fold-all", "fold or unfold all", ["Z"], .runs),
        .init(
            .charts, nil, "charts of marked runs, or of children", ["M"], .runs, label: "charts",
            refusal: { $0.noOverlay }),
        .init(.columns, nil, "choose columns (:columns loss =lr)", ["H"], .runs, takesArgument: true),
        .init(.columnsLeft, "columns-left", "scroll the columns left", ["("], .runs, place: .lists),
        .init(.columnsRight, "columns-right", "scroll the columns right", [")"], .runs, place: .lists),
        .init(.baseline, nil, "pin it: metrics as differences to it", ["B"], .runs, place: .lists),
        .init(.view, nil, "choose a view (:view save NAME)", ["v"], .runs, takesArgument: true),
    ]

    private static let run: [CommandEntry] = [
        .init(.overview, nil, "overview of the run", ["1"], .run),
        .init(.metrics, nil, "its metrics as charts", ["2"], .run),
        .init(.logs, nil, "its log", ["3"], .run, refusal: noLogs),
        .init(.tags, "show-tags", "its tags, properties and parameters", ["4"], .run),
        .init(.children, nil, "its child runs", ["5"], .run),
        .init(.zoom, nil, "the run on the whole screen, and back", ["z"], .run, label: "zoom"),
        .init(.xAxis, "x-axis", "chart by step, elapsed time or clock", ["x"], .run, label: "step/time"),
        .init(.follow, nil, "follow the end of the log", ["F"], .run, label: "follow"),
        .init(.nextMatch, "next-match", "next match in the log", ["n"], .run, label: "next", place: .log),
        .init(.previousMatch, "previous-match", "previous match in the log", ["N"], .run, place: .log),
        .init(.wrap, nil, "wrap long log lines", ["w"], .run, label: "wrap", place: .log),
        .init(.previousLog, "previous-log", "the run's log before this one", ["["], .run, refusal: noLogs),
        .init(.nextLog, "next-log", "the run's next log", ["]"], .run, label: "next log", refusal: noLogs),
        .init(
            .logFile, "log-file", "choose among its logs (:log-file NAME)", ["L"], .run, takesArgument: true,
            label: "logs", refusal: noLogs),
        .init(
            .artifacts, nil, "browse its artifacts (:artifacts PATH)", ["A"], .run, takesArgument: true,
            label: "artifacts", refusal: noLogs),
    ]

    private static let charts: [CommandEntry] = [
        chart(.yAxis, "y-axis", "logarithmic scale, and back", "Y", label: "log"),
        chart(.smooth, nil, "smooth curves: 0.6, 0.9, 0.97, off", "s", label: "smooth"),
        chart(.zoomIn, "zoom-in", "look at x more closely", "+", label: "closer"),
        chart(.zoomOut, "zoom-out", "look at more of x", "-", label: "wider"),
        chart(.wholeRange, "whole-range", "look at all of x", "0", label: "all"),
        chart(.earlier, nil, "to the left along x", ","),
        chart(.later, nil, "to the right along x", "."),
        chart(.readValues, "read-values", "cursor to read values: left, right", "i", label: "values"),
    ]

    private static func chart(
        _ command: Command, _ name: String?, _ summary: String, _ key: Key, label: String? = nil
    ) -> CommandEntry {
        .init(command, name, summary, [key], .charts, label: label, place: .charts, refusal: { $0.noCharts })
    }

    private static let steering: [CommandEntry] = [
        .init(
            .cancel, nil, "cancel the run; again: kill it now", ["c"], .steering, label: "cancel",
            refusal: { $0.capabilities.changeStatus.reason ?? $0.noTargets }),
        .init(
            .kill, nil, "kill its processes at once", ["K"], .steering,
            refusal: { $0.capabilities.changeStatus.reason ?? $0.capabilities.editTags.reason ?? $0.noTargets }),
        .init(
            .fail, nil, "mark the run failed, with a message", ["f"], .steering, label: "fail", refusal: cannotMark),
        .init(.complete, nil, "mark the run completed", ["C"], .steering, label: "complete", refusal: cannotMark),
        .init(
            .hold, nil, "keep a job of Slurm from starting", ["P"], .steering, label: "hold",
            refusal: cannotOrder),
        .init(.release, nil, "let a held job start", ["u"], .steering, label: "release", refusal: cannotOrder),
        .init(.requeue, nil, "end a job, and have it wait again", ["E"], .steering, refusal: cannotOrder),
        .init(
            .editTags, "tags", "edit tags", ["t"], .steering, label: "tags",
            refusal: { $0.capabilities.editTags.reason ?? $0.noTargets }),
        .init(
            .rename, nil, "rename the run (:rename NAME)", ["R"], .steering, takesArgument: true,
            refusal: { $0.capabilities.editTags.reason ?? $0.noTargets ?? $0.severalTargets }),
        .init(
            .note, nil, "edit the run's note in your editor", ["n"], .steering, place: .lists,
            refusal: { $0.capabilities.editTags.reason ?? $0.noTargets ?? $0.severalNotes }),
    ]

    private static let cannotMark: @Sendable (Dashboard) -> String? = {
        $0.capabilities.changeStatus.reason ?? $0.capabilities.markEnded.reason ?? $0.noTargets
    }

    private static let cannotOrder: @Sendable (Dashboard) -> String? = {
        $0.capabilities.steerJobs.reason ?? $0.noTargets
    }

    private static let program: [CommandEntry] = [
        .init(.events, nil, "what has happened", ["e"], .program, label: "events"),
        .init(.queues, "queue", "the queues of this machine", ["Q"], .program),
        .init(
            .copy, nil, "copy id, name, command or tags", ["y"], .program,
            refusal: { $0.comparison == nil && $0.actionTargets.isEmpty ? "No run is selected." : nil }),
        .init(.refresh, nil, "ask the run service now", ["r"], .program),
        .init(.pause, nil, "pause and resume polling", ["p"], .program),
        .init(.slower, nil, "poll less often", ["+"], .program, place: .besidesCharts),
        .init(.faster, nil, "poll more often", ["-"], .program, place: .besidesCharts),
        .init(.service, nil, "run service and polls (:service URL)", ["S"], .program, takesArgument: true),
        .init(.command, nil, "run a command by name", [":"], .program, label: "command"),
        .init(.help, nil, "this help", ["?"], .program, label: "help"),
        .init(.redraw, nil, "draw the screen anew", [.control("l")], .program),
        .init(.suspend, nil, "suspend; fg returns", [.control("z")], .program),
        .init(.quit, nil, "quit", ["q"], .program, label: "quit"),
    ]

    private static let named: [CommandEntry] = [
        .init(.best, nil, "star the best child (:best loss min)", takesArgument: true),
        .init(.experiment, nil, "one experiment or all (:experiment lr)", takesArgument: true),
        .init(.limit, nil, "most runs to load (:limit 10000)", takesArgument: true),
        .init(.interval, nil, "seconds between polls (:interval 5)", takesArgument: true),
        .init(
            .rerun, nil, "run it again (:rerun lr=0.2)", takesArgument: true,
            refusal: { $0.rerunRefusal }),
        .init(.export, nil, "write what is shown (:export FILE.csv)", takesArgument: true),
    ]

    private static let noLogs: @Sendable (Dashboard) -> String? = { $0.capabilities.readLogs.reason }
}

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
    /// A key that types a character, as tables of keys write it.
    package init(extendedGraphemeClusterLiteral value: Character) { self = .character(value) }
}
