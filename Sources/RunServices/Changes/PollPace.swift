/// How a service that is not told of changes spreads its questions over polls: what a person can expect to see when.
package struct PollPace: Sendable, Equatable, Codable {
    /// Bytes that a poll is kept to as long as few runs are active.
    package var byteLimit: Int
    /// How many active runs that bound is meant for.
    package var usualActiveRuns: Int
    /// Runs that are known to be active.
    package var activeRuns: Int
    /// Polls after which each of them has been asked about.
    package var activeRound: Int
    /// The newest of the other runs, which are looked at again for changes that no time tells.
    package var revisitedRuns: Int
    /// Polls that the last round over those took; nil before one has ended.
    package var revisitRound: Int?

    /// A pace in these numbers.
    package init(
        byteLimit: Int, usualActiveRuns: Int, activeRuns: Int, activeRound: Int, revisitedRuns: Int, revisitRound: Int?
    ) {
        self.byteLimit = byteLimit
        self.usualActiveRuns = usualActiveRuns
        self.activeRuns = activeRuns
        self.activeRound = activeRound
        self.revisitedRuns = revisitedRuns
        self.revisitRound = revisitRound
    }
}
