import RunModel
import RunServices
import TerminalUI

/// What is known of the run service on screen: what it refuses, what its polls cost, and what follows for how fresh its
/// runs are.
enum ServiceFacts {
    static func lines(_ dashboard: Dashboard, width: Int) -> [StyledLine] {
        facts(dashboard).flatMap { label, value, style in
            TerminalText.wrapped(value, width: max(10, width - labelWidth)).enumerated().map { index, text in
                var line = StyledLine()
                if index == 0 { line.pieces.append(.init(x: 0, text: label, style: Theme.label, width: labelWidth)) }
                line.pieces.append(.init(x: labelWidth, text: text, style: style, width: width - labelWidth))
                return line
            }
        }
    }

    private static let labelWidth = 11

    private typealias Fact = (label: String, value: String, style: Style)

    private static func facts(_ dashboard: Dashboard) -> [Fact] {
        let service = dashboard.service
        let chosen = service.reason.isEmpty ? "" : ", chosen by: \(service.reason)"
        return [("now", "\(service.kind) \(service.location)\(chosen)", Theme.title)]
            + refusals(dashboard) + polls(dashboard) + pace(dashboard)
    }

    private static func refusals(_ dashboard: Dashboard) -> [Fact] {
        let capabilities = dashboard.capabilities
        let all = [
            ("change a run's status", capabilities.changeStatus), ("edit tags and names", capabilities.editTags),
            ("mark runs failed or completed", capabilities.markEnded),
            ("keep a tag without a value", capabilities.keyOnlyTags), ("read logs", capabilities.readLogs),
        ]
        let refused = all.compactMap { what, support in
            support.reason.map { ("cannot", "\(what): \($0)", Theme.caution) }
        }
        return refused.isEmpty ? [("can", "everything that runwatch asks of a run service", .plain)] : refused
    }

    private static func polls(_ dashboard: Dashboard) -> [Fact] {
        let polling = dashboard.polling
        var facts: [Fact] = []
        if let error = polling.error { facts.append(("failing", error.message, Theme.bad)) }
        if let last = polling.lastSuccess, let latency = polling.latency {
            let age = "\(TimeText.age(dashboard.now.monotonic - last)) ago"
            let cost = polling.cost.map { "\(Counted.text($0.requests, "request")), \(bytes($0.bytes)), " } ?? ""
            facts.append(("last poll", "\(cost)\(latency) ms, \(age)", .plain))
        }
        var rhythm = polling.isPaused ? "paused" : "every \(IntervalText.seconds(polling.interval)) s"
        let tally = polling.tally
        if let since = tally.since {
            let failed = tally.failed > 0 ? ", \(tally.failed) failed" : ""
            let count = "\(tally.answered) answered\(failed)"
            rhythm += "; \(count) since \(TimeText.brief(since, now: dashboard.now.wall, zone: dashboard.zone))"
        }
        facts.append(("polls", rhythm, .plain))
        if polling.cost != nil {
            facts.append(
                ("in all", "\(Counted.text(tally.requests, "request")), \(bytes(tally.bytes)) by polls", .plain))
        } else if let freshness = polling.freshness {
            let age = TimeText.age(dashboard.now.wall.milliseconds(since: freshness.asOf))
            let rhythm = "every \(TimeText.age(freshness.interval)) for all of your dashboards on this host"
            facts.append(("asked", "\(age) ago, \(rhythm)", .plain))
        } else if polling.lastSuccess != nil {
            facts.append(("requests", "none: what changed is read from the store itself", .plain))
        }
        return facts
    }

    /// The bound on a poll, and how soon a change that nothing tells of is seen because of it.
    private static func pace(_ dashboard: Dashboard) -> [Fact] {
        guard let pace = dashboard.polling.cost?.pace else { return [] }
        func rounds(_ count: Int) -> String {
            let interval = dashboard.polling.interval
            let time = TimeText.duration(Int64(clamping: count.multipliedReportingOverflow(by: interval).partialValue))
            return count == 1 ? "at every poll" : "within \(count) polls (\(time))"
        }
        var facts: [Fact] = [
            (
                "bound",
                "\(bytes(pace.byteLimit)) a poll while at most \(pace.usualActiveRuns) runs are active; more active "
                    + "runs cost more. Starts and ends are asked for at every poll.", .plain
            )
        ]
        if pace.activeRuns > 0 {
            facts.append(
                ("active", "\(Counted.text(pace.activeRuns, "run")): each is read \(rounds(pace.activeRound))", .plain))
        }
        if pace.revisitedRuns > 0 {
            let when = pace.revisitRound.map { ", \(rounds($0))" } ?? " in turn"
            facts.append(
                (
                    "others",
                    "what changed on the \(pace.revisitedRuns) newest that have ended is seen\(when); on older ones "
                        + "when they are opened", .plain
                ))
        }
        return facts
    }

    private static func bytes(_ count: Int) -> String { ByteText.brief(Int64(count)) }
}
