package import RunModel
package import RunServices
package import TerminalUI

/// Everything that can happen to the dashboard.
package enum Action: Equatable, Sendable {
    /// The program has a screen and wants its first data.
    case started
    /// A key was pressed, or text pasted.
    case key(Key)
    /// The terminal has another size.
    case resized(Size)
    /// The poll timer fired.
    case tick
    /// Something shown for a while has had its time.
    case elapsed
    /// A poll succeeded; `latency` in ms.
    case changesArrived(ChangeBatch, scope: RunScope, generation: Int, latency: Int)
    /// A poll failed.
    case pollFailed(RunServiceError, generation: Int)
    /// The selected run's own page, or why it can't be had.
    case detailsArrived(RunID, Result<RunDetails, RunServiceError>)
    /// Samples of metrics.
    case seriesArrived(SeriesPurpose, requested: [MetricSeriesKey], Result<[MetricSeries], RunServiceError>)
    /// A piece of a log.
    case logArrived(LogRequest, Result<LogChunk, RunServiceError>)
    /// A search in a log ended: where the match begins in bytes, or nil.
    case logSearched(LogSearch, Result<Int64?, RunServiceError>)
    /// The fresh state of the runs that a prompt is about, and of their descendants.
    case inspected([RunID], Result<Inspection, RunServiceError>)
    /// What became of a person's command, run by run.
    case steered(Steering, [SteeringOutcome])
}

/// What the dashboard wants done outside of itself.
package enum Effect: Equatable, Sendable {
    /// Ask the run service what changed.
    case poll(RunScope, since: ChangeCursor?, generation: Int, pageSize: Int)
    /// Read one run's own page.
    case loadDetails(RunID)
    /// Sample metrics.
    case loadSeries([MetricSeriesKey], maxPoints: Int, SeriesPurpose)
    /// Read a piece of a log.
    case readLog(LogRequest)
    /// Look for text in a log.
    case searchLog(LogSearch)
    /// Read runs and their descendants afresh, for a prompt.
    case inspect([RunID])
    /// Carry out a confirmed command on each run in turn.
    case steer(Steering, [RunID])
    /// Fire the poll timer every so many ms from now on.
    case setInterval(Int)
    /// Repaint every cell.
    case redraw
    /// Give the terminal back until the shell's `fg`.
    case suspend
    /// End the program.
    case quit
}

/// Why metric samples are loaded.
package enum SeriesPurpose: Equatable, Sendable {
    case sparklines
    case charts(RunID)
}

/// A piece of a log that is wanted.
package struct LogRequest: Equatable, Sendable {
    package var run: RunID
    package var file: String
    /// Bytes; negative counts from the end.
    package var offset: Int64
    /// Bytes.
    package var length: Int
}

/// A text to look for in a log.
package struct LogSearch: Equatable, Sendable {
    package var run: RunID
    package var file: String
    package var text: String
    /// Bytes; matches that begin here count when searching forward, those before it when searching backward.
    package var start: Int64
    package var isForward: Bool
}

/// Runs as they are now, read for a prompt.
package struct Inspection: Equatable, Sendable {
    package var runs: [Run]
    /// Active descendants of those runs, not themselves among `runs`.
    package var activeDescendants: [Run]

    package init(runs: [Run], activeDescendants: [Run]) {
        self.runs = runs
        self.activeDescendants = activeDescendants
    }
}

/// A person's command on runs.
package enum Steering: Equatable, Sendable {
    case cancel(includingDescendants: Bool)
    case fail(message: String?)
    case complete
    case editTags([TagEdit])
}

/// What became of a command on one run.
package struct SteeringOutcome: Equatable, Sendable {
    package var run: RunID
    /// The runs that the command changed, as they are now; or why it was refused.
    package var result: Result<[Run], RunServiceError>

    package init(run: RunID, result: Result<[Run], RunServiceError>) {
        self.run = run
        self.result = result
    }
}
