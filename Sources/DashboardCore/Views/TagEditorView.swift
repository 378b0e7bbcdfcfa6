import RunModel
import RunServices
import TerminalUI

/// The tag editor: the tags, a line being typed with its completions, and the keys.
enum TagEditorView {
    static func draw(_ editor: TagEditor, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let rows = dashboard.tagRows(of: editor)
        let width = min(64, canvas.size.columns - 6)
        let listHeight = min(max(1, rows.count), max(3, canvas.size.rows - 10))
        let inside = DialogView.frame(
            title(editor, dashboard), width: width, height: listHeight + 4, glyphs: dashboard.glyphs, on: &canvas)
        let list = Rect(x: inside.x, y: inside.y, width: inside.width, height: listHeight)
        drawRows(rows, editor, dashboard, in: list, on: &canvas)
        let line = Rect(x: inside.x, y: list.maxY + 1, width: inside.width, height: 1)
        drawLine(editor, dashboard, in: line, on: &canvas)
        let below = Rect(x: inside.x, y: list.maxY + 2, width: inside.width, height: 1)
        if let problem = editor.problem {
            canvas.put(problem, x: below.x, y: below.y, style: Theme.bad, maxWidth: below.width)
        } else if !editor.suggestions.isEmpty {
            let key = PromptKeys.hint(.complete, in: .line, dashboard).0
            let text = "\(key): " + editor.suggestions.prefix(5).joined(separator: "  ")
            canvas.put(text, x: below.x, y: below.y, style: Theme.quiet, maxWidth: below.width)
        } else if case .none = editor.line, let notice = dashboard.notice {
            let style = notice.kind == .refused ? Theme.bad : Theme.good
            canvas.put(notice.text, x: below.x, y: below.y, style: style, maxWidth: below.width)
        }
        let keys = Rect(x: inside.x, y: inside.maxY - 1, width: inside.width, height: 1)
        DialogView.drawKeys(keyHints(editor, hasRows: !rows.isEmpty, dashboard), in: keys, on: &canvas)
    }

    private static func title(_ editor: TagEditor, _ dashboard: Dashboard) -> String {
        if editor.targets.count == 1 {
            return "Tags of “\(dashboard.list.table[editor.targets[0]]?.name ?? editor.targets[0].text)”"
        }
        return "Tags of \(editor.targets.count) runs"
    }

    private static func drawRows(
        _ rows: [TagEditor.Row], _ editor: TagEditor, _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas
    ) {
        guard !rows.isEmpty else {
            let key = PromptKeys.hint(.add, in: .tagList, dashboard).0
            canvas.put("No tags yet; \(key) adds one.", x: rect.x, y: rect.y, style: Theme.quiet, maxWidth: rect.width)
            return
        }
        let selection = min(editor.selection, rows.count - 1)
        let top = max(0, min(selection - rect.height + 1, rows.count - rect.height))
        let keyWidth = min(rows.map { TerminalText.width(of: $0.key) }.max() ?? 0, rect.width / 2)
        for (index, row) in rows.dropFirst(top).prefix(rect.height).enumerated() {
            let y = rect.y + index
            canvas.put(row.key, x: rect.x, y: y, style: Theme.title, maxWidth: keyWidth)
            var value = row.isMixed ? "(different values)" : row.value ?? ""
            if row.count < editor.targets.count { value += "  (\(row.count) of \(editor.targets.count) runs)" }
            canvas.put(
                value, x: rect.x + keyWidth + 2, y: y, style: row.isMixed ? Theme.quiet : .plain,
                maxWidth: rect.width - keyWidth - 2)
            if top + index == selection {
                canvas.restyle(Rect(x: rect.x, y: y, width: rect.width, height: 1), Theme.selected)
            }
        }
    }

    private static func drawLine(
        _ editor: TagEditor, _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas
    ) {
        let label: String
        let input: LineInput
        switch editor.line {
        case .none: return
        case .adding(let line):
            label = "add: "
            input = line
        case .changing(let key, let line):
            label = "\(TerminalText.truncated(key, to: 20)) = "
            input = line
        case .deleting(let key):
            let yes = PromptKeys.hint(.confirm, in: .tagDeletion, dashboard).0
            canvas.put(
                "Delete the tag “\(key)”? \(yes) deletes it, any other key keeps it.", x: rect.x, y: rect.y,
                style: Theme.bad, maxWidth: rect.width)
            return
        }
        let used = canvas.put(label, x: rect.x, y: rect.y, style: Theme.title, maxWidth: rect.width / 2)
        input.draw(into: &canvas, x: rect.x + used, y: rect.y, width: rect.width - used)
    }

    private static func keyHints(
        _ editor: TagEditor, hasRows: Bool, _ dashboard: Dashboard
    ) -> [(String, String)] {
        let typing =
            [PromptKeys.hint(.accept, in: .line, dashboard, label: "save")]
            + PromptKeys.hints([.complete, .cancel], in: .line, dashboard)
        switch editor.line {
        case .none:
            return PromptKeys.hints(
                hasRows ? [.add, .change, .delete, .close] : [.add, .close], in: .tagList, dashboard)
        case .adding:
            let takesKeyOnly = dashboard.capabilities.keyOnlyTags == .available
            return typing + [("", takesKeyOnly ? "key, or key=value" : "key=value")]
        case .changing: return typing
        case .deleting: return PromptKeys.hints([.confirm, .keep], in: .tagDeletion, dashboard)
        }
    }
}
