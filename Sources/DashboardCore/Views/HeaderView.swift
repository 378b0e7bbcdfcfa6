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
        var room = Rect(x: x, y: rect.y, width: max(0, rect.maxX - 1 - x), height: 1)
        // What happened since the last key, at the edge. Its own word and colour keep it apart from the counts of all
        // runs, which stay: a screen that is left running has news for hours.
        let news = AttentionText.news(
            dashboard.attention.log.unseen, width: newsWidth(dashboard, of: room.width), dashboard.glyphs)
        if !news.isEmpty {
            let text = newsLabel + news
            canvas.putRight(text, rightEdge: room.maxX, y: rect.y, style: Theme.caution, maxWidth: room.width)
            room.width = max(0, room.width - TerminalText.width(of: text) - gap)
        }
        let (service, counts) = fitted(dashboard, width: room.width)
        canvas.put(service, x: room.x, y: rect.y, style: Theme.quiet, maxWidth: room.width)
        canvas.putRight(counts, rightEdge: room.maxX, y: rect.y, maxWidth: room.width)
    }

    private static let newsLabel = "new: "
    /// Cells in which two or three kinds of news fit.
    private static let leastNews = 20

    /// What all counts and a piece of the location leave, or half of the line where that is too little.
    private static func newsWidth(_ dashboard: Dashboard, of width: Int) -> Int {
        let service = dashboard.service
        let reason = service.reason.isEmpty ? 0 : TerminalText.width(of: service.reason) + 3
        let location = min(goodLocation, TerminalText.width(of: service.location))
        let counts = countVariants(dashboard.experiments.total, dashboard.glyphs)[0]
        let taken = TerminalText.width(of: service.kind + counts) + 1 + location + reason + 2 * gap
        let rest = width - taken - newsLabel.utf8.count
        return rest >= leastNews ? rest : width / 2 - newsLabel.utf8.count
    }

    /// Cells between service, counts and news.
    private static let gap = 3
    /// Fewer cells of a location say too little: while more counts than the first could go, and at all.
    private static let (goodLocation, leastLocation) = (20, 12)

    /// Service and counts that fit together. The location gives way first, then counts, then the reason, and where not
    /// even a piece of the location has room, only the first count is left.
    private static func fitted(_ dashboard: Dashboard, width: Int) -> (service: String, counts: String) {
        let service = dashboard.service
        let location = TerminalText.width(of: service.location)
        let reason = service.reason.isEmpty ? "" : " (\(service.reason))"
        // What could not be read is not nothing.
        let isKnown = dashboard.polling.lastSuccess != nil
        let counts = isKnown ? countVariants(dashboard.experiments.total, dashboard.glyphs) : [""]
        func choice(_ counts: String, _ reason: String, least: Int) -> (String, String)? {
            let taken = TerminalText.width(of: service.kind + reason + counts) + 1 + gap
            let room = width - taken
            guard room >= min(least, location) else { return nil }
            let place = PlaceText.fitted(service.location, to: min(room, location), dashboard.glyphs)
            return ("\(service.kind) \(place)\(reason)", counts)
        }
        for (reason, least) in [(reason, goodLocation), (reason, leastLocation), ("", leastLocation)] {
            for counts in counts { if let choice = choice(counts, reason, least: least) { return choice } }
        }
        return ("", counts.last ?? "")
    }

    /// All counts in words, then with glyphs for words, then those that matter most, then how many are active.
    private static func countVariants(_ counts: StatusCounts, _ glyphs: Glyphs) -> [String] {
        let waiting = counts[.queued] + counts[.notStarted]
        let active = "\(counts.active - waiting) active"
        // What is zero is left out, except that something is always said.
        let others: [(count: Int, word: String, status: RunStatus)] = [
            (waiting, "queued", .queued), (counts[.completed], "completed", .completed),
            (counts[.failed], "failed", .failed), (counts[.canceled], "canceled", .canceled),
        ].filter { $0.0 > 0 }
        let separator = " \(glyphs.separator) "
        let words = others.map { "\($0.count) \($0.word)" }
        let short = others.map { "\($0.count)\($0.status.glyph(glyphs))" }.joined(separator: " ")
        let failed = others.filter { $0.status == .failed }.map { "\($0.count) \($0.word)" }
        return [([active] + words).joined(separator: separator), others.isEmpty ? active : active + separator + short]
            + [([active] + failed).joined(separator: separator), active]
    }
}
