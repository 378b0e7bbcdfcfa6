import RunModel
import RunServices
import TerminalUI

/// The run's text output: the lines in view, search matches lit up, and where in the log this is.
enum LogsView {
    static func draw(_ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas) {
        let log = dashboard.detail.log
        guard rect.height > 0 else { return }
        guard log.window.lineCount > 0, log.run == dashboard.list.selectedID else {
            let (lines, style) = emptyText(dashboard)
            for (index, line) in lines.prefix(rect.height).enumerated() {
                canvas.put(line, x: rect.x, y: rect.y + index, style: style, maxWidth: rect.width)
            }
            return
        }
        let lines = visibleLines(log, in: rect)
        for (index, line) in lines.enumerated() {
            canvas.put(line.text, x: rect.x, y: rect.y + index, maxWidth: rect.width)
            light(log.search, in: line, at: rect.y + index, rect, isCurrent: isCurrent(line, log), on: &canvas)
        }
        drawPosition(dashboard, in: rect, on: &canvas)
    }

    struct Line: Equatable {
        let offset: Int64
        let text: Substring
    }

    /// The screen lines from the anchor down, or the last ones when following.
    static func visibleLines(_ log: LogState, in rect: Rect) -> [Line] {
        if log.isFollowing {
            var lines: [Line] = []
            var index = log.window.lineCount - 1
            while index >= 0, lines.count < rect.height {
                lines.insert(contentsOf: screenLines(index, log, width: rect.width), at: 0)
                index -= 1
            }
            return Array(lines.suffix(rect.height))
        }
        var lines: [Line] = []
        var index = log.window.line(at: log.top)
        while index < log.window.lineCount, lines.count < rect.height {
            lines.append(contentsOf: screenLines(index, log, width: rect.width))
            index += 1
        }
        return Array(lines.prefix(rect.height))
    }

    private static func screenLines(_ index: Int, _ log: LogState, width: Int) -> [Line] {
        let text = log.window.text(ofLine: index)
        let offset = log.window.offset(ofLine: index)
        if log.wraps {
            let wrapped = TerminalText.wrapped(text, width: width)
            return wrapped.isEmpty
                ? [Line(offset: offset, text: "")] : wrapped.map { Line(offset: offset, text: $0[...]) }
        }
        return [Line(offset: offset, text: text.dropFirst(log.left))]
    }

    private static func isCurrent(_ line: Line, _ log: LogState) -> Bool {
        guard let match = log.match else { return false }
        return log.window.line(at: match) == log.window.line(at: line.offset)
    }

    /// Highlights every occurrence; letter case counts only when the search has capitals, as the search itself does.
    private static func light(
        _ search: String, in line: Line, at y: Int, _ rect: Rect, isCurrent: Bool, on canvas: inout Canvas
    ) {
        guard !search.isEmpty else { return }
        let foldsCase = !search.contains(where: \.isUppercase)
        let text = foldsCase ? Substring(line.text.lowercased()) : line.text
        var start = text.startIndex
        while let found = text[start...].firstRange(of: search) {
            let x = TerminalText.width(of: text[..<found.lowerBound])
            let width = TerminalText.width(of: text[found])
            let place = Rect(x: rect.x + x, y: y, width: max(0, min(width, rect.width - x)), height: 1)
            canvas.restyle(place) { isCurrent ? $0.reversed().bold() : $0.foreground(.magenta).underlined() }
            start = found.upperBound
        }
    }

    private static func emptyText(_ dashboard: Dashboard) -> ([String], Style) {
        if let error = dashboard.detail.log.error { return ([error.message], Theme.bad) }
        guard let details = dashboard.currentDetails else { return (["reading…"], Theme.quiet) }
        if let error = details.logsError { return ([error.message], Theme.bad) }
        if let log = details.mainLog {
            return ([log.size == 0 ? "The log is empty so far." : "reading…"], Theme.quiet)
        }
        return ([missingLog(details)] + otherFiles(details), Theme.quiet)
    }

    private static func missingLog(_ details: RunDetails) -> String {
        guard let supervisor = details.supervisor else {
            return details.logs.isEmpty ? "This run has no log." : "This run has no log of a command."
        }
        return supervisor.exit == nil ? "The command has printed nothing so far." : "The command printed nothing."
    }

    /// Texts that are no logs, so that they are not taken for one.
    private static func otherFiles(_ details: RunDetails) -> [String] {
        if details.logs.isEmpty { return [] }
        return ["Its other texts:"] + details.logs.map { "  \($0.name)  \(ByteText.brief($0.size))" }
    }

    /// "following" or how far down, at the right of the pane's title.
    private static func drawPosition(_ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas) {
        let log = dashboard.detail.log
        let title = TerminalText.width(of: dashboard.list.selectedRun?.name ?? "") + 4
        var text: String
        if log.isFollowing {
            text = " following "
        } else {
            let percent = log.size > 0 ? Int(min(1, Double(log.top) / Double(log.size)) * 100) : 0
            text = " \(percent)% of \(ByteText.brief(log.size)) "
        }
        // A file of a script's is named, so that it is not taken for what the command printed.
        if let main = dashboard.currentDetails?.mainLog, !main.isCommandOutput, main.name == log.file {
            text = " \(main.name) ·" + text
        }
        let titleRow = dashboard.layout.detailTitle
        let room = titleRow.width - title - (titleRow.width < 90 ? 32 : 64)
        if room > TerminalText.width(of: text) {
            canvas.put(text, x: titleRow.x + title + 1, y: titleRow.y, style: Theme.quiet)
        }
    }
}

/// Sizes as people read them.
enum ByteText {
    static func brief(_ bytes: Int64) -> String {
        if bytes < 1_000 { return "\(bytes) B" }
        var value = Double(bytes)
        for unit in ["kB", "MB", "GB"] {
            value /= 1_000
            if value < 1_000 || unit == "GB" { return "\(NumberText.compact(value)) \(unit)" }
        }
        return "\(bytes) B"
    }
}
