/// Putting a window before another one.
extension LogWindow {
    /// Adds a window that begins where this one ends.
    mutating func join(_ later: LogWindow) {
        end = later.end
        if isHeadOpen {
            head = later.head.flatMap { later in head.map { $0 + later } }
            isHeadOpen = later.isHeadOpen && head != nil
        }
        guard !later.rows.isEmpty else {
            isFresh = isFresh || later.isFresh
            pending += later.pending
            return
        }
        let cut = completePending(later.head)
        redraw(later.rows.prefix(later.borrowed))
        joinFirst(later, without: cut)
        let isOpen = cursor < rows.count
        let first = isOpen ? lineStart(cursor) : cursor
        let lines = isOpen ? lineEnd(first) : cursor
        let laterFirst = later.borrowed
        // The rest of a very long line keeps its rows: a place in one is the same place afterwards.
        let laterEnd = min(laterFirst + 1, later.rows.count)
        replaceRows(from: lines, by: later.rows[laterEnd...])
        if later.cursor >= laterEnd {
            cursor = lines + later.cursor - laterEnd
            isFresh = later.isFresh
        } else if later.cursor < laterFirst {
            cursor = first
            for _ in later.cursor..<laterFirst where cursor > 0 { cursor = lineStart(cursor - 1) }
            isFresh = later.isFresh
        } else {
            cursor = lines - 1
            isFresh = isFresh || later.isFresh
        }
        pending += later.pending
    }

    /// What the later window draws on the lines above the cursor.
    private mutating func redraw(_ borrowedRows: ArraySlice<LogRow>) {
        var row = cursor
        for drawn in borrowedRows.reversed() {
            if row < rows.count { row = lineStart(row) }
            if row == 0 {
                guard start > 0, borrowed < LogEscape.mostRows else { return }
                rows.insert(LogRow(offset: start, text: []), at: 0)
                held += rows[0].cost
                borrowed += 1
                cursor += 1
                row = 0
            } else {
                row = lineStart(row - 1)
            }
            if !drawn.text.isEmpty {
                held += drawn.text.count - rows[row].text.count
                rows[row].text = drawn.text
            }
        }
    }

    /// Obeys the escape sequence that was cut in two where the windows meet; answers with how many bytes of it the later
    /// one has taken for text.
    private mutating func completePending(_ head: [UInt8]?) -> Int {
        guard !pending.isEmpty, let head else { return 0 }
        let bytes = pending + head
        let escape = bytes.withUnsafeBufferPointer { LogEscape($0, at: 0) }
        guard escape != .text, escape != .unfinished else { return 0 }
        let count = pending.count
        pending = []
        return max(0, obey(escape) - count)
    }

    /// Goes on with the cursor's line as the later window begins.
    ///
    /// - Parameter cut: bytes at its beginning that are no text.
    private mutating func joinFirst(_ later: LogWindow, without cut: Int) {
        guard later.borrowed < later.rows.count else { return }
        var text = Array(later.rows[later.borrowed].text)
        if later.joinsEarlier {
            text.removeFirst(min(cut, text.count))
        } else {
            if text.isEmpty { beginAgain() }
            isFresh = true
        }
        let bytes = pending + text
        let base = pending.isEmpty ? later.rows[later.borrowed].offset : later.start - Int64(pending.count)
        pending = []
        if !bytes.isEmpty { _ = read(bytes, at: base, limit: .max) }
        if cursor == rows.count {
            rows.append(LogRow(offset: max(later.rows[later.borrowed].offset, rows.last?.offset ?? 0), text: []))
            held += rows[cursor].cost
        }
    }

    /// The later rows stand where lines of this window stood, if it ended in the midst of a block that is drawn anew.
    private mutating func replaceRows(from index: Int, by later: ArraySlice<LogRow>) {
        let replaced = min(rows.count - index, later.count)
        for row in rows[index..<(index + replaced)] { held -= row.cost }
        for row in later { held += row.cost }
        rows.replaceSubrange(index..<(index + replaced), with: later)
        // Lines that were drawn before others above them: what is looked up by offset must be in order.
        for row in rows.indices.dropFirst() { rows[row].offset = max(rows[row].offset, rows[row - 1].offset) }
    }
}
