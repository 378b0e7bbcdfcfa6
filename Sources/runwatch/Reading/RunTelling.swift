import JMESPath
import LocalStore
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

    /// Tells of what is new since the last call.
    mutating func tell(_ runs: [Run]) throws {
        for run in runs {
            let before = known.updateValue(run, forKey: run.id)
            if run.status == .failed || run.status == .canceled { hasFailed = true }
            if before?.status != run.status {
                try put(run, text: status(run))
            } else if metrics, let before, !before.metrics.hasSameOwn(as: run.metrics) {
                try put(run, text: Self.changed(from: before.metrics, to: run.metrics))
            }
        }
        try output.flush()
    }

    /// Tells of runs that were deleted.
    mutating func tellGone(_ runs: [Run]) throws {
        for run in runs {
            hasFailed = true
            if format == .text { try output.write(line(run, "was deleted")) }
        }
        try output.flush()
    }

    private mutating func put(_ run: Run, text: String) throws {
        switch format {
        case .text: try output.write(line(run, text))
        case .jsonl:
            var json = JSONBytes(.compact)
            RunReport.write(run, to: &json)
            json.endLine()
            try output.write(json.take())
        }
    }

    private func line(_ run: Run, _ text: String) -> String {
        let time = MomentText.local(LocalStore.systemClock()).suffix(8)
        return TextTable.cell("\(time)  \(run.id.text)  \(run.name)  \(text)") + "\n"
    }

    private func status(_ run: Run) -> String {
        var text = run.status.word
        if run.status.isTerminal, let duration = run.duration(at: LocalStore.systemClock()) {
            text += " after " + MomentText.duration(duration)
        }
        if let message = run.failure?.message { text += ": " + message }
        return text
    }

    private static func changed(from before: LatestMetrics, to after: LatestMetrics) -> String {
        let changed = after.own.filter { before.value(forKey: $0.key) != $0.value }
        let steps = Set(changed.map(\.value.step))
        let values = changed.map { "\($0.key)=\(ColumnValue($0.value.value).shown)" }
        return (steps.count == 1 ? ["step \(steps.first ?? 0)"] + values : values).joined(separator: "  ")
    }
}
