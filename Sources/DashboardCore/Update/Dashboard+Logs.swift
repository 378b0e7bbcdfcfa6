import RunModel
import RunServices
import TerminalUI

extension Dashboard {
    /// Asks for the piece of the log that the view needs next.
    mutating func demandLog() -> [Effect] {
        guard detail.tab == .logs, layout.detail.height > 0, let details = currentDetails else { return [] }
        guard let file = shownLog else { return [] }
        if detail.log.run != details.run.id || detail.log.file != file.name {
            detail.log = LogState(run: details.run.id, file: file.name, wraps: detail.log.wraps)
            // A log is read for what came last, another file from its beginning.
            if showsArtifact {
                toLogStart()
                detail.log.wantsStart = true
            }
        }
        hearSize(file.size)
        guard !detail.log.isBinary, detail.log.request == nil, detail.log.settledSize != detail.log.size else {
            return []
        }
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
        let half = LogWindow.capacity / 2
        if log.window.lineCount == 0 || (log.isFollowing && log.size > log.window.end + Int64(chunk)) {
            if log.wantsStart { return LogRequest(run: run, file: file, offset: 0, length: chunk) }
            // Far behind the end, or nothing yet: start with the last piece rather than read the whole log.
            return log.size == 0 ? nil : LogRequest(run: run, file: file, offset: -Int64(chunk), length: chunk)
        }
        let lines = logLines
        let topLine = log.isFollowing ? lines.bottom(height: logHeight).line : log.window.line(at: log.top)
        // With half of the window on either side of the view, a piece added at one end never drops the view at the
        // other, nor do two pieces take turns in pushing each other out where lines are very long. What is held counts,
        // not what was read: a progress bar's redraws take no room, and are read on until a line comes.
        let mayGoBack = !log.isFollowing || log.window.end - log.window.start < LogState.followedBehind
        if topLine < logHeight, log.window.start > 0, mayGoBack,
            log.window.cost(beforeLine: topLine) + chunk <= half
        {
            let from = max(0, log.window.start - Int64(log.pieceLimit))
            return LogRequest(run: run, file: file, offset: from, length: Int(log.window.start - from))
        }
        let isNearEnd = topLine + 2 * logHeight >= log.window.lineCount
        guard log.size > log.window.end || log.mayHaveGrown else { return nil }
        let isAtEnd = log.size <= log.window.end
        if log.isFollowing || isAtEnd || (isNearEnd && log.window.cost(fromLine: topLine) + chunk <= half) {
            return LogRequest(run: run, file: file, offset: log.window.end, length: chunk)
        }
        return nil
    }

    /// A file that no page of the run tells the size of is asked itself whether it has grown.
    mutating func noteGrowth(of details: RunDetails) {
        guard showsArtifact, details.run.status.isActive, let file = detail.log.file else { return }
        detail.log.mayHaveGrown = !details.logs.contains { $0.name == file }
        guard detail.log.mayHaveGrown else { return }
        detail.log.settledSize = nil
        if detail.log.window.lineCount == 0 { detail.log.wantsStart = true }
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
        detail.log.mayHaveGrown = false
        if window.lineCount == 0, showsArtifact, chunk.bytes.contains(0) {
            detail.log.isBinary = true
            detail.log.size = chunk.size
            return
        }
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
}
