import RunAttention
import RunModel
import RunServices
import TerminalUI

/// What has happened, newest first: time, run, what.
enum EventsView {
    static func draw(_ selected: Int?, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let entries = dashboard.attention.log.entries
        let glyphs = dashboard.glyphs
        let height = height(dashboard)
        let inside = DialogView.frame(
            title(entries.count, glyphs), width: min(110, canvas.size.columns - 6), height: height + 1, glyphs: glyphs,
            on: &canvas)
        let row = selected.flatMap { number in entries.firstIndex { $0.number == number } }
        let selection = row.map { entries.count - 1 - $0 } ?? 0
        let top = max(0, min(selection - height + 1, entries.count - height))
        for line in 0..<min(height, entries.count - top) {
            let y = inside.y + line
            let rect = Rect(x: inside.x, y: y, width: inside.width, height: 1)
            draw(entries[entries.count - 1 - top - line], dashboard, in: rect, on: &canvas)
            if top + line == selection { canvas.restyle(rect, Theme.selected) }
        }
        if entries.isEmpty {
            canvas.put(
                "Nothing has happened since runwatch was started.", x: inside.x, y: inside.y, style: Theme.quiet,
                maxWidth: inside.width)
        }
        let actions: [PromptKeys.Action] = entries.isEmpty ? [.close] : [.choose, .clear, .close]
        let keys = Rect(x: inside.x, y: inside.maxY - 1, width: inside.width, height: 1)
        DialogView.drawKeys(PromptKeys.hints(actions, in: .events, dashboard), in: keys, on: &canvas)
    }

    /// Rows of events: a list that fills the screen would hide what it is about.
    static func height(_ dashboard: Dashboard) -> Int {
        max(1, min(dashboard.attention.log.entries.count, dashboard.size.rows - 8))
    }

    private static func title(_ count: Int, _ glyphs: Glyphs) -> String {
        count < EventLog.limit ? "Events" : "Events \(glyphs.separator) the last \(EventLog.limit)"
    }

    private static let timeWidth = 8
    private static let widestName = 32

    private static func draw(
        _ entry: EventLog.Entry, _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas
    ) {
        let event = entry.event
        let style = AttentionText.style(of: event.kind)
        let time = TimeText.brief(event.at, now: dashboard.now.wall, zone: dashboard.zone)
        canvas.put(time, x: rect.x, y: rect.y, style: Theme.quiet, maxWidth: timeWidth)
        var x = rect.x + timeWidth + 2
        canvas.put(AttentionText.glyph(of: event.kind, dashboard.glyphs), x: x, y: rect.y, style: style)
        x += 2
        let nameWidth = min(widestName, max(0, rect.maxX - x) / 2)
        canvas.put(
            TerminalText.truncated(event.name, to: nameWidth, ellipsis: dashboard.glyphs.ellipsis), x: x, y: rect.y,
            maxWidth: nameWidth)
        x += nameWidth + 2
        x += canvas.put(event.kind.word, x: x, y: rect.y, style: style, maxWidth: max(0, rect.maxX - x)) + 2
        canvas.put(rest(of: entry, dashboard), x: x, y: rect.y, style: Theme.quiet, maxWidth: max(0, rect.maxX - x))
    }

    private static func rest(of entry: EventLog.Entry, _ dashboard: Dashboard) -> String {
        let event = entry.event
        var parts = event.detail.isEmpty ? [] : [event.detail]
        parts.append(event.experimentName)
        if entry.place != dashboard.service.location { parts.append("on \(entry.place)") }
        return parts.joined(separator: " \(dashboard.glyphs.separator) ")
    }
}
