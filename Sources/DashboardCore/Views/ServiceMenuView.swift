import RunServices
import TerminalUI

/// The run services to choose from, and below them what is known of the present one.
enum ServiceMenuView {
    static func draw(_ menu: ServiceMenu, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let room = Room(dashboard)
        let inside = DialogView.frame(
            "Run service", width: room.width, height: room.list + 1 + room.shown + 2, glyphs: dashboard.glyphs,
            on: &canvas)
        let list = Rect(x: inside.x, y: inside.y, width: inside.width, height: room.list)
        drawList(menu.selection, dashboard, in: list, on: &canvas)
        let top = min(menu.scroll, room.facts.count - room.shown)
        for (index, line) in room.facts.dropFirst(top).prefix(room.shown).enumerated() {
            let row = Rect(x: inside.x + 2, y: list.maxY + 1 + index, width: inside.width - 2, height: 1)
            line.draw(in: row, on: &canvas)
        }
        let keys = Rect(x: inside.x, y: inside.maxY - 1, width: inside.width, height: 1)
        var hints = [PromptKeys.hint(.choose, in: .menu, dashboard, label: "go there")]
        if room.facts.count > room.shown { hints.append((moreKey(dashboard), "more")) }
        DialogView.drawKeys(
            hints + PromptKeys.hints([.address, .close], in: .menu, dashboard), in: keys, on: &canvas)
    }

    /// Where the facts are scrolled to; nil for a key that does not scroll them.
    static func scrolled(_ scroll: Int, by command: Command?, _ dashboard: Dashboard) -> Int? {
        let room = Room(dashboard)
        let last = max(0, room.facts.count - room.shown)
        let page = max(1, room.shown - 1)
        return switch command {
        case .pageUp, .halfPageUp: max(0, min(scroll, last) - page)
        case .pageDown, .halfPageDown: min(last, scroll + page)
        default: nil
        }
    }

    /// How the dialog is divided: the list takes half where the facts need the rest.
    private struct Room {
        let width: Int
        let list: Int
        let facts: [StyledLine]
        let shown: Int

        init(_ dashboard: Dashboard) {
            width = min(96, dashboard.size.columns - 6)
            facts = ServiceFacts.lines(dashboard, width: width - 2)
            let rows = max(2, dashboard.size.rows - 7)
            let count = dashboard.services.known.count
            list = min(count, max(1, rows - facts.count, rows / 3))
            shown = min(facts.count, max(0, rows - list))
        }
    }

    private static func moreKey(_ dashboard: Dashboard) -> String {
        dashboard.keys.keys(for: .pageDown).first?.label(ascii: dashboard.glyphs == .ascii) ?? ""
    }

    private static func drawList(
        _ selection: Int, _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas
    ) {
        let services = dashboard.services.known
        let top = max(0, min(selection - rect.height + 1, services.count - rect.height))
        let kindWidth = services.map { TerminalText.width(of: $0.kind) }.max() ?? 0
        for (index, service) in services.dropFirst(top).prefix(rect.height).enumerated() {
            let row = Rect(x: rect.x, y: rect.y + index, width: rect.width, height: 1)
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
    }
}
