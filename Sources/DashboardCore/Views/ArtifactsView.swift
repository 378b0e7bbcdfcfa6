import RunModel
import RunServices
import TerminalUI

/// A folder of artifacts: folders and files with their sizes.
enum ArtifactsView {
    static func draw(_ browser: ArtifactBrowser, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let width = min(90, canvas.size.columns - 6)
        let height = height(of: browser, dashboard)
        let notes = note(browser).map { TerminalText.wrapped($0, width: width) } ?? []
        let lines = notes.prefix(max(0, canvas.size.rows - 4 - height))
        let inside = DialogView.frame(
            title(browser, dashboard, width: width), width: width, height: height + lines.count + 2,
            glyphs: dashboard.glyphs, on: &canvas)
        let list = Rect(x: inside.x, y: inside.y, width: inside.width, height: height)
        drawEntries(browser, dashboard, in: list, on: &canvas)
        let style = browser.error == nil ? Theme.quiet : Theme.bad
        for (index, line) in lines.enumerated() {
            canvas.put(line, x: inside.x, y: list.maxY + index, style: style, maxWidth: inside.width)
        }
        let keys = Rect(x: inside.x, y: inside.maxY - 1, width: inside.width, height: 1)
        // At the top, to leave is to close.
        let actions: [PromptKeys.Action] =
            [browser.error == nil ? .choose : .retry] + (browser.folder.isEmpty ? [] : [.leave]) + [.close]
        DialogView.drawKeys(PromptKeys.hints(actions, in: .artifacts, dashboard), in: keys, on: &canvas)
        if !browser.entries.isEmpty {
            let place = "\(browser.selection + 1) of \(browser.entries.count)\(browser.hasMore ? "+" : "")"
            canvas.putRight(place, rightEdge: keys.maxX, y: keys.y, style: Theme.quiet, maxWidth: 20)
        }
    }

    /// Rows of the list: the same while its entries come and go, so that the box does not jump about.
    static func height(of browser: ArtifactBrowser, _ dashboard: Dashboard) -> Int {
        max(1, min(max(8, browser.entries.count), dashboard.size.rows - 8))
    }

    private static func title(_ browser: ArtifactBrowser, _ dashboard: Dashboard, width: Int) -> String {
        let name = TerminalText.truncated(
            dashboard.list.table[browser.run]?.name ?? browser.run.text, to: max(8, width / 3),
            ellipsis: dashboard.glyphs.ellipsis)
        let head = "Artifacts of “\(name)”"
        guard !browser.folder.isEmpty else { return head }
        let room = max(8, width - TerminalText.width(of: head) - 6)
        return head + ": " + PlaceText.ending(of: browser.folder + "/", width: room, dashboard.glyphs)
    }

    /// What is to be said of the folder as a whole.
    private static func note(_ browser: ArtifactBrowser) -> String? {
        if let error = browser.error { return error.message }
        guard browser.isCut else { return nil }
        return "Only the first \(ArtifactBrowser.limit) are listed; “:artifacts PATH” opens any of the others."
    }

    private static func drawEntries(
        _ browser: ArtifactBrowser, _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas
    ) {
        guard !browser.entries.isEmpty else {
            let text =
                browser.error != nil
                ? ""
                : !browser.isRead
                    ? "reading…"
                    : browser.folder.isEmpty ? "This run has no artifacts." : "This folder is empty, or there is none."
            canvas.put(text, x: rect.x, y: rect.y, style: Theme.quiet, maxWidth: rect.width)
            return
        }
        let selection = min(browser.selection, browser.entries.count - 1)
        let top = max(0, min(selection - rect.height / 2, browser.entries.count - rect.height))
        for (index, entry) in browser.entries.dropFirst(top).prefix(rect.height).enumerated() {
            let row = Rect(x: rect.x, y: rect.y + index, width: rect.width, height: 1)
            let note = entry.isFolder ? "folder" : entry.size.map(ByteText.brief) ?? dashboard.glyphs.missing
            let used = canvas.putRight(note, rightEdge: row.maxX, y: row.y, style: Theme.quiet, maxWidth: 10)
            let isShown = !entry.isFolder && dashboard.showsArtifact && entry.path == dashboard.detail.log.file
            if isShown { canvas.put(dashboard.glyphs.selectionBar, x: row.x, y: row.y, style: Theme.accent) }
            let name = entry.isFolder ? entry.name + "/" : String(entry.name)
            canvas.put(
                PlaceText.ending(of: name, width: row.width - used - 4, dashboard.glyphs), x: row.x + 2, y: row.y,
                style: entry.isFolder ? Theme.title : .plain, maxWidth: row.width - used - 4)
            if top + index == selection { canvas.restyle(row, Theme.selected) }
        }
    }
}
