import RunModel
import RunServices
import TerminalUI

/// The top line: which service this is, and how its runs are doing.
enum HeaderView {
    static func draw(_ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas) {
        let counts = summary(dashboard.experiments.total, glyphs: dashboard.glyphs)
        let countsWidth = TerminalText.width(of: counts)
        canvas.putRight(counts, rightEdge: rect.maxX - 1, y: rect.y, style: .plain, maxWidth: rect.width - 12)
        var x = rect.x + 1
        let edge = rect.maxX - countsWidth - 3
        x += canvas.put("runwatch", x: x, y: rect.y, style: Theme.title, maxWidth: edge - x)
        x += 2
        if dashboard.capabilities.changeStatus.reason != nil {
            x += canvas.put("read-only", x: x, y: rect.y, style: Theme.caution, maxWidth: edge - x) + 2
        }
        let service = "\(dashboard.service.kind) \(dashboard.service.location)"
        if edge - x > 8 { canvas.put(service, x: x, y: rect.y, style: Theme.quiet, maxWidth: edge - x) }
    }

    /// "4 active · 1 queued · 212 completed · 3 failed": what is zero is left out, except that something is always said.
    static func summary(_ counts: StatusCounts, glyphs: Glyphs) -> String {
        let waiting = counts[.queued] + counts[.notStarted]
        var parts = ["\(counts.active - waiting) active"]
        for (count, word) in [
            (waiting, "queued"), (counts[.completed], "completed"), (counts[.failed], "failed"),
            (counts[.canceled], "canceled"),
        ] where count > 0 { parts.append("\(count) \(word)") }
        return parts.joined(separator: " \(glyphs.separator) ")
    }
}
