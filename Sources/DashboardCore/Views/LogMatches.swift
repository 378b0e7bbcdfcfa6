import TerminalUI

/// The search text in the log lines on screen, found across the places where long lines are broken.
enum LogMatches {
    /// Highlights every occurrence, the one that was gone to most of all.
    static func light(
        _ lines: [LogsView.Line], _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas
    ) {
        let search = dashboard.detail.log.search
        guard !search.isEmpty else { return }
        let current = dashboard.detail.log.match.map { dashboard.logLines.place(of: search, at: $0) }
        var start = 0
        while start < lines.count {
            var end = start + 1
            while end < lines.count, lines[end].piece.joint != nil { end += 1 }
            for match in matches(of: search, in: lines[start..<end]) {
                let first = lines[match[0].index]
                let isCurrent = current.map { place in
                    place.position.line == first.piece.line && place.column == first.column + match[0].range.lowerBound
                }
                for part in match {
                    let text = lines[part.index].text
                    let x = TerminalText.width(of: text.prefix(part.range.lowerBound))
                    let width = TerminalText.width(of: text.dropFirst(part.range.lowerBound).prefix(part.range.count))
                    let place = Rect(
                        x: rect.x + x, y: rect.y + part.index, width: max(0, min(width, rect.width - x)), height: 1)
                    canvas.restyle(place) {
                        isCurrent == true ? $0.reversed().bold() : $0.foreground(.magenta).underlined()
                    }
                }
            }
            start = end
        }
    }

    /// Characters of one screen line.
    private typealias Part = (index: Int, range: Range<Int>)

    /// The occurrences in screen lines that make up one line, each as the characters that it has of them.
    private static func matches(of search: String, in lines: ArraySlice<LogsView.Line>) -> [[Part]] {
        var whole = ""
        var starts: [Int] = []
        var count = 0
        for (index, line) in zip(lines.indices, lines) {
            let joint = index == lines.startIndex ? "" : line.piece.joint ?? ""
            whole += joint + line.text
            starts.append(count + joint.count)
            count += joint.count + line.text.count
        }
        let folded = CaseFold.of(whole, for: search)
        return folded.ranges(of: search).compactMap { range in
            let from = folded.distance(from: folded.startIndex, to: range.lowerBound)
            let to = from + search.count
            let parts = zip(lines.indices, zip(lines, starts)).compactMap { index, line -> Part? in
                let (text, start) = (line.0.text, line.1)
                let (lower, upper) = (max(0, from - start), min(text.count, to - start))
                return lower < upper ? (index, lower..<upper) : nil
            }
            return parts.isEmpty ? nil : parts
        }
    }
}
