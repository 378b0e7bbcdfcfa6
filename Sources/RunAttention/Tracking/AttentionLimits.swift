package import RunModel

/// How long is too long; milliseconds everywhere.
package struct AttentionLimits: Sendable, Equatable {
    /// A run that has logged nothing for less than this has not stalled, however fast it was before.
    package var leastStall: Int64 = 10 * 60_000
    /// Nothing for so many times its usual pace is a stall.
    package var pacesToStall: Double = 5
    /// Between two looks at a log that may have grown.
    package var logLook: Int64 = 60_000
    /// Between looks at the log of a run that has stalled.
    package var stalledLook: Int64 = 5 * 60_000
    /// Between two polls that count as watching: what was not watched is no silence of a run.
    package var longestGap: Int64 = 60_000

    /// A GPU that a run holds and has not used for so long is worth a word.
    package var idleGPU: Int64 = 10 * 60_000

    /// The usual limits.
    package init() {}

    /// After how long in a state on the way something is wrong with it; nil for states that may last.
    package func limit(of status: RunStatus) -> Int64? {
        switch status {
        case .queued: 6 * 3_600_000
        case .preparing, .finalizing: 30 * 60_000
        case .cancelRequested: 5 * 60_000
        default: nil
        }
    }
}
