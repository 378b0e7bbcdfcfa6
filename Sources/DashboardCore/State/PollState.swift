import RunModel
package import RunServices

/// Where the conversation with the run service stands.
package struct PollState: Equatable, Sendable {
    /// Milliseconds between polls.
    package internal(set) var interval: Int
    /// How many runs a first full read loads before it rests.
    package internal(set) var limit: Int
    /// A person stopped the timer.
    package internal(set) var isPaused = false
    /// A question waits for its answer.
    package internal(set) var isInFlight = false
    /// Raised when the question changes; answers to older ones are dropped.
    package internal(set) var generation = 0
    /// How far the changes of each scope were read.
    package internal(set) var cursors: [RunScope: ChangeCursor] = [:]
    /// Scopes whose first full read is done, or has reached the limit.
    package internal(set) var loaded: Set<RunScope> = []
    /// Scopes whose full read stopped at the limit.
    package internal(set) var truncated: Set<RunScope> = []
    /// Runs read so far by each first full read.
    var received: [RunScope: Int] = [:]
    /// When a full read stopped at the limit: older runs that the service goes on delivering are left out.
    var truncatedAt: [RunScope: Timestamp] = [:]
    /// Runs and experiments from before the service's data was replaced; those that the new full read does not bring go.
    var unconfirmedRuns: Set<RunID> = []
    var unconfirmedExperiments: Set<ExperimentID> = []
    /// The experiment that was listed until the service said that there is none; told once all has been read again.
    var lostExperiment: LostExperiment?
    /// Commands and prompts that await an answer, and the runs that polls delivered meanwhile: what such an answer says of
    /// them is older.
    var openQuestions = 0
    var polledMeanwhile: Set<RunID> = []
    /// Monotonic ms of the last good answer; nil before the first.
    package internal(set) var lastSuccess: Int64?
    /// Milliseconds that the last good answer took.
    package internal(set) var latency: Int?
    /// What the last good answer took to find out; nil where no server was asked.
    package internal(set) var cost: PollCost?
    /// The end of the login in use, as the last good answer told it; nil where none is known.
    package internal(set) var credentialExpiry: CredentialExpiry?
    /// How fresh the last good answer is, where it was kept from an earlier question; nil where it was of its moment.
    package internal(set) var freshness: Freshness?
    /// What all polls of this service came to.
    package internal(set) var tally = PollTally()
    /// Why the last poll failed; nil after a good one.
    package internal(set) var error: RunServiceError?
    /// Polls that failed in a row.
    package internal(set) var failures = 0
    /// Monotonic ms before which the timer does not ask again.
    package internal(set) var retryAt: Int64 = 0
    private var jitter: UInt64

    /// The longest wait between tries, in ms.
    static let longestBackoff = 60_000

    /// The intervals that `+` and `-` step through, in ms.
    static let intervals = [500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000]

    /// A first page fills a tall screen and is quick; later ones spare round trips.
    static let firstPage = 200
    static let laterPage = 2_000

    init(interval: Int, limit: Int, seed: UInt64) {
        self.interval = interval
        self.limit = limit
        jitter = seed | 1
    }

    /// Drops what is known of how far an experiment was read: it is gone, and may come back with other runs.
    mutating func forget(_ scope: RunScope) {
        cursors[scope] = nil
        loaded.remove(scope)
        truncated.remove(scope)
        received[scope] = nil
        truncatedAt[scope] = nil
    }

    /// At the start of a conversation with another service, whose answers can't be mistaken for those of this one.
    var restarted: PollState {
        var state = PollState(interval: interval, limit: limit, seed: jitter)
        state.isPaused = isPaused
        state.generation = generation + 1
        return state
    }

    /// Doubles with each failure up to the cap, and spreads over the upper half so that many dashboards don't meet.
    mutating func backOff(from now: Int64) {
        failures += 1
        let base = min(Self.longestBackoff, max(interval, 1_000) << min(failures - 1, 10))
        // xorshift64*: any cheap generator will do to spread retries.
        jitter ^= jitter >> 12
        jitter ^= jitter << 25
        jitter ^= jitter >> 27
        let spread = Int(jitter.multipliedReportingOverflow(by: 2_685_821_657_736_338_717).partialValue >> 33)
        retryAt = now + Int64(base / 2 + spread % (base / 2 + 1))
    }
}

/// An experiment whose runs could be listed before, and cannot any more.
struct LostExperiment: Equatable, Sendable {
    let id: ExperimentID
    let name: String
    /// What the service said instead.
    let reason: String
}
