package import RunModel

/// One run with what only its own page shows.
package struct RunDetails: Sendable, Equatable {
    package var run: Run
    package var source: RunSource?
    package var supervisor: SupervisorState?
    /// The text outputs of the run; empty when it has none.
    package var logs: [LogFile]
    /// Why the logs are not known, where only the run itself could be read.
    package var logsError: RunServiceError?

    package init(run: Run, source: RunSource? = nil, supervisor: SupervisorState? = nil, logs: [LogFile] = []) {
        self.run = run
        self.source = source
        self.supervisor = supervisor
        self.logs = logs
    }
}

/// What is known of the process that owns a run's lifetime.
package struct SupervisorState: Sendable, Equatable {
    package var supervisor: Supervisor
    package var lastHeartbeat: Timestamp
    /// How the command ended, once it has.
    package var exit: CommandExit?

    package init(supervisor: Supervisor, lastHeartbeat: Timestamp, exit: CommandExit? = nil) {
        self.supervisor = supervisor
        self.lastHeartbeat = lastHeartbeat
        self.exit = exit
    }
}

extension SupervisorState {
    /// Whether somebody will obey an order to cancel, as far as heartbeats tell.
    package func isLive(at now: Timestamp) -> Bool {
        exit == nil && abs(now.milliseconds(since: lastHeartbeat)) <= Heartbeat.silenceLimit
    }
}

/// How a run's command ended.
package enum CommandExit: Sendable, Equatable {
    case status(Int32)
    case signal(Int32)
}

/// A text output of a run.
package struct LogFile: Sendable, Equatable, Hashable {
    package var name: String
    /// Bytes; within 0 and `largestSize`.
    package let size: Int64

    /// Bytes: a size beyond this, as services may claim, becomes this. No disk holds 281 TB of log, and thousands of
    /// such sizes can be added up.
    package static let largestSize: Int64 = 1 << 48

    /// - Parameter size: bytes, as a service claims; one that cannot be becomes the nearest that can.
    package init(name: String, size: Int64) {
        self.name = name
        self.size = Self.bounded(size)
    }

    /// A size or a place in a log, as a service claims, made one that can be.
    package static func bounded(_ bytes: Int64) -> Int64 { min(max(bytes, 0), largestSize) }

    /// The log of a supervised command's output.
    package static let output = "output.log"

    /// What a person most likely wants to read first: the command's output, then other outputs, then all the rest.
    package static func inReadingOrder(_ files: [LogFile]) -> [LogFile] {
        files.sorted { ($0.rank, $0.name) < ($1.rank, $1.name) }
    }

    private var rank: Int {
        if name == Self.output { return 0 }
        let ending = name.split(separator: ".").last?.lowercased() ?? ""
        return ["err", "log", "out", "stderr", "stdout"].contains(ending) ? 1 : ending == "txt" ? 2 : 3
    }
}

/// A piece of a log.
package struct LogChunk: Sendable, Equatable {
    /// Where `bytes` begin in the log, in bytes; not before the offset asked for.
    package var offset: Int64
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
package struct MetricSeriesKey: Sendable, Hashable {
    package var run: RunID
    package var metric: String

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
package struct MetricSeries: Sendable, Equatable {
    package var key: MetricSeriesKey
    /// In the order of step, then time; the first and the last point of the metric are always among them.
    package var points: [MetricPoint]
    /// How many points the metric has in all.
    package var total: Int

    package init(key: MetricSeriesKey, points: [MetricPoint], total: Int) {
        self.key = key
        self.points = points
        self.total = total
    }
}
