import RunModel
import RunServices
import TerminalUI

/// The queues, one below the other: who has a share, who waits in which order, and for what.
enum QueuesView {
    static func draw(_ board: QueueBoard, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let area = area(dashboard)
        canvas.fill(area, style: .plain)
        PaneTitle.draw(
            "Queues of this machine", facts: facts(board, dashboard.glyphs), isFocused: true,
            in: Rect(x: 0, y: area.y, width: area.width, height: 1), glyphs: dashboard.glyphs, on: &canvas)
        let rows = rows(dashboard)
        guard rows.height > 0 else { return }
        let lines = board.lines
        if let text = sentence(board) {
            let style = board.problem == nil ? Theme.quiet : Theme.bad
            for (index, line) in TerminalText.wrapped(text, width: max(1, area.width - 4)).prefix(rows.height)
                .enumerated()
            {
                canvas.put(line, x: 2, y: area.y + 1 + index, style: style)
            }
            if lines.isEmpty { return }
        }
        let columns = Columns(width: area.width)
        if board.problem == nil { drawHeads(columns, y: area.y + 1, on: &canvas) }
        let selection = board.entry.flatMap { entry in lines.firstIndex(of: .entry(entry)) } ?? 0
        let top = top(selection, lines: lines.count, height: rows.height)
        for (index, line) in lines.dropFirst(top).prefix(rows.height).enumerated() {
            let y = rows.y + index
            switch line {
            case .heading(let queue): drawHeading(queue, dashboard, columns, y: y, on: &canvas)
            case .nothing: canvas.put("nothing runs or waits", x: columns.status, y: y, style: Theme.quiet)
            case .entry(let entry):
                draw(entry, dashboard, columns, y: y, on: &canvas)
                if top + index == selection {
                    canvas.restyle(Rect(x: 0, y: y, width: area.width, height: 1), Theme.selected)
                }
            }
        }
        let right = area.maxX - 1
        if top > 0 { canvas.put(dashboard.glyphs.arrowUp, x: right, y: rows.y, style: Theme.accent) }
        if top + rows.height < lines.count {
            canvas.put(dashboard.glyphs.arrowDown, x: right, y: rows.maxY - 1, style: Theme.accent)
        }
    }

    /// Where the lines of the list are.
    static func rows(_ dashboard: Dashboard) -> Rect {
        let area = area(dashboard)
        return Rect(x: area.x, y: area.y + 2, width: area.width, height: max(0, area.height - 2))
    }

    private static func area(_ dashboard: Dashboard) -> Rect {
        let layout = dashboard.layout
        return Rect(
            x: 0, y: layout.header.maxY, width: dashboard.size.columns,
            height: max(0, layout.footer.y - layout.header.maxY))
    }

    /// The highlighted line in the middle, where there is more than fits.
    private static func top(_ selection: Int, lines: Int, height: Int) -> Int {
        max(0, min(selection - height / 2, lines - height))
    }

    private static func sentence(_ board: QueueBoard) -> String? {
        if let problem = board.problem { return problem }
        guard let queues = board.queues else { return "Reading…" }
        return queues.isEmpty
            ? "There is none yet. `runwatch exec --queue NAME -- COMMAND` waits in one until it has room." : nil
    }

    private static func facts(_ board: QueueBoard, _ glyphs: Glyphs) -> String {
        guard let queues = board.queues, !queues.isEmpty else { return "" }
        let running = queues.reduce(0) { $0 + $1.holders.count }
        let waiting = queues.reduce(0) { $0 + $1.waiting.count }
        return "\(running) running \(glyphs.separator) \(waiting) waiting"
    }

    /// Where each column begins; the name and what is said of it share what the others leave.
    private struct Columns {
        let position = 1
        let status = 6
        let name = 21
        let takes: Int
        let since: Int
        let note: Int
        let end: Int

        init(width: Int) {
            end = width - 1
            takes = name + max(10, min(36, (width - 44) / 2)) + 2
            since = takes + 12
            note = since + 9
        }
    }

    private static func drawHeads(_ columns: Columns, y: Int, on canvas: inout Canvas) {
        for (text, x) in [
            ("#", columns.position + 2), ("STATUS", columns.status + 2), ("RUN", columns.name),
            ("TAKES", columns.takes),
            ("SINCE", columns.since),
        ] { canvas.put(text, x: x, y: y, style: Theme.label, maxWidth: max(0, columns.end - x)) }
    }

    private static func drawHeading(
        _ queue: RunQueue, _ dashboard: Dashboard, _ columns: Columns, y: Int, on canvas: inout Canvas
    ) {
        let x = 2 + canvas.put(queue.name, x: 2, y: y, style: Theme.title.underlined(), maxWidth: columns.end / 2)
        var parts: [String] = []
        // Slots mean nothing where all take GPUs.
        let hasSlots = queue.entries.isEmpty || queue.entries.contains { $0.demand.slots > 0 }
        if hasSlots { parts.append("\(queue.slotsTaken) of \(Counted.text(queue.slots, "slot")) taken") }
        if queue.slots == 0 { parts = ["no slots: nothing starts"] }
        if queue.gpusTaken > 0 { parts.append("\(Counted.text(queue.gpusTaken, "GPU")) taken") }
        if !queue.waiting.isEmpty { parts.append("\(queue.waiting.count) waiting") }
        canvas.put(
            parts.joined(separator: " \(dashboard.glyphs.separator) "), x: x + 2, y: y, style: Theme.quiet,
            maxWidth: max(0, columns.end - x - 2))
    }

    private static func draw(
        _ entry: QueueEntry, _ dashboard: Dashboard, _ columns: Columns, y: Int, on canvas: inout Canvas
    ) {
        let glyphs = dashboard.glyphs
        if let position = entry.position {
            canvas.putRight("\(position)", rightEdge: columns.position + 3, y: y, maxWidth: 4)
        }
        let (status, word) = status(of: entry, dashboard)
        canvas.put(status.glyph(glyphs), x: columns.status, y: y, style: Theme.shape(of: status))
        canvas.put(word, x: columns.status + 2, y: y, style: dashboard.colors.word(of: status), maxWidth: 12)
        let name = columns.takes - 2 - columns.name
        canvas.put(
            TerminalText.truncated(entry.runName, to: name, ellipsis: glyphs.ellipsis), x: columns.name, y: y,
            maxWidth: name)
        canvas.put(takes(entry), x: columns.takes, y: y, maxWidth: 11)
        let since = dashboard.now.wall.milliseconds(since: entry.grantedAt ?? entry.joinedAt)
        canvas.put(TimeText.duration(since), x: columns.since, y: y, style: Theme.quiet, maxWidth: 8)
        let room = max(0, columns.end - columns.note)
        canvas.put(
            TerminalText.truncated(note(entry, dashboard), to: room, ellipsis: glyphs.ellipsis), x: columns.note, y: y,
            style: Theme.quiet, maxWidth: room)
    }

    /// `GPUs 0,1` once it has them, `2 GPUs` before.
    private static func takes(_ entry: QueueEntry) -> String {
        if entry.gpus.isEmpty { return entry.demand.text }
        return "\(entry.gpus.count == 1 ? "GPU" : "GPUs") \(entry.gpus.map(String.init).joined(separator: ","))"
    }

    private static func status(of entry: QueueEntry, _ dashboard: Dashboard) -> (RunStatus, String) {
        switch entry.condition {
        case .stopped: return (.paused, "Stopped")
        case .orphaned: return (.notResponding, "Unsupervised")
        case .leftBehind: return (.notResponding, "Left behind")
        case .gone: return (.failed, "Gone")
        case .supervised:
            let known = dashboard.list.table[entry.run]?.status
            let isEnding = dashboard.inFlight[entry.run] != nil || known == .cancelRequested
            let status: RunStatus = isEnding ? .cancelRequested : entry.grantedAt == nil ? .queued : .running
            return (status, status.label)
        }
    }

    private static func note(_ entry: QueueEntry, _ dashboard: Dashboard) -> String {
        var parts: [String] = []
        switch entry.condition {
        case .supervised: if let reason = entry.reason { parts.append(reason) }
        case .stopped: parts.append("passed over (ctrl-z)")
        case .orphaned: parts.append("its command goes on")
        case .leftBehind: parts.append("c frees it; its background goes on")
        case .gone: parts.append("its supervisor died")
        }
        let isHere = entry.isOfService || dashboard.list.table[entry.run] != nil
        if !isHere { parts.append("in \(PlaceText.fitted(entry.service, to: 40, dashboard.glyphs))") }
        if parts.isEmpty || parts.count == 1 && entry.condition == .supervised { parts.append(entry.experimentName) }
        return parts.filter { !$0.isEmpty }.joined(separator: " \(dashboard.glyphs.separator) ")
    }
}
