import JMESPath
import LocalStore
import RunAttention
import RunModel
import RunReports

/// Tells what changed of runs, in lines that are only ever added.
struct RunTelling {
    private let metrics: Bool
    private let format: WatchCommand.WatchFormat
    private var output = ByteOutput()
    private var known: [RunID: Run] = [:]
    /// Whether any run ended otherwise than completed.
    private(set) var hasFailed = false

    init(metrics: Bool, format: WatchCommand.WatchFormat) {
        self.metrics = metrics
        self.format = format
    }

    /// Tells of what is new since the last call, and of the events that no line of a status tells.
    mutating func tell(_ runs: [Run], _ events: [RunEvent]) throws {
        var told: Set<RunID> = []
        for run in runs {
            let before = known.updateValue(run, forKey: run.id)
            if run.status == .failed || run.status == .canceled { hasFailed = true }
            if before?.status != run.status {
                told.insert(run.id)
                try put(run, text: status(run))
            } else if metrics, let before, !before.metrics.hasSameOwn(as: run.metrics) {
                try put(run, text: Self.changed(from: before.metrics, to: run.metrics))
            }
        }
        for event in events where format == .events || !(told.contains(event.run) && Self.isStatus(event.kind)) {
            switch format {
            case .text: try output.write(line(event.run, event.name, event.summary))
            case .events: try output.write(event.jsonLine + "\n")
            case .jsonl: break
            }
        }
        try output.flush()
    }

    /// Tells of events alone.
    mutating func tell(_ events: [RunEvent]) throws {
        for event in events {
            switch format {
            case .events: try output.write(event.jsonLine + "\n")
            default:
                let name = "\(event.name) (\(event.experimentName))"
                try output.write(line(event.run, name, Self.summary(event)))
            }
        }
        try output.flush()
    }

    private static func summary(_ event: RunEvent) -> String {
        guard event.status.isTerminal, let duration = event.duration else { return event.summary }
        return event.kind == .lastChildEnded
            ? event.summary : "\(event.summary) after \(MomentText.duration(duration))"
    }

    /// Whether it is a change of status and nothing more.
    private static func isStatus(_ kind: RunEvent.Kind) -> Bool {
        [.finished, .failed, .canceled, .silent, .back].contains(kind)
    }

    /// Tells of runs that were deleted.
    mutating func tellGone(_ runs: [Run]) throws {
        for run in runs {
            hasFailed = true
            if format == .text { try output.write(line(run.id, run.name, "was deleted")) }
        }
        try output.flush()
    }

    private mutating func put(_ run: Run, text: String) throws {
        switch format {
        case .text: try output.write(line(run.id, run.name, text))
        case .events: break
        case .jsonl:
            var json = JSONBytes(.compact)
            RunReport.write(run, to: &json)
            json.endLine()
            try output.write(json.take())
        }
    }

    private func line(_ run: RunID, _ name: String, _ text: String) -> String {
        let time = MomentText.local(LocalStore.systemClock()).suffix(8)
        return TextTable.cell("\(time)  \(run.text)  \(name)  \(text)") + "\n"
    }

    private func status(_ run: Run) -> String {
        var text = run.status.word
        if run.status.isTerminal, let duration = run.duration(at: LocalStore.systemClock()) {
            text += " after " + MomentText.duration(duration)
        }
        if let failure = run.failure?.brief, !failure.isEmpty { text += ": " + failure }
        return text
    }

    private static func changed(from before: LatestMetrics, to after: LatestMetrics) -> String {
        let changed = after.own.filter { before.value(forKey: $0.key) != $0.value }
        let steps = Set(changed.map(\.value.step))
        let values = changed.map { "\($0.key)=\(ColumnValue($0.value.value).shown)" }
        return (steps.count == 1 ? ["step \(steps.first ?? 0)"] + values : values).joined(separator: "  ")
    }
}
