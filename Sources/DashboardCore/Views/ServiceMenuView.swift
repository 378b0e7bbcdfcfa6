import RunServices
import TerminalUI

/// The run services to choose from: what each is, where, and how it was found.
enum ServiceMenuView {
    static func draw(_ selection: Int, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let services = dashboard.services.known
        let width = min(88, canvas.size.columns - 6)
        let height = min(services.count, max(1, canvas.size.rows - 6))
        let inside = DialogView.frame(
            "Run service", width: width, height: height + 2, glyphs: dashboard.glyphs, on: &canvas)
        let top = max(0, min(selection - height + 1, services.count - height))
        let kindWidth = services.map { TerminalText.width(of: $0.kind) }.max() ?? 0
        for (index, service) in services.dropFirst(top).prefix(height).enumerated() {
            let row = Rect(x: inside.x, y: inside.y + index, width: inside.width, height: 1)
            if service.location == dashboard.service.location {
                canvas.put(dashboard.glyphs.selectionBar, x: row.x, y: row.y, style: Theme.accent)
            }
            let reason = canvas.putRight(
                service.reason, rightEdge: row.maxX, y: row.y, style: Theme.quiet, maxWidth: row.width / 2)
            canvas.put(service.kind, x: row.x + 2, y: row.y, style: Theme.title, maxWidth: kindWidth)
            let x = row.x + 2 + kindWidth + 2
            let text = PlaceText.fitted(service.location, to: row.maxX - reason - 2 - x, dashboard.glyphs)
            canvas.put(text, x: x, y: row.y, maxWidth: row.maxX - reason - 2 - x)
            if top + index == selection { canvas.restyle(row, Theme.selected) }
        }
        let keys = Rect(x: inside.x, y: inside.maxY - 1, width: inside.width, height: 1)
        let hints = [PromptKeys.hint(.choose, in: .menu, dashboard, label: "go there")]
        DialogView.drawKeys(
            hints + PromptKeys.hints([.address, .close], in: .menu, dashboard), in: keys, on: &canvas)
    }
}

/// Places of run services where room is short.
enum PlaceText {
    /// At most `width` cells; of a path its end is kept, of an address its beginning.
    static func fitted(_ place: String, to width: Int, _ glyphs: Glyphs) -> String {
        let text = TerminalText.sanitized(place)
        guard TerminalText.width(of: text) > width, place.hasPrefix("/") || place.hasPrefix("~") else {
            return TerminalText.truncated(place, to: max(0, width), ellipsis: glyphs.ellipsis)
        }
        return ending(of: text, width: width, glyphs)
    }

    /// At most `width` cells of the end of a text, with an ellipsis before it where it is cut.
    static func ending(of place: String, width: Int, _ glyphs: Glyphs) -> String {
        let text = TerminalText.sanitized(place)
        guard TerminalText.width(of: text) > width else { return text }
        let room = max(0, width - TerminalText.width(of: glyphs.ellipsis))
        var tail = text.suffix(room)
        while TerminalText.width(of: tail) > room { tail = tail.dropFirst() }
        return width > 0 ? glyphs.ellipsis + tail : ""
    }
}
