import RunAttention
import RunModel
import RunServices
import TerminalUI

/// What a run is and how it is doing, on one page; two columns where there is room.
enum OverviewView {
    private struct Fact {
        let label: String
        let value: String
        var style = Style.plain
    }

    private static let labelWidth = 11

    static func lines(_ run: Run, _ dashboard: Dashboard, width: Int) -> [StyledLine] {
        let left = facts(run, dashboard)
        let right = attributes(run)
        guard width >= leastForTwo else { return column(left + right, x: 0, width: width) }
        let half = half(of: width)
        let first = column(left, x: 0, width: half - 2)
        let second = column(right, x: half, width: width - half)
        return (0..<max(first.count, second.count)).map { index in
            StyledLine(
                pieces: (index < first.count ? first[index].pieces : [])
                    + (index < second.count ? second[index].pieces : []))
        }
    }

    /// Cells from which on there are two columns.
    private static let leastForTwo = 90

    private static func half(of width: Int) -> Int { max(58, width / 2) }

    /// What is left below the right column; nil where there is one column, or more lines than rows.
    static func freeRoom(_ run: Run, _ dashboard: Dashboard, in rect: Rect) -> Rect? {
        guard rect.width >= leastForTwo else { return nil }
        let x = half(of: rect.width)
        let right = column(attributes(run), x: x, width: rect.width - x).count
        guard max(right, column(facts(run, dashboard), x: 0, width: x - 2).count) <= rect.height else { return nil }
        let top = right == 0 ? 0 : right + 1
        return Rect(x: rect.x + x, y: rect.y + top, width: rect.width - x, height: max(0, rect.height - top))
    }

    private static func column(_ facts: [Fact], x: Int, width: Int) -> [StyledLine] {
        var lines: [StyledLine] = []
        var previous = ""
        for fact in facts {
            // A repeated label heads a list of several values; it is written once.
            let label = fact.label == previous ? "" : fact.label
            previous = fact.label
            let room = max(8, width - labelWidth)
            for (index, text) in TerminalText.wrapped(fact.value, width: room).prefix(longestValue).enumerated() {
                var line = StyledLine()
                if index == 0 {
                    line.pieces.append(.init(x: x, text: label, style: Theme.label, width: labelWidth))
                }
                line.pieces.append(.init(x: x + labelWidth, text: text, style: fact.style, width: room))
                lines.append(line)
            }
        }
        return lines
    }

    /// Lines of a failure's message beside the one that says what happened.
    private static let longestContext = 5

    /// Lines that one value may take: a traceback is read in the log.
    private static let longestValue = 6

    private static func facts(_ run: Run, _ dashboard: Dashboard) -> [Fact] {
        let details = dashboard.currentDetails
        let zone = dashboard.zone
        var facts = [
            Fact(label: "status", value: statusText(run, dashboard), style: dashboard.colors.word(of: run.status))
        ]
        if let reason = run.waitingReason { facts.append(Fact(label: "waits", value: reason)) }
        facts += progress(of: run, dashboard)
        let usage = UsageText.sentence(run, dashboard.glyphs)
        if !usage.isEmpty { facts.append(Fact(label: run.status.isActive ? "uses" : "used", value: usage)) }
        if let failure = run.failure {
            let reason = failure.brief
            if !reason.isEmpty { facts.append(Fact(label: "why", value: reason, style: Theme.bad)) }
            // The end of the log is read there too, but most want no more of it.
            facts += failure.context.suffix(longestContext).map { Fact(label: "why", value: $0) }
        }
        if run.failure == nil, let words = run.slurmState, run.status == .queued || run.status == .canceled {
            facts.append(Fact(label: "why", value: words))
        }
        if let note = run.descriptionText, !note.isEmpty { facts.append(Fact(label: "note", value: note)) }
        for remark in details?.remarks ?? [] { facts.append(Fact(label: "remark", value: remark)) }
        if let error = dashboard.detail.error, dashboard.detail.failedID == run.id {
            facts.append(Fact(label: "details", value: error.message, style: Theme.bad))
        }
        let children = dashboard.list.table.rollUp(of: run.id)
        if children.total > 0 { facts.append(Fact(label: "children", value: RollUpText.sentence(children))) }
        facts.append(Fact(label: "run id", value: run.id.text))
        facts.append(
            Fact(label: "experiment", value: run.experimentName + (run.number.map { "  run \($0)" } ?? "")))
        if let parentID = run.parentID, isParent(parentID, of: run, dashboard) {
            facts.append(Fact(label: "parent", value: dashboard.list.table[parentID]?.name ?? parentID.text))
        }
        if let execution = run.executionID {
            let name = dashboard.list.table[execution].map { "“\($0.name)”" } ?? "run \(execution.text)"
            facts.append(Fact(label: "started by", value: "the command of \(name)"))
        }
        facts.append(Fact(label: "created", value: TimeText.full(run.createdAt, zone: zone)))
        if let started = run.startedAt {
            facts.append(Fact(label: "started", value: TimeText.full(started, zone: zone)))
        }
        if let ended = run.endedAt { facts.append(Fact(label: "ended", value: TimeText.full(ended, zone: zone))) }
        if !run.user.isEmpty { facts.append(Fact(label: "user", value: run.user)) }
        if let source = details?.source {
            // What a run that another program started does not tell is left out.
            let told = [
                ("command", ShellText.line(source.command)), ("directory", source.directory),
                ("host", hostText(source, details?.supervisor)),
            ]
            for (label, value) in told where !value.isEmpty { facts.append(Fact(label: label, value: value)) }
        }
        if let exit = details?.supervisor?.exit { facts.append(Fact(label: "exit", value: exitText(exit))) }
        return facts
    }

    /// How far a run is, and how long ago it was last heard of.
    private static func progress(of run: Run, _ dashboard: Dashboard) -> [Fact] {
        var facts: [Fact] = []
        if let progress = RunProgress(run, at: dashboard.now.wall) {
            facts.append(Fact(label: "progress", value: ProgressText.sentence(progress)))
        }
        if run.status == .running, let last = run.lastMetricAt {
            let age = "\(TimeText.age(dashboard.now.wall.milliseconds(since: last))) ago"
            let isStalled = dashboard.attention.tracker.marks(of: run).contains(.stalled)
            facts.append(
                Fact(
                    label: "last point", value: isStalled ? "\(age): stalled, its log does not grow either" : age,
                    style: isStalled ? Theme.caution : .plain))
        }
        return facts
    }

    /// False for a parent that would be below the run itself, which the list shows as none too.
    private static func isParent(_ id: RunID, of run: Run, _ dashboard: Dashboard) -> Bool {
        let table = dashboard.list.table
        return table[id] == nil || table[run.id] == nil || table.ancestors(of: run.id).first == id
    }

    private static func statusText(_ run: Run, _ dashboard: Dashboard) -> String {
        let word = run.status.word
        let age = dashboard.attention.tracker.stateAge(of: run.id)?.age
        if run.status == .cancelRequested, let age {
            return "\(word): \(AttentionText.stopping(age, of: run, dashboard))"
        }
        guard let duration = run.duration(at: dashboard.now.wall) else {
            return age.map { "\(word) for \(TimeText.duration($0))" } ?? word
        }
        let text = TimeText.duration(duration)
        if run.status == .notResponding {
            let silence = dashboard.currentDetails?.supervisor.map {
                dashboard.now.wall.milliseconds(since: $0.lastHeartbeat)
            }
            return silence.map { "\(word): no heartbeat for \(TimeText.age($0))" } ?? word
        }
        if run.status.isTerminal { return "\(word) after \(text)" }
        return "\(word) for \(text)"
    }

    private static func hostText(_ source: RunSource, _ supervisor: SupervisorState?) -> String {
        guard let process = supervisor?.supervisor.command, supervisor?.exit == nil else { return source.host }
        return source.host.isEmpty ? "pid \(process.pid)" : "\(source.host), pid \(process.pid)"
    }

    private static func exitText(_ exit: CommandExit) -> String {
        switch exit {
        case .status(let status): "status \(status)"
        case .signal(let signal): "signal \(signal)"
        }
    }

    private static func attributes(_ run: Run) -> [Fact] {
        run.shownTags.entries.map { Fact(label: "tags", value: TagText.spaced($0.key, $0.value)) }
            + run.properties.entries.map { Fact(label: "properties", value: TagText.spaced($0.key, $0.value)) }
            + run.params.entries.map { Fact(label: "parameters", value: TagText.spaced($0.key, $0.value)) }
            + run.metrics.own.map { Fact(label: "metrics", value: TagText.spaced($0.key, valueText($0.value))) }
    }

    private static func valueText(_ point: MetricPoint) -> String {
        switch point.value {
        case .number(let number): "\(NumberText.compact(number, significantDigits: 5)) at step \(point.step)"
        case .text(let text): text
        }
    }
}
