import RunModel
import TerminalUI

/// The list of views that have names.
enum ViewMenuView {
    static func draw(_ menu: ViewMenu, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let views = dashboard.views
        let height = max(1, min(views.count, canvas.size.rows - 6))
        let inside = DialogView.frame(
            "Views", width: min(84, canvas.size.columns - 6), height: height + 2, glyphs: dashboard.glyphs,
            on: &canvas)
        let selection = max(0, min(menu.selection, views.count - 1))
        let top = max(0, min(selection - height + 1, views.count - height))
        let nameWidth = min(views.map { TerminalText.width(of: $0.name) }.max() ?? 0, inside.width / 2)
        for (index, view) in views.dropFirst(top).prefix(height).enumerated() {
            let y = inside.y + index
            canvas.put(view.name, x: inside.x, y: y, style: Theme.title, maxWidth: nameWidth)
            let x = inside.x + nameWidth + 2
            canvas.put(
                ViewText.summary(view, dashboard.glyphs), x: x, y: y, style: Theme.quiet, maxWidth: inside.maxX - x)
            if top + index == selection {
                canvas.restyle(Rect(x: inside.x, y: y, width: inside.width, height: 1), Theme.selected)
            }
        }
        if views.isEmpty {
            canvas.put(
                "No views yet: one names filter, order, columns and experiment.", x: inside.x, y: inside.y,
                style: Theme.quiet, maxWidth: inside.width)
        }
        let keys = Rect(x: inside.x, y: inside.maxY - 1, width: inside.width, height: 1)
        if let name = menu.deleting {
            let text = "Delete “\(TerminalText.truncated(name, to: 30))”?   "
            let used = canvas.put(text, x: keys.x, y: keys.y, style: Theme.caution, maxWidth: keys.width)
            DialogView.drawKeys(
                PromptKeys.hints([.confirm, .keep], in: .tagDeletion, dashboard), in: keys.inset(left: used),
                on: &canvas)
        } else {
            let actions: [PromptKeys.Action] = views.isEmpty ? [.add, .close] : [.choose, .add, .delete, .close]
            DialogView.drawKeys(PromptKeys.hints(actions, in: .views, dashboard), in: keys, on: &canvas)
        }
    }
}

/// A view in a few words.
enum ViewText {
    static func summary(_ view: NamedView, _ glyphs: Glyphs) -> String {
        var parts: [String] = []
        if let experiment = view.experiment { parts.append(experiment) }
        if !view.filter.isEmpty { parts.append("/" + view.filter) }
        if let sort = view.sort { parts.append(sort.text) }
        let columns = view.columns.filter { $0 != "auto" }
        if !columns.isEmpty { parts.append(columns.joined(separator: ", ")) }
        return parts.joined(separator: " \(glyphs.separator) ")
    }
}
