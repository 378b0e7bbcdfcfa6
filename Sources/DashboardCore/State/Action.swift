package import RunAttention
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
    /// Samples of metrics, or why none of them can be had.
    case seriesArrived(SeriesPurpose, requested: [MetricSeriesKey], Result<SeriesAnswer, RunServiceError>)
    /// A piece of a log.
    case logArrived(LogRequest, Result<LogChunk, RunServiceError>)
    /// A page of a folder of artifacts.
    case artifactsArrived(ArtifactRequest, Result<Page<Artifact>, RunServiceError>)
    /// A search in a log ended: where the match begins in bytes, or nil.
    case logSearched(LogSearch, Result<Int64?, RunServiceError>)
    /// The fresh state of the runs that a prompt is about, and of their descendants.
    case inspected([RunID], Result<Inspection, RunServiceError>)
    /// What became of a person's command, run by run.
    case steered(Steering, [SteeringOutcome])
    /// The same, of a command that was sent to a service that is no longer the one on screen.
    case steeredElsewhere(ServiceDescription, Steering, [SteeringOutcome])
    /// A run's command was started again, or why not.
    case rerunAnswered(RunID, Result<RerunAnswer, RunServiceError>)
    /// The queues of this machine as they are now, or why they cannot be read.
    case queuesArrived(Result<[RunQueue], RunServiceError>)
    /// A change to queues was made, or why not; nil where it was made.
    case queueChanged(QueueChange, RunServiceError?)
    /// From now on another run service answers; all that is known belongs to the one before.
    case connected(ServiceDescription, Capabilities)
    /// The run service that was wanted cannot be used; the one before stays.
    case connectionFailed(String, RunServiceError)
    /// An excerpt was copied, or why not.
    case copied(CopyRequest, CopyOutcome)
    /// A file was written, or why not.
    case exported(ExportOutcome)
    /// The editor has ended.
    case noteEdited(NoteDraft, NoteOutcome)
    /// The hook did not do what it should; told once.
    case hookFailed(String)
    /// How the screen of this service was left, and what is to be said where that cannot be known.
    case recalled(ScreenMemory?, complaint: String?)
    /// A view to begin with.
    case viewChosen(NamedView)
    /// The views that there are after a change; or why it could not be made.
    case viewsArrived(ViewChange, Result<[NamedView], RunServiceError>)
    /// A command of the user's own has ended; `lastLine` is what it wrote last, where that was not on the terminal.
    case commandEnded(String, CommandEnd, lastLine: String)
    /// The service on screen, which could not be opened at first, is open now.
    case serviceOpened(Capabilities)
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
    /// List a page of a folder of artifacts.
    case loadArtifacts(ArtifactRequest)
    /// Look for text in a log.
    case searchLog(LogSearch)
    /// Read runs and their descendants afresh, for a prompt.
    case inspect([RunID])
    /// Carry out a confirmed command on each run in turn.
    case steer(Steering, [RunID])
    /// Start a run's command again, with these parameters changed.
    case rerun(RunID, changes: [String])
    /// Read the queues of this machine.
    case readQueues
    /// Change a queue.
    case changeQueue(QueueChange)
    /// Open the run service of this address or path and go over to it.
    case connect(String)
    /// Forget the last `connect`.
    case abandonConnection
    /// Fire the poll timer every so many ms from now on.
    case setInterval(Int)
    /// Ring, or send the desktop a message.
    case signal([TerminalSignal])
    /// Give an event to the configured command.
    case runHook(RunEvent)
    /// Read the views that have names, or change them.
    case changeViews(ViewChange)
    /// Give an excerpt to the terminal's clipboard, or have it as text.
    case copy(CopyRequest)
    /// Write what is shown to a new file.
    case export(ShownListing, ListingFormat, path: String)
    /// Open a run's note in an editor.
    case editNote(NoteDraft)
    /// Give the terminal to a command of the user's own, by this name.
    case runForeground(ForegroundCommand, name: String)
    /// Run a command of the user's own without the terminal.
    case runBackground(BackgroundCommand)
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
    case ranges
    case charts(RunID)
    case overlay
    /// The best of each metric of runs side by side.
    case comparison
}

/// What became of a question for the samples of several metrics.
package struct SeriesAnswer: Equatable, Sendable {
    /// One for each key that has points.
    package var series: [MetricSeries]
    /// The keys that the service refuses to answer for, and why; asking again would have the same answer.
    package var refused: [MetricSeriesKey: RunServiceError]

    /// By default nothing came, and nothing was refused.
    package init(series: [MetricSeries] = [], refused: [MetricSeriesKey: RunServiceError] = [:]) {
        self.series = series
        self.refused = refused
    }
}

/// A piece of a log that is wanted.
package struct LogRequest: Equatable, Sendable {
    /// The run whose log it is.
    package var run: RunID
    /// The log's name, as `RunDetails.logs` has it.
    package var file: String
    /// Bytes; negative counts from the end.
    package var offset: Int64
    /// Bytes.
    package var length: Int
}

/// A text to look for in a log.
package struct LogSearch: Equatable, Sendable {
    /// The run whose log is searched.
    package var run: RunID
    /// The log's name, as `RunDetails.logs` has it.
    package var file: String
    /// What is looked for; letter case counts only when it has capitals.
    package var text: String
    /// Bytes; matches that begin here count when searching forward, those before it when searching backward.
    package var start: Int64
    /// Towards the end of the log, or its beginning.
    package var isForward: Bool
}

/// Runs as they are now, read for a prompt.
package struct Inspection: Equatable, Sendable {
    /// The runs that the prompt is about, those that still exist, in its order.
    package var runs: [Run]
    /// Active descendants of those runs, not themselves among `runs`.
    package var activeDescendants: [Run]
    /// Who would obey an order to cancel, of the runs of which that was read.
    package var oversight: [RunID: Oversight]

    /// The runs whose commands started some of them, as tags say, by their ids.
    package var executions: [RunID: Execution] = [:]

    /// Without `oversight` it is not known who obeys an order to cancel.
    package init(runs: [Run], activeDescendants: [Run], oversight: [RunID: Oversight] = [:]) {
        self.runs = runs
        self.activeDescendants = activeDescendants
        self.oversight = oversight
    }
}

/// A run whose command starts other runs, and so has their processes.
package struct Execution: Equatable, Sendable {
    /// As it is now.
    package var run: Run
    /// Who would end its command.
    package var oversight: Oversight

    /// A run and its supervision.
    package init(run: Run, oversight: Oversight) {
        self.run = run
        self.oversight = oversight
    }
}

/// Whether a run has a supervisor, which ends its processes when it is cancelled.
package enum Oversight: Equatable, Sendable {
    case supervised
    /// Its supervisor was last heard of so many milliseconds ago; `reach` is nil where nothing looks after processes.
    case silent(Int64, reach: CommandReach? = nil)
    case unsupervised

    /// What a supervisor's last word says at `now`; nil for a run that never had one.
    package init(_ supervisor: SupervisorState?, at now: Timestamp) {
        guard let supervisor, supervisor.exit == nil else {
            self = .unsupervised
            return
        }
        self =
            supervisor.isLive(at: now)
            ? .supervised : .silent(Int64(clamping: now.milliseconds(since: supervisor.lastHeartbeat).magnitude))
    }
}

/// A person's command on runs.
package enum Steering: Equatable, Sendable {
    case cancel(includingDescendants: Bool)
    /// End the processes of a run without giving them time.
    case kill
    case fail(message: String?)
    case complete
    /// What a scheduler's jobs take besides.
    case order(JobOrder)
    case editTags([TagEdit])
    /// Nil takes the note away.
    case describe(String?)
    /// `from` is only for what is said of it, so that it can be taken back.
    case rename(from: String, to: String)
}

/// What became of a command on one run.
package struct SteeringOutcome: Equatable, Sendable {
    /// The run that the command was about.
    package var run: RunID
    /// The runs that the command changed, as they are now; or why it was refused.
    package var result: Result<[Run], RunServiceError>

    /// What became of the command on `run`.
    package init(run: RunID, result: Result<[Run], RunServiceError>) {
        self.run = run
        self.result = result
    }
}
