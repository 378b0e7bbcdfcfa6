import RunServices
import TerminalUI

/// The logs of the selected run to choose from, with their sizes.
enum LogMenuView {
    static func draw(_ selection: Int, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let files = dashboard.currentDetails?.logs ?? []
        let longest = files.map { TerminalText.width(of: $0.name) }.max() ?? 0
        let width = min(max(40, longest + 14), canvas.size.columns - 6)
        let height = min(files.count, max(1, canvas.size.rows - 6))
        let inside = DialogView.frame("Logs", width: width, height: height + 2, glyphs: dashboard.glyphs, on: &canvas)
        let top = max(0, min(selection - height + 1, files.count - height))
        for (index, file) in files.dropFirst(top).prefix(height).enumerated() {
            let row = Rect(x: inside.x, y: inside.y + index, width: inside.width, height: 1)
            if file.name == dashboard.shownLog?.name {
                canvas.put(dashboard.glyphs.selectionBar, x: row.x, y: row.y, style: Theme.accent)
            }
            let size = canvas.putRight(
                ByteText.brief(file.size), rightEdge: row.maxX, y: row.y, style: Theme.quiet, maxWidth: 10)
            let room = row.width - 4 - size
            let name = PlaceText.ending(of: file.name, width: room, dashboard.glyphs)
            canvas.put(name, x: row.x + 2, y: row.y, maxWidth: room)
            if top + index == selection { canvas.restyle(row, Theme.selected) }
        }
        let keys = Rect(x: inside.x, y: inside.maxY - 1, width: inside.width, height: 1)
        DialogView.drawKeys(PromptKeys.hints([.choose, .close], in: .menu, dashboard), in: keys, on: &canvas)
    }
}
