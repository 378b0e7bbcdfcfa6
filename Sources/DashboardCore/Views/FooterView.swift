import RunModel
import RunServices
import TerminalUI

/// The bottom lines: what is being typed, or the last answer, or the keys that apply now; and the truth line.
enum FooterView {
    static func draw(_ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas) {
        let truth = TruthLine.text(dashboard)
        let isBad = dashboard.polling.error != nil
        let truthStyle = isBad ? Theme.bad : Theme.quiet
        // What is wrong is worth more than a reminder of keys.
        let isAlone = isBad && dashboard.notice == nil && dashboard.mode == .browsing
        var room = rect.width - 2
        if rect.height > 1 {
            if isAlone && TerminalText.width(of: truth) > rect.width - 2 {
                let lines = TruthLine.twoLines(dashboard, width: rect.width - 2)
                for (row, line) in lines.enumerated() {
                    canvas.put(line, x: rect.x + 1, y: rect.y + row, style: truthStyle, maxWidth: rect.width - 2)
                }
                return
            }
            canvas.put(truth, x: rect.x + 1, y: rect.y + 1, style: truthStyle, maxWidth: rect.width - 2)
        } else {
            // An answer to a person comes before what is said at all times, but for a piece of that.
            let said = dashboard.notice.map { TerminalText.width(of: $0.text) } ?? 0
            let least = rect.width / 4
            let most = isAlone ? rect.width - 2 : min(rect.width * 3 / 5, rect.width - 4 - said)
            let width = min(TerminalText.width(of: truth), max(least, most))
            canvas.putRight(truth, rightEdge: rect.maxX - 1, y: rect.y, style: truthStyle, maxWidth: width)
            room = rect.width - width - 4
        }
        let line = Rect(x: rect.x + 1, y: rect.y, width: max(0, room), height: 1)
        switch dashboard.mode {
        case .filtering(let input):
            let full = Rect(x: rect.x, y: rect.y, width: rect.width, height: 1)
            FilterLineView.draw(input, dashboard, in: full, on: &canvas)
        case .searchingLog(let input): drawPrompt("search log: ", input, in: line, on: &canvas)
        case .renaming(let input, _):
            let full = Rect(x: rect.x, y: rect.y, width: rect.width, height: 1)
            canvas.fill(full, style: .plain)
            drawPrompt(
                "another name (enter: rename, esc: back) ", input, in: full.inset(left: 1, right: 1), on: &canvas)
        case .explainingFailure(let input, let targets):
            let full = Rect(x: rect.x, y: rect.y, width: rect.width, height: 1)
            canvas.fill(full, style: .plain)
            let name = targets.count == 1 ? dashboard.list.table[targets[0]]?.name ?? "" : "\(targets.count) runs"
            drawPrompt(
                "why did \(TerminalText.truncated(name, to: 24)) fail? (enter: next, esc: back) ", input,
                in: full.inset(left: 1, right: 1), on: &canvas)
        default:
            if let notice = dashboard.notice {
                drawNotice(notice, dashboard, in: line, on: &canvas)
            } else if dashboard.mode == .browsing {
                drawKeys(dashboard, in: line, on: &canvas)
            }
        }
    }

    private static func drawPrompt(_ label: String, _ input: LineInput, in rect: Rect, on canvas: inout Canvas) {
        let used = canvas.put(label, x: rect.x, y: rect.y, style: Theme.title, maxWidth: rect.width - 8)
        input.draw(into: &canvas, x: rect.x + used, y: rect.y, width: rect.width - used)
    }

    private static func drawNotice(
        _ notice: Notice, _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas
    ) {
        let style =
            switch notice.kind {
            case .done: Theme.good
            case .refused: Theme.bad
            case .hint: Theme.title
            }
        canvas.put(notice.text, x: rect.x, y: rect.y, style: style, maxWidth: rect.width)
    }

    private static func drawKeys(_ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas) {
        var x = rect.x
        for hint in FooterHints.hints(dashboard) {
            let width = TerminalText.width(of: hint.key) + 1 + TerminalText.width(of: hint.label)
            guard x + width <= rect.maxX else { break }
            x += canvas.put(hint.key, x: x, y: rect.y, style: Theme.key) + 1
            x += canvas.put(hint.label, x: x, y: rect.y, style: Theme.quiet) + 2
        }
    }
}

/// The keys worth showing for where the focus is, most useful first; help has them all.
enum FooterHints {
    struct Hint: Equatable {
        let key: String
        let label: String
    }

    static func hints(_ dashboard: Dashboard) -> [Hint] {
        commands(dashboard).compactMap { command, label in
            guard dashboard.unavailable(command) == nil else { return nil }
            guard let key = dashboard.keys.keys(for: command).first else { return nil }
            return Hint(key: key.label(ascii: dashboard.glyphs == .ascii), label: label)
        }
    }

    private static func commands(_ dashboard: Dashboard) -> [(Command, String)] {
        let isMarked = !dashboard.list.marks.isEmpty
        let steering: [(Command, String)] = [
            (.cancel, isMarked ? "cancel marked" : "cancel"), (.fail, "fail"), (.complete, "complete"),
            (.editTags, "tags"),
        ]
        let always: [(Command, String)] = [(.command, "command"), (.help, "help"), (.quit, "quit")]
        switch dashboard.focus {
        case .experiments: return [(.open, "show runs"), (.nextPane, "next pane")] + always
        case .detail where dashboard.detail.tab == .logs:
            return [(.filter, "search"), (.nextMatch, "next"), (.follow, "follow"), (.wrap, "wrap"), (.zoom, "zoom")]
                + [(.back, "back")] + always
        case .detail where dashboard.detail.tab == .metrics:
            return [(.xAxis, "step/time"), (.zoom, "zoom"), (.back, "back")] + steering + always
        case .detail: return [(.zoom, "zoom"), (.back, "back")] + steering + always
        case .runs: return steering + [(.filter, "filter")] + always
        }
    }
}

/// What the data on screen is worth: how often it is asked for, how old it is, what went wrong.
enum TruthLine {
    static func text(_ dashboard: Dashboard) -> String {
        parts(dashboard).joined(separator: separator(dashboard))
    }

    /// The text on two lines of `width` cells, divided before the last part where that will do.
    static func twoLines(_ dashboard: Dashboard, width: Int) -> [String] {
        let parts = parts(dashboard)
        let head = parts.dropLast().joined(separator: separator(dashboard))
        if let last = parts.last, parts.count > 1, TerminalText.width(of: head) <= width { return [head, last] }
        let lines = TerminalText.wrapped(text(dashboard), width: width)
        return [lines.first ?? "", lines.dropFirst().joined(separator: " ")]
    }

    private static func separator(_ dashboard: Dashboard) -> String { " \(dashboard.glyphs.separator) " }

    private static func parts(_ dashboard: Dashboard) -> [String] {
        let polling = dashboard.polling
        let now = dashboard.now.monotonic
        if let opening = dashboard.services.opening { return ["opening \(opening)", "esc stays here"] }
        let age = polling.lastSuccess.map { now - $0 }
        if let error = polling.error {
            var parts = [age.map { "stale \(TimeText.age($0))" } ?? "no data", error.message]
            let wait = max(0, polling.retryAt - now)
            parts.append(wait > 0 ? "retry in \(TimeText.age(wait)), r now" : "retrying")
            return parts
        }
        if polling.isPaused {
            return ["paused", age.map { "data \(TimeText.age($0)) old" } ?? "no data"]
        }
        var parts = ["every \(IntervalText.seconds(polling.interval)) s"]
        // Within two intervals the age says nothing but makes the line fidget.
        if let age, age > Int64(2 * polling.interval) + 1_000 { parts.append("data \(TimeText.age(age)) old") }
        if let latency = polling.latency { parts.append(latencyText(latency)) }
        return parts
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
