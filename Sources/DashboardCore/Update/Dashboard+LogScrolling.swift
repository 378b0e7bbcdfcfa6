import RunModel
import RunServices
import TerminalUI

/// Where in a log the view is.
extension Dashboard {
    /// How many log lines the pane shows; one where it has no room, so that there is always a line to be at.
    var logHeight: Int { max(1, layout.detailBody.height) }

    /// The log as it is laid out now.
    var logLines: LogLines {
        LogLines(window: detail.log.window, wraps: detail.log.wraps, width: layout.detailBody.width)
    }

    /// The first screen line in view; nil where there is none.
    var logPosition: LogLines.Position? {
        guard detail.log.window.lineCount > 0 else { return nil }
        let lines = logLines
        if detail.log.isFollowing { return lines.bottom(height: logHeight) }
        return lines.position(at: detail.log.top, part: detail.log.topPart, bytes: detail.log.topBytes)
    }

    /// Scrolls by screen lines; scrolling down onto the last one does not follow by itself, `F` and End do.
    mutating func scrollLog(by count: Int) {
        guard let current = logPosition else { return }
        let lines = logLines
        let next = min(lines.moved(current, by: count), max(current, lines.bottom(height: logHeight)))
        // With no line above yet, scrolling up still asks for what is before.
        let asksForMore = count < 0 && detail.log.window.start > 0
        if detail.log.isFollowing && next >= current && !asksForMore { return }
        detail.log.isFollowing = false
        setLogTop(next)
        detail.log.settledSize = nil
        detail.log.pendingJump = false
    }

    mutating func setLogTop(_ position: LogLines.Position) {
        detail.log.top = detail.log.window.offset(ofLine: position.line)
        detail.log.topPart = position.part
        detail.log.topBytes = logLines.bytes(before: position)
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
        detail.log.topPart = 0
        detail.log.topBytes = 0
    }
}
