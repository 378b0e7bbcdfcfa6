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
        let lines = visibleLines(dashboard, in: rect)
        for (index, line) in lines.enumerated() {
            canvas.put(line.text, x: rect.x, y: rect.y + index, maxWidth: rect.width)
        }
        drawMargins(lines, dashboard, in: rect, on: &canvas)
        LogMatches.light(lines, dashboard, in: rect, on: &canvas)
        drawPosition(dashboard, in: rect, on: &canvas)
    }

    struct Line: Equatable {
        let piece: LogLines.Piece
        /// What of the piece is in view: less where the log is scrolled sideways.
        let text: Substring
        /// Characters of the line before `text`.
        let column: Int
    }

    /// The screen lines from the anchor down, or the last ones when following.
    static func visibleLines(_ dashboard: Dashboard, in rect: Rect) -> [Line] {
        guard let position = dashboard.logPosition else { return [] }
        let lines = dashboard.logLines
        return lines.pieces(from: position, count: rect.height).map { piece in
            let hidden = lines.isWrapped(piece.line) ? 0 : min(dashboard.detail.log.left, piece.text.count)
            return Line(piece: piece, text: piece.text.dropFirst(hidden), column: piece.column + hidden)
        }
    }

    /// An arrow in the margin where a line goes on: below, or beside what is in view.
    private static func drawMargins(
        _ lines: [Line], _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas
    ) {
        for (index, line) in lines.enumerated() {
            let y = rect.y + index
            if line.column > line.piece.column || (index == 0 && line.piece.joint != nil) {
                canvas.put(dashboard.glyphs.arrowLeft, x: rect.x - 1, y: y, style: Theme.quiet)
            }
            let isCut = TerminalText.width(of: line.text) > rect.width
            let goesOn = index + 1 < lines.count ? lines[index + 1].piece.joint != nil : continuesBelow(line, dashboard)
            if isCut || goesOn { canvas.put(dashboard.glyphs.arrowRight, x: rect.maxX, y: y, style: Theme.quiet) }
        }
    }

    /// Whether the line at the bottom of the view goes on below it.
    private static func continuesBelow(_ line: Line, _ dashboard: Dashboard) -> Bool {
        let lines = dashboard.logLines
        if lines.window.isRest(line: line.piece.line + 1) { return true }
        return line.piece.column + line.piece.text.count < lines.window.text(ofLine: line.piece.line).count
    }

    private static func emptyText(_ dashboard: Dashboard) -> ([String], Style) {
        if let error = dashboard.detail.log.error { return ([error.message], Theme.bad) }
        guard let details = dashboard.currentDetails else { return (["reading…"], Theme.quiet) }
        if let error = details.logsError { return ([error.message], Theme.bad) }
        let state = dashboard.detail.log
        if state.isBinary {
            return (["This file is no text (\(ByteText.brief(state.size)))." + " \(browse(dashboard))"], Theme.quiet)
        }
        if let log = dashboard.shownLog {
            if dashboard.showsArtifact {
                return ([state.settledSize == 0 ? "The file is empty." : "reading…"], Theme.quiet)
            }
            return ([log.size == 0 ? "The log is empty so far." : "reading…"], Theme.quiet)
        }
        return ([missingLog(details)] + otherFiles(details, dashboard) + [browse(dashboard)], Theme.quiet)
    }

    private static func browse(_ dashboard: Dashboard) -> String {
        "\(dashboard.keyName(.artifacts)) lists the run's artifacts."
    }

    private static func missingLog(_ details: RunDetails) -> String {
        guard let supervisor = details.supervisor else {
            return details.logs.isEmpty ? "This run has no log." : "This run has no log of a command."
        }
        return supervisor.exit == nil ? "The command has printed nothing so far." : "The command printed nothing."
    }

    /// Texts that are no logs, so that they are not taken for one.
    private static func otherFiles(_ details: RunDetails, _ dashboard: Dashboard) -> [String] {
        if details.logs.isEmpty { return [] }
        return ["Its other texts, which \(dashboard.keyName(.nextLog)) and :log-file open:"]
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
