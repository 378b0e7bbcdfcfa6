import RunModel
import RunServices
import TerminalUI

/// The top line: which service this is, and how its runs are doing.
enum HeaderView {
    static func draw(_ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas) {
        var x = rect.x + 1
        x += canvas.put("runwatch", x: x, y: rect.y, style: Theme.title) + 2
        // Comes before the counts: what keys will not do matters more than how many runs there are.
        if dashboard.capabilities.changeStatus.reason != nil {
            x += canvas.put("read-only", x: x, y: rect.y, style: Theme.caution) + 2
        }
        let counts = summary(dashboard.experiments.total, glyphs: dashboard.glyphs)
        let width = canvas.putRight(counts, rightEdge: rect.maxX - 1, y: rect.y, maxWidth: rect.maxX - 1 - x)
        let edge = rect.maxX - width - 3
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
