package import RunModel
package import RunServices
import TerminalUI

/// The log on screen: a window into it, where the view is anchored, and what is being looked for.
package struct LogState: Sendable {
    package internal(set) var run: RunID?
    package internal(set) var file: String?
    package internal(set) var window = LogWindow()
    /// The log's size when last heard of, in bytes.
    package internal(set) var size: Int64 = 0
    package internal(set) var isFollowing = true
    /// The byte where the top line begins, while not following: new output never moves the view.
    package internal(set) var top: Int64 = 0
    /// Cells scrolled to the right.
    package internal(set) var left = 0
    package internal(set) var wraps = false
    package internal(set) var error: RunServiceError?
    /// Looked for and highlighted; empty when nothing is.
    package internal(set) var search = ""
    /// Where the current match begins, in bytes.
    package internal(set) var match: Int64?
    var request: LogRequest?
    /// The match is in a piece that is being read; the view goes there when it comes.
    var pendingJump = false
    /// The beginning of the log was asked for.
    var wantsStart = false
    /// The error or the end was reached at this size; nothing is asked again until it grows.
    var settledSize: Int64?
    /// The size that the run's page last told, which may be older or newer than what the log itself answered.
    var reportedSize: Int64?
    /// The search whose answer is awaited; answers to others are dropped.
    package internal(set) var searching: LogSearch?
    /// What a service gives in one read, when that is less than asked for, in bytes.
    var pieceLimit = LogState.chunk

    /// One read, in bytes: a few hundred lines.
    static let chunk = 128 << 10

    package init() {}

    init(run: RunID, file: String, wraps: Bool) {
        self.run = run
        self.file = file
        self.wraps = wraps
    }
}
