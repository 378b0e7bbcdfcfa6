import RunModel
import RunServices
import TerminalUI

extension Dashboard {
    /// How many log lines the pane shows; one where it has no room, so that there is always a line to be at.
    var logHeight: Int { max(1, layout.detailBody.height) }

    /// Asks for the piece of the log that the view needs next.
    mutating func demandLog() -> [Effect] {
        guard detail.tab == .logs, layout.detail.height > 0, let details = currentDetails else { return [] }
        guard let file = details.mainLog else { return [] }
        if detail.log.run != details.run.id || detail.log.file != file.name {
            detail.log = LogState(run: details.run.id, file: file.name, wraps: detail.log.wraps)
        }
        hearSize(file.size)
        guard detail.log.request == nil, detail.log.settledSize != detail.log.size else { return [] }
        guard let request = nextLogRequest(run: details.run.id, file: file.name) else { return [] }
        detail.log.request = request
        return [.readLog(request)]
    }

    /// Takes over the size that the run's page tells, once for each time that it tells another.
    ///
    /// The page and the log are read at different moments: believing an older page again and again would have the log
    /// read for ever beyond its end.
    private mutating func hearSize(_ size: Int64) {
        guard size != detail.log.reportedSize else { return }
        let isCut = size < detail.log.reportedSize ?? 0
        detail.log.reportedSize = size
        if isCut {
            detail.log.window = LogWindow()
            detail.log.size = size
            detail.log.settledSize = nil
        } else {
            detail.log.size = max(detail.log.size, size)
        }
    }

    private func nextLogRequest(run: RunID, file: String) -> LogRequest? {
        let log = detail.log
        let chunk = LogState.chunk
        let half = Int64(LogWindow.capacity / 2)
        if log.window.lineCount == 0 || (log.isFollowing && log.size > log.window.end + Int64(chunk)) {
            if log.wantsStart { return LogRequest(run: run, file: file, offset: 0, length: chunk) }
            // Far behind the end, or nothing yet: start with the last piece rather than read the whole log.
            return log.size == 0 ? nil : LogRequest(run: run, file: file, offset: -Int64(chunk), length: chunk)
        }
        let topLine = log.isFollowing ? log.window.lineCount - logHeight : log.window.line(at: log.top)
        // With half of the window on either side of the view, a piece added at one end never drops the view at the
        // other, nor do two pieces take turns in pushing each other out where lines are very long.
        let top = log.isFollowing ? log.window.end : min(max(log.top, log.window.start), log.window.end)
        if topLine < logHeight, log.window.start > 0, top - log.window.start + Int64(chunk) <= half {
            let from = max(0, log.window.start - Int64(log.pieceLimit))
            return LogRequest(run: run, file: file, offset: from, length: Int(log.window.start - from))
        }
        let nearEnd = topLine + 2 * logHeight >= log.window.lineCount && log.window.end - top + Int64(chunk) <= half
        if nearEnd || log.isFollowing, log.size > log.window.end {
            return LogRequest(run: run, file: file, offset: log.window.end, length: chunk)
        }
        return nil
    }

    mutating func logArrived(_ request: LogRequest, _ result: Result<LogChunk, RunServiceError>) -> [Effect] {
        guard detail.log.request == request else { return [] }
        detail.log.request = nil
        switch result {
        case .failure(let error):
            detail.log.error = error
            detail.log.settledSize = detail.log.size
        case .success(let chunk):
            detail.log.error = nil
            take(chunk, of: request)
        }
        return []
    }

    private mutating func take(_ chunk: LogChunk, of request: LogRequest) {
        let window = detail.log.window
        let chunkEnd = chunk.offset + Int64(chunk.bytes.count)
        let size = chunk.bytes.isEmpty ? chunk.size : max(chunk.size, chunkEnd)
        detail.log.size = size
        detail.log.settledSize = nil
        detail.log.wantsStart = false
        if size < window.end {
            // The file was cut or replaced under us: begin again with what it is now.
            detail.log.window = LogWindow()
        } else if chunk.bytes.isEmpty {
            detail.log.settledSize = size
        } else if window.lineCount > 0, request.offset >= 0, request.offset < window.start, chunkEnd < window.start {
            // Less than was asked for, which leaves a gap: ask for pieces as large as this service gives.
            detail.log.pieceLimit = chunk.bytes.count
        } else if window.lineCount > 0, chunk.offset == window.end {
            detail.log.window.append(chunk.bytes)
        } else if window.lineCount > 0, chunkEnd == window.start {
            detail.log.window.prepend(chunk.bytes)
        } else {
            detail.log.window = LogWindow(start: chunk.offset, bytes: chunk.bytes)
        }
        if !detail.log.isFollowing, let match = detail.log.match, detail.log.pendingJump {
            detail.log.pendingJump = false
            showMatch(at: match)
        }
    }

    /// Scrolls by lines; scrolling down onto the last line does not follow by itself, `F` and End do.
    mutating func scrollLog(by lines: Int) {
        let count = detail.log.window.lineCount
        guard count > 0 else { return }
        let current = detail.log.isFollowing ? max(0, count - logHeight) : detail.log.window.line(at: detail.log.top)
        // Wrapped lines take more than one row each, so that only the last line itself is surely the end.
        let last = detail.log.wraps ? count - 1 : max(0, count - logHeight)
        let line = min(max(0, current + lines), last)
        if detail.log.isFollowing && line >= current { return }
        detail.log.isFollowing = false
        detail.log.top = detail.log.window.offset(ofLine: line)
        detail.log.settledSize = nil
        detail.log.pendingJump = false
    }

    mutating func followLog() {
        detail.log.isFollowing = true
        detail.log.settledSize = nil
        detail.log.pendingJump = false
    }

    mutating func toLogStart() {
        detail.log.isFollowing = false
        detail.log.settledSize = nil
        detail.log.pendingJump = false
        if detail.log.window.start > 0 {
            detail.log.request = nil
            detail.log.window = LogWindow()
            detail.log.wantsStart = true
        }
        detail.log.top = 0
    }

    // Searching

    /// Looks for the search text from the current match or the top of the view on.
    mutating func searchLog(forward: Bool, fromView: Bool = false) -> [Effect] {
        guard let run = detail.log.run, let file = detail.log.file, !detail.log.search.isEmpty else {
            announce(.hint, "Open a log and type / to search in it.")
            return []
        }
        let topLine =
            detail.log.isFollowing
            ? max(0, detail.log.window.lineCount - logHeight) : detail.log.window.line(at: detail.log.top)
        let viewTop = detail.log.window.lineCount > 0 ? detail.log.window.offset(ofLine: topLine) : 0
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

    /// Puts the match a third of the way down, with its surroundings in view.
    private mutating func showMatch(at offset: Int64) {
        guard detail.log.window.lineCount > 0 else { return }
        let line = max(0, detail.log.window.line(at: offset) - logHeight / 3)
        detail.log.top = detail.log.window.offset(ofLine: line)
    }
}
