package import RunModel

/// One run with what only its own page shows.
package struct RunDetails: Sendable, Equatable, Codable {
    /// As it was when the details were read.
    package var run: Run
    /// What the run was started from; nil where nothing tells.
    package var source: RunSource?
    /// Of the process that started the run's command; nil for a run that no supervisor started.
    package var supervisor: SupervisorState?
    /// The output of the run's command first, then texts that its scripts made, up to a number that an adapter sets;
    /// empty when there is none.
    package var logs: [LogFile]
    /// Why the logs are not known, where only the run itself could be read.
    package var logsError: RunServiceError?
    /// What else the service tells a person of this run, each in one line: why it waits, what it warned of. Untrusted text.
    package var remarks: [String]?

    /// Details whose logs are known.
    package init(run: Run, source: RunSource? = nil, supervisor: SupervisorState? = nil, logs: [LogFile] = []) {
        self.run = run
        self.source = source
        self.supervisor = supervisor
        self.logs = logs
    }

    /// What a supervised command has printed; nil where nothing was supervised, or nothing printed yet.
    package var commandLog: LogFile? { logs.first(where: \.isCommandOutput) }

    /// What a person most likely wants to read: the command's output, else a file that is named as a log is.
    package var mainLog: LogFile? { commandLog ?? logs.first(where: \.isNamedAsLog) }
}

/// What is known of the process that owns a run's lifetime.
package struct SupervisorState: Sendable, Equatable, Codable {
    /// The process, and the command it started.
    package var supervisor: Supervisor
    /// When it last said that it lives.
    package var lastHeartbeat: Timestamp
    /// How the command ended, once it has.
    package var exit: CommandExit?

    /// State as its backend keeps it; whether the supervisor still lives is judged by `isLive`.
    package init(supervisor: Supervisor, lastHeartbeat: Timestamp, exit: CommandExit? = nil) {
        self.supervisor = supervisor
        self.lastHeartbeat = lastHeartbeat
        self.exit = exit
    }
}

extension SupervisorState {
    /// Whether a supervisor will obey an order to cancel; this is what "live" means everywhere.
    ///
    /// A heartbeat from the future counts like one from the past, since clocks are set back.
    /// - Parameter isProvenAlive: what this host's process table says of the supervisor, which settles it; nil where it
    ///   says nothing, and heartbeats must do.
    package func isLive(at now: Timestamp, isProvenAlive: Bool? = nil) -> Bool {
        guard exit == nil else { return false }
        return isProvenAlive ?? Heartbeat.isFresh(lastHeartbeat, at: now)
    }
}

/// How a run's command ended.
package enum CommandExit: Sendable, Equatable, Codable {
    /// Its exit status.
    case status(Int32)
    /// The number of the signal that ended it.
    case signal(Int32)
}

/// A piece of a log.
package struct LogChunk: Sendable, Equatable {
    /// Where `bytes` begin in the log, in bytes; not before the offset asked for.
    package var offset: Int64
    /// As they are in the log; fewer than asked for where it ends.
    package var bytes: [UInt8]
    /// The whole log's size at that moment, in bytes.
    package var size: Int64

    /// Bounds `offset` and `size` as `LogFile` does.
    package init(offset: Int64, bytes: [UInt8], size: Int64) {
        self.offset = LogFile.bounded(offset)
        self.bytes = bytes
        self.size = LogFile.bounded(size)
    }
}

/// One metric of one run.
package struct MetricSeriesKey: Sendable, Hashable, Codable {
    /// The run that logged it.
    package var run: RunID
    /// The metric's key.
    package var metric: String

    /// The series of one metric in one run.
    package init(run: RunID, metric: String) {
        self.run = run
        self.metric = metric
    }

    /// By the bytes of both: a name written in another normal form is another metric.
    package static func == (left: MetricSeriesKey, right: MetricSeriesKey) -> Bool {
        left.run == right.run && left.metric.isExactly(right.metric)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(run)
        hasher.combine(metric)
    }
}

/// The points of one metric of one run, or an even sample of them.
package struct MetricSeries: Sendable, Equatable, Codable {
    /// Whose points these are.
    package var key: MetricSeriesKey
    /// In the order of step, then time; the first and the last point of the metric are always among them.
    package var points: [MetricPoint]
    /// How many points the metric has in all.
    package var total: Int
    /// For each point the least and the greatest value from it up to the next, those left out among them; nil where
    /// nothing is left out or the run service does not tell.
    package var spans: [ValueSpan?]?

    /// Points in the order of step, then time; `total` counts those that are left out too.
    package init(key: MetricSeriesKey, points: [MetricPoint], total: Int, spans: [ValueSpan?]? = nil) {
        self.key = key
        self.points = points
        self.total = total
        self.spans = spans
    }
}
