/// A person's intent, whichever key or name it came by. What is known of each is its `entry`.
///
/// In the order in which help and README list them.
package enum Command: String, CaseIterable, Sendable {
    // Moving
    case up, down, pageUp, pageDown, halfPageUp, halfPageDown, first, last, left, right, open, back
    case nextPane, previousPane
    // Runs
    case filter, mark, markRange, markAll, unmarkAll, watch, compare, sort, reverseSort, nextSort, previousSort, foldAll
    case charts
    case columns, columnsLeft, columnsRight, baseline, view
    // The selected run
    case overview, metrics, logs, tags, children, zoom, xAxis
    case follow, nextMatch, previousMatch, wrap, previousLog, nextLog, logFile, artifacts
    // Charts
    case yAxis, smooth, zoomIn, zoomOut, wholeRange, earlier, later, readValues
    // Steering
    case cancel, kill, fail, complete, hold, release, requeue, editTags, rename, note
    // The program
    case events, queues, copy, refresh, pause, slower, faster, service, command, help, redraw, suspend, quit
    // By name only
    case best, experiment, limit, interval, rerun, export
}

extension Command {
    /// All that is known of the command.
    package var entry: CommandEntry { CommandEntry.table[self] ?? CommandEntry(self) }

    /// What `:` calls it.
    package var name: String { entry.name }

    /// One line for help, palette and README.
    package var summary: String { entry.summary }

    /// Whether `:NAME` takes words after it.
    package var takesArgument: Bool { entry.takesArgument }

    /// Whether it only changes what is looked at: an answer to an earlier command stays on screen.
    var isMoving: Bool { entry.group == .moving }
}
