import RunModel
import RunServices
import TerminalUI

/// Looking for text in a log.
extension Dashboard {
    /// Looks for the search text from the current match or the top of the view on.
    mutating func searchLog(forward: Bool, fromView: Bool = false) -> [Effect] {
        guard let run = detail.log.run, let file = detail.log.file, !detail.log.search.isEmpty else {
            announce(.hint, "Open a log and type / to search in it.")
            return []
        }
        let viewTop = logPosition.map { detail.log.window.offset(ofLine: $0.line) } ?? 0
        let current = fromView ? nil : detail.log.match
        let start = current.map { forward ? $0 + 1 : $0 } ?? viewTop
        let search = LogSearch(run: run, file: file, text: detail.log.search, start: start, isForward: forward)
        // A long log takes a while: the same question is not asked twice meanwhile.
        guard search != detail.log.searching else { return [] }
        detail.log.searching = search
        return [.searchLog(search)]
    }

    mutating func logSearched(_ search: LogSearch, _ result: Result<Int64?, RunServiceError>) -> [Effect] {
        guard search == detail.log.searching else { return [] }
        detail.log.searching = nil
        guard search.text == detail.log.search else { return [] }
        switch result {
        case .failure(let error):
            announce(.refused, error.message)
        case .success(nil):
            announce(.hint, "“\(search.text)” is not found \(search.isForward ? "below" : "above").")
        case .success(let match?):
            detail.log.match = match
            detail.log.isFollowing = false
            detail.log.settledSize = nil
            let window = detail.log.window
            if match >= window.start, match < window.end, window.lineCount > 0 {
                showMatch(at: match)
            } else {
                detail.log.window = LogWindow()
                detail.log.pendingJump = true
                let chunk = Int64(LogState.chunk)
                let request = LogRequest(
                    run: search.run, file: search.file, offset: max(0, match - chunk / 2), length: LogState.chunk)
                detail.log.request = request
                return [.readLog(request)]
            }
        }
        return []
    }

    /// Puts the match a third of the way down, with its surroundings in view, and within the view's width.
    mutating func showMatch(at offset: Int64) {
        guard detail.log.window.lineCount > 0 else { return }
        let lines = logLines
        let (place, column) = lines.place(of: detail.log.search, at: offset)
        setLogTop(lines.moved(place, by: -(logHeight / 3)))
        guard !lines.isWrapped(place.line) else { return }
        let shown = detail.log.left..<(detail.log.left + max(1, lines.width - detail.log.search.count - 1))
        if !shown.contains(column) { detail.log.left = max(0, column - lines.width / 3) }
    }
}
