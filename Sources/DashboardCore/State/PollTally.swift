package import RunModel
import RunServices

/// What the polls of one service came to since it is on screen.
package struct PollTally: Equatable, Sendable {
    /// When the first of them was answered or failed.
    package private(set) var since: Timestamp?
    /// Polls that were answered.
    package private(set) var answered = 0
    /// Polls that failed.
    package private(set) var failed = 0
    /// Calls that the answers took; 0 where no server is asked.
    package private(set) var requests = 0
    /// Bytes of the answers to those calls.
    package private(set) var bytes = 0

    /// Counts an answer.
    mutating func count(_ cost: PollCost?, at now: Timestamp) {
        since = since ?? now
        answered += 1
        requests += max(0, cost?.requests ?? 0)
        bytes += max(0, cost?.bytes ?? 0)
    }

    /// Counts a failure.
    mutating func countFailure(at now: Timestamp) {
        since = since ?? now
        failed += 1
    }
}
