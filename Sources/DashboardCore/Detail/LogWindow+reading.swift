/// Reading bytes as a terminal would: what is drawn again replaces what was there.
extension LogWindow {
    /// Adds bytes behind the window's end, up to the line with which they would cost more than `mostCost`.
    mutating func append(_ more: [UInt8], mostCost: Int) {
        guard !more.isEmpty else { return }
        if isHeadOpen { extendHead(by: more) }
        let bytes = pending.isEmpty ? more : pending + more
        let base = end - Int64(pending.count)
        pending = []
        let limit = mostCost == .max ? .max : held + mostCost
        end = base + Int64(read(bytes, at: base, limit: limit)) + Int64(pending.count)
    }

    /// Longer heads are those of very long lines, whose text says enough.
    private static let longestHead = 2 * longestRow

    private mutating func extendHead(by more: [UInt8]) {
        let stop = more.firstIndex { $0 == 0x0A || $0 == 0x0D }
        head? += more[..<(stop ?? more.count)]
        isHeadOpen = stop == nil
        if let length = head?.count, length > Self.longestHead {
            head = nil
            isHeadOpen = false
        }
    }

    /// Reads bytes that lie at `base` in the log; answers with how many were taken, without those that are pending.
    mutating func read(_ bytes: [UInt8], at base: Int64, limit: Int) -> Int {
        bytes.withUnsafeBufferPointer { buffer in
            let isPlain = Self.first(0x0D, in: buffer, from: 0) == nil && Self.first(0x1B, in: buffer, from: 0) == nil
            var index = 0
            while index < buffer.count {
                let special = isPlain ? Self.first(0x0A, in: buffer, from: index) : Self.special(buffer, from: index)
                let stop = special ?? buffer.count
                if stop > index {
                    // A part shares the memory of the whole piece, of which redraws would leave little else in use.
                    let text = isPlain ? bytes[index..<stop] : ArraySlice(Array(bytes[index..<stop]))
                    put(text, at: base + Int64(index))
                }
                guard let special else { return buffer.count }
                switch buffer[special] {
                case 0x0A:
                    endLine(at: base + Int64(special))
                    index = special + 1
                    if held > limit { return index }
                case 0x0D:
                    isFresh = true
                    index = special + 1
                default:
                    let escape = LogEscape(buffer, at: special)
                    if escape == .unfinished {
                        pending = Array(bytes[special...])
                        return special
                    }
                    if escape == .text { put([buffer[special]], at: base + Int64(special)) }
                    index = special + obey(escape)
                }
            }
            return buffer.count
        }
    }

    private static func special(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int) -> Int? {
        var index = position
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x0A || byte == 0x0D || byte == 0x1B { return index }
            index += 1
        }
        return nil
    }

    /// Writes text where the cursor is.
    mutating func put(_ text: ArraySlice<UInt8>, at offset: Int64) {
        if isFresh { beginAgain() }
        var rest = text
        var offset = offset
        if cursor == rows.count {
            rows.append(LogRow(offset: max(offset, rows.last?.offset ?? offset), text: []))
            held += rows[cursor].cost
        }
        // Drawn anew in the midst of others, a line stays one row.
        let isDivided = lineEnd(cursor) == rows.count
        while !rest.isEmpty {
            let count = Self.taken(rest, room: Self.longestRow - rows[cursor].text.count)
            if count > 0 {
                let part = rest.prefix(count)
                if rows[cursor].text.isEmpty { rows[cursor].text = part } else { rows[cursor].text += part }
                held += count
                rest = rest.dropFirst(count)
                offset += Int64(count)
            }
            guard !rest.isEmpty, isDivided else { return }
            rows.append(LogRow(offset: offset, text: [], isRest: true))
            cursor = rows.count - 1
            held += rows[cursor].cost
        }
    }

    /// How many bytes fit, a character that begins before the end of the room being kept whole.
    private static func taken(_ text: ArraySlice<UInt8>, room: Int) -> Int {
        guard text.count > room else { return text.count }
        var count = max(0, room)
        while count < text.count, text[text.startIndex + count] & 0xC0 == 0x80 { count += 1 }
        return count
    }

    /// Takes the text of the cursor's line away, for it is drawn again.
    mutating func beginAgain() {
        isFresh = false
        if (cursor < rows.count ? lineStart(cursor) : cursor) == borrowed { joinsEarlier = false }
        guard cursor < rows.count else { return }
        cursor = lineStart(cursor)
        held -= rows[cursor].text.count
        rows[cursor].text = []
        let next = lineEnd(cursor)
        for row in rows[(cursor + 1)..<next] { held -= row.cost }
        rows.removeSubrange((cursor + 1)..<next)
    }

    private mutating func endLine(at offset: Int64) {
        if cursor == rows.count {
            rows.append(LogRow(offset: max(offset, rows.last?.offset ?? offset), text: []))
            held += rows[cursor].cost
        }
        cursor = lineEnd(cursor)
        // A line that is there already is drawn anew.
        isFresh = cursor < rows.count
    }

    /// Does what a sequence says; answers with its length, or that of what was shown of it.
    mutating func obey(_ escape: LogEscape) -> Int {
        switch escape {
        case .ornament(let length): return length
        case .home(let length):
            isFresh = true
            return length
        case .eraseRest(let length):
            if isFresh {
                beginAgain()
                isFresh = true
            }
            return length
        case .eraseLine(let length):
            beginAgain()
            isFresh = true
            return length
        case .eraseBelow(let length):
            if isFresh {
                beginAgain()
                isFresh = true
            }
            if cursor < rows.count { removeRows(from: lineEnd(cursor)) }
            return length
        case .up(let count, let length):
            for _ in 0..<count { moveUp() }
            isFresh = true
            return length
        case .down(let count, let length):
            for _ in 0..<count where cursor < rows.count { cursor = lineEnd(cursor) }
            isFresh = cursor < rows.count
            return length
        case .text, .unfinished: return 1
        }
    }

    private mutating func removeRows(from index: Int) {
        for row in rows[index...] { held -= row.cost }
        rows.removeSubrange(index...)
    }

    /// To the line above; before the window's beginning to one that stands for what is not here.
    private mutating func moveUp() {
        if cursor < rows.count { cursor = lineStart(cursor) }
        if cursor > 0 {
            cursor = lineStart(cursor - 1)
        } else if start > 0, borrowed < LogEscape.mostRows {
            let row = LogRow(offset: start, text: [])
            rows.insert(row, at: 0)
            held += row.cost
            borrowed += 1
        }
    }

    /// The first row of a row's line.
    func lineStart(_ row: Int) -> Int {
        var row = row
        while row > 0, rows[row].isRest { row -= 1 }
        return row
    }

    /// The row behind the last one of a row's line.
    func lineEnd(_ row: Int) -> Int {
        var row = row + 1
        while row < rows.count, rows[row].isRest { row += 1 }
        return row
    }
}
