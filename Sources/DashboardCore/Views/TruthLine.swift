import RunModel
import RunServices
import TerminalUI

/// What the data on screen is worth: how often it is asked for, how old it is, what went wrong.
enum TruthLine {
    static func text(_ dashboard: Dashboard) -> String {
        parts(dashboard).joined(separator: separator(dashboard))
    }

    /// The text on lines of `width` cells; on two, divided before the last part, where that will do.
    static func lines(_ dashboard: Dashboard, width: Int) -> [String] {
        let text = text(dashboard)
        if TerminalText.width(of: text) <= width { return [text] }
        let parts = parts(dashboard)
        let head = parts.dropLast().joined(separator: separator(dashboard))
        if let last = parts.last, parts.count > 1, [head, last].allSatisfy({ TerminalText.width(of: $0) <= width }) {
            return [head, last]
        }
        return Array(TerminalText.wrapped(text, width: width).prefix(mostLines))
    }

    /// What a server says may be long, and what to do stands at its end.
    private static let mostLines = 5

    private static func separator(_ dashboard: Dashboard) -> String { " \(dashboard.glyphs.separator) " }

    private static func parts(_ dashboard: Dashboard) -> [String] {
        let polling = dashboard.polling
        let now = dashboard.now.monotonic
        if let opening = dashboard.services.opening {
            return ["opening \(opening)", "\(dashboard.keyName(.back)) stays here"]
        }
        let age = polling.lastSuccess.map { now - $0 }
        if let error = polling.error {
            var parts = [age.map { "stale \(TimeText.age($0))" } ?? "no data", error.message]
            if let freshness = polling.freshness, freshness.trouble != nil {
                parts.append("asked every \(TimeText.age(freshness.interval))")
                return parts
            }
            let wait = max(0, polling.retryAt - now)
            parts.append(wait > 0 ? "retry in \(TimeText.age(wait)), \(dashboard.keyName(.refresh)) now" : "retrying")
            return parts
        }
        if polling.isPaused {
            return ["paused", age.map { "data \(TimeText.age($0)) old" } ?? "no data"]
        }
        if let countdown = countdown(dashboard) { return countdown }
        let interval = polling.freshness.map { Int(clamping: $0.interval) } ?? polling.interval
        var parts = ["every \(IntervalText.seconds(interval)) s"]
        // Within two intervals the age says nothing but makes the line fidget.
        if let age, age > Int64(2 * interval) + 1_000 { parts.append("data \(TimeText.age(age)) old") }
        if let latency = polling.latency { parts.append(latencyText(latency)) }
        return parts
    }

    /// Milliseconds before the end of a login at which its end is told.
    private static let notice: Int64 = 600_000

    /// What to do before a login ends that is not renewed by itself; nil while there is time.
    static func countdown(_ dashboard: Dashboard) -> [String]? {
        guard let expiry = dashboard.polling.credentialExpiry else { return nil }
        let left = expiry.moment.milliseconds(since: dashboard.now.wall)
        guard left <= notice else { return nil }
        // Whole minutes, so that a screen on which nothing else happens is redrawn once a minute.
        let minutes = (left + 59_999) / 60_000
        let time = left <= 0 ? "now" : minutes == 1 ? "within a minute" : "in \(minutes) min"
        return ["login ends \(time)", expiry.remedy]
    }

    /// Rounded to 1, 2 or 5 of a power of ten, so that noise costs no redraw; a fast service's jitter is no news.
    static func latencyText(_ milliseconds: Int) -> String {
        if milliseconds < 10 { return "<10 ms" }
        var step = 10
        while true {
            for factor in [1, 2, 5] where milliseconds <= factor * step * 3 / 2 { return "\(factor * step) ms" }
            step *= 10
        }
    }
}
