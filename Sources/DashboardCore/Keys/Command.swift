/// A person's intent, whichever key or name it came by.
package enum Command: String, CaseIterable, Sendable {
    // Moving
    case up, down, pageUp, pageDown, halfPageUp, halfPageDown, first, last, left, right, open, back
    case nextPane, previousPane
    // Runs
    case mark, markRange, markAll, unmarkAll, sort, reverseSort, nextSort, previousSort, foldAll, filter
    // The selected run
    case overview, metrics, logs, tags, children, zoom
    case follow, nextMatch, previousMatch, wrap, xAxis
    // Steering
    case cancel, fail, complete, editTags, rename
    // The program
    case refresh, pause, slower, faster, service, command, help, redraw, suspend, quit
    // By name only
    case experiment, limit, interval, columns
}

extension Command {
    /// What `:` calls it.
    package var name: String {
        switch self {
        case .pageUp: "page-up"
        case .pageDown: "page-down"
        case .halfPageUp: "half-page-up"
        case .halfPageDown: "half-page-down"
        case .left: "fold"
        case .right: "unfold"
        case .nextPane: "next-pane"
        case .previousPane: "previous-pane"
        case .markRange: "mark-range"
        case .markAll: "mark-all"
        case .unmarkAll: "unmark-all"
        case .reverseSort: "reverse-sort"
        case .nextSort: "next-sort"
        case .previousSort: "previous-sort"
        case .foldAll: "fold-all"
        case .tags: "show-tags"
        case .nextMatch: "next-match"
        case .previousMatch: "previous-match"
        case .xAxis: "x-axis"
        case .editTags: "tags"
        default: rawValue
        }
    }

    /// One line for help, palette and README.
    package var summary: String {
        switch self {
        case .up: "move up"
        case .down: "move down"
        case .pageUp: "a screen up"
        case .pageDown: "a screen down"
        case .halfPageUp: "half a screen up"
        case .halfPageDown: "half a screen down"
        case .first: "to the first"
        case .last: "to the last"
        case .left: "fold, or go to the parent; scroll left"
        case .right: "unfold; scroll right"
        case .open: "go into the selected run or experiment"
        case .back: "go back, clear the filter, close"
        case .nextPane: "next pane"
        case .previousPane: "previous pane"
        case .mark: "mark the run, to act on several"
        case .markRange: "mark from the last marked run to here"
        case .markAll: "mark all shown"
        case .unmarkAll: "unmark all"
        case .sort: "choose the sort column (:sort COLUMN)"
        case .reverseSort: "reverse the order"
        case .nextSort: "sort by the next column"
        case .previousSort: "sort by the previous column"
        case .foldAll: "fold or unfold all"
        case .filter: "filter as you type; search in a log"
        case .overview: "overview of the run"
        case .metrics: "its metrics as charts"
        case .logs: "its log"
        case .tags: "its tags, properties and parameters"
        case .children: "its child runs"
        case .zoom: "the run on the whole screen, and back"
        case .follow: "follow the end of the log"
        case .nextMatch: "next match in the log"
        case .previousMatch: "previous match in the log"
        case .wrap: "wrap long log lines"
        case .xAxis: "chart by step or by time"
        case .cancel: "cancel the run: end its processes"
        case .fail: "mark the run failed, with a message"
        case .complete: "mark the run completed"
        case .editTags: "edit tags"
        case .rename: "rename the run (:rename NAME)"
        case .refresh: "ask the run service now"
        case .pause: "pause and resume polling"
        case .slower: "poll less often"
        case .faster: "poll more often"
        case .service: "another run service (:service URL)"
        case .command: "run a command by name"
        case .help: "this help"
        case .redraw: "draw the screen anew"
        case .suspend: "suspend; fg returns"
        case .quit: "quit"
        case .experiment: "one experiment or all (:experiment lr)"
        case .limit: "most runs to load (:limit 10000)"
        case .interval: "seconds between polls (:interval 5)"
        case .columns: "metric columns (:columns loss acc)"
        }
    }

    /// Whether `:NAME` takes words after it.
    package var takesArgument: Bool {
        switch self {
        case .sort, .filter, .rename, .service, .experiment, .limit, .interval, .columns: true
        default: false
        }
    }
}
