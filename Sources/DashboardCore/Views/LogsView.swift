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
        let matchLine = log.match.map { log.window.line(at: $0) }
        for (index, line) in visibleLines(dashboard, in: rect).enumerated() {
            canvas.put(line.text, x: rect.x, y: rect.y + index, maxWidth: rect.width)
            light(log.search, in: line, at: rect.y + index, rect, isCurrent: line.line == matchLine, on: &canvas)
        }
        drawPosition(dashboard, in: rect, on: &canvas)
    }

    struct Line: Equatable {
        /// Its index in the window.
        let line: Int
        let text: Substring
    }

    /// The screen lines from the anchor down, or the last ones when following.
    static func visibleLines(_ dashboard: Dashboard, in rect: Rect) -> [Line] {
        guard let position = dashboard.logPosition else { return [] }
        let lines = dashboard.logLines
        return lines.texts(from: position, count: rect.height).map { line, text in
            Line(line: line, text: lines.isWrapped(line) ? text[...] : text.dropFirst(dashboard.detail.log.left))
        }
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
        if let log = dashboard.shownLog {
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
        return ["Its other texts, which ] and :log-file open:"]
            + details.logs.map { "  \($0.name)  \(ByteText.brief($0.size))" }
    }

    /// Which log this is, and "following" or how far down, at the right of the pane's title.
    private static func drawPosition(_ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas) {
        let log = dashboard.detail.log
        let title = TerminalText.width(of: dashboard.list.selectedRun?.name ?? "") + 4
        let place: String
        if log.isFollowing {
            place = "following"
        } else {
            let percent = log.size > 0 ? Int(min(1, Double(log.top) / Double(log.size)) * 100) : 0
            place = "\(percent)% of \(ByteText.brief(log.size))"
        }
        let titleRow = dashboard.layout.detailTitle
        let room = titleRow.width - title - (titleRow.width < 90 ? 32 : 64)
        let name = fileText(dashboard)
        // The place goes first where there is no room: it can be told from the lines, the file cannot.
        for text in [" \(name) \(dashboard.glyphs.separator) \(place) ", " \(name) "] where !name.isEmpty {
            guard room > TerminalText.width(of: text) else { continue }
            canvas.put(text, x: titleRow.x + title + 1, y: titleRow.y, style: Theme.quiet)
            return
        }
        if room > TerminalText.width(of: place) + 2 {
            canvas.put(" \(place) ", x: titleRow.x + title + 1, y: titleRow.y, style: Theme.quiet)
        }
    }

    /// `train.err (2 of 3)`.
    private static func fileText(_ dashboard: Dashboard) -> String {
        guard let file = dashboard.detail.log.file else { return "" }
        let name = PlaceText.ending(of: file, width: 24, dashboard.glyphs)
        let files = dashboard.currentDetails?.logs ?? []
        guard files.count > 1, let index = files.firstIndex(where: { $0.name == file }) else { return name }
        return "\(name) (\(index + 1) of \(files.count))"
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
