import RunModel
import TerminalUI

/// The sort menu.
enum SortMenuView {
    static func draw(_ selection: Int, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let columns = dashboard.sortColumns
        let height = min(columns.count, canvas.size.rows - 5)
        let inside = DialogView.frame(
            "Sort by", width: 34, height: height + 1, glyphs: dashboard.glyphs, on: &canvas)
        let top = max(0, min(selection - height + 1, columns.count - height))
        for (index, column) in columns.dropFirst(top).prefix(height).enumerated() {
            let y = inside.y + index
            canvas.put(column.title, x: inside.x, y: y, maxWidth: inside.width - 4)
            if column == dashboard.list.sort.column {
                let glyphs = dashboard.glyphs
                let arrow = dashboard.list.sort.isDescending ? glyphs.sortDown : glyphs.sortUp
                canvas.putRight(arrow, rightEdge: inside.maxX, y: y, style: Theme.accent)
            }
            if top + index == selection {
                canvas.restyle(Rect(x: inside.x, y: y, width: inside.width, height: 1), Theme.selected)
            }
        }
        let keys = Rect(x: inside.x, y: inside.maxY - 1, width: inside.width, height: 1)
        DialogView.drawKeys(keyHints(dashboard), in: keys, on: &canvas)
    }
}

extension SortMenuView {
    private static func keyHints(_ dashboard: Dashboard) -> [(String, String)] {
        [PromptKeys.hint(.choose, in: .menu, dashboard, label: "sort")]
            + PromptKeys.hints([.reverse, .close], in: .menu, dashboard)
    }
}

/// The `:` palette: the line, and the commands that match.
enum CommandPaletteView {
    static func draw(_ palette: CommandPalette, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let height = min(12, canvas.size.rows - 6)
        let width = min(72, canvas.size.columns - 6)
        let inside = DialogView.frame(
            "Command", width: width, height: height + 1, glyphs: dashboard.glyphs, on: &canvas)
        canvas.put(":", x: inside.x, y: inside.y, style: Theme.title)
        palette.input.draw(into: &canvas, x: inside.x + 1, y: inside.y, width: inside.width - 1)
        if let command = palette.completed {
            let rows = Rect(x: inside.x, y: inside.y + 1, width: inside.width, height: height)
            drawWords(palette, dashboard.paletteWords(command, palette.argument), dashboard, in: rows, on: &canvas)
            return
        }
        let matches = palette.matches
        let top = max(0, min(palette.selection - height + 1, matches.count - height))
        for (index, command) in matches.dropFirst(top).prefix(height).enumerated() {
            let y = inside.y + 1 + index
            canvas.put(command.name, x: inside.x, y: y, style: Theme.title, maxWidth: 16)
            let isUnavailable = command.isUnavailable(dashboard)
            canvas.put(
                command.summary, x: inside.x + 17, y: y, style: isUnavailable ? Theme.quiet : .plain,
                maxWidth: inside.width - 17 - 8)
            canvas.putRight(
                command.keyLabel(dashboard), rightEdge: inside.maxX, y: y, style: Theme.key, maxWidth: 7)
            if top + index == palette.selection {
                canvas.restyle(Rect(x: inside.x, y: y, width: inside.width, height: 1), Theme.selected)
            }
        }
        if matches.isEmpty {
            canvas.put("no such command", x: inside.x, y: inside.y + 1, style: Theme.quiet, maxWidth: inside.width)
        }
    }

    private static func drawWords(
        _ palette: CommandPalette, _ words: [PaletteWord], _ dashboard: Dashboard, in rect: Rect,
        on canvas: inout Canvas
    ) {
        let selected = palette.selection - 1
        let top = max(0, min(selected - rect.height + 1, words.count - rect.height))
        for (index, word) in words.dropFirst(top).prefix(rect.height).enumerated() {
            let y = rect.y + index
            let width = canvas.putRight(
                word.note, rightEdge: rect.maxX, y: y, style: Theme.quiet, maxWidth: rect.width / 2)
            let room = rect.width - width - 2
            let text = PlaceText.fitted(word.text, to: room, dashboard.glyphs)
            canvas.put(text, x: rect.x, y: y, maxWidth: room)
            if top + index == selected {
                canvas.restyle(Rect(x: rect.x, y: y, width: rect.width, height: 1), Theme.selected)
            }
        }
    }
}
