package import RunModel
package import RunServices
import TerminalUI

/// The log on screen: a window into it, where the view is anchored, and what is being looked for.
package struct LogState: Sendable {
    /// The run whose log it is; nil before one was shown.
    package internal(set) var run: RunID?
    /// The log's name.
    package internal(set) var file: String?
    /// What of the log is in memory.
    package internal(set) var window = LogWindow()
    /// The log's size when last heard of, in bytes.
    package internal(set) var size: Int64 = 0
    /// The view stays at the end as the log grows.
    package internal(set) var isFollowing = true
    /// The byte where the top line begins, while not following: new output never moves the view.
    package internal(set) var top: Int64 = 0
    /// How many of the top line's screen lines are above the view, where it takes several.
    package internal(set) var topPart = 0
    /// How many bytes of text those have: tells the place when the line has been joined to what is before it.
    var topBytes = 0
    /// Cells scrolled to the right.
    package internal(set) var left = 0
    /// Every line is wrapped.
    package internal(set) var wraps = false
    /// Why the log could not be read last time.
    package internal(set) var error: RunServiceError?
    /// Looked for and highlighted; empty when nothing is.
    package internal(set) var search = ""
    /// Where the current match begins, in bytes.
    package internal(set) var match: Int64?
    /// The file is no text: nothing of it is shown.
    package internal(set) var isBinary = false
    /// It may be longer than was heard, and is asked at its end once.
    var mayHaveGrown = false
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

    /// How far back, in bytes, lines are looked for while the end is followed: a progress bar may be the whole log.
    /// More is read when a person scrolls up.
    static let followedBehind: Int64 = 1 << 20

    /// No log.
    package init() {}

    init(run: RunID? = nil, file: String? = nil, wraps: Bool) {
        self.run = run
        self.file = file
        self.wraps = wraps
    }
}
