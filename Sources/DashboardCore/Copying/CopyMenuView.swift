import TerminalUI

/// What can be copied, with its beginning.
enum CopyMenuView {
    private static let titleWidth = 12

    static func draw(_ menu: CopyMenu, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let width = min(72, canvas.size.columns - 6)
        let height = min(menu.choices.count, max(1, canvas.size.rows - 6))
        let inside = DialogView.frame("Copy", width: width, height: height + 2, glyphs: dashboard.glyphs, on: &canvas)
        let top = max(0, min(menu.selection - height + 1, menu.choices.count - height))
        for (index, choice) in menu.choices.dropFirst(top).prefix(height).enumerated() {
            let row = Rect(x: inside.x, y: inside.y + index, width: inside.width, height: 1)
            canvas.put(choice.title, x: row.x, y: row.y, style: Theme.title, maxWidth: titleWidth)
            let room = row.width - titleWidth - 1
            let preview = TerminalText.truncated(choice.preview, to: room, ellipsis: dashboard.glyphs.ellipsis)
            canvas.put(preview, x: row.x + titleWidth + 1, y: row.y, maxWidth: room)
            if top + index == menu.selection { canvas.restyle(row, Theme.selected) }
        }
        let keys = Rect(x: inside.x, y: inside.maxY - 1, width: inside.width, height: 1)
        DialogView.drawKeys(
            PromptKeys.hints([.choose, .plain, .close], in: .copying, dashboard), in: keys, on: &canvas)
    }
}
