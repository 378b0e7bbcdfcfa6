package import RunModel

/// The part of a run service that a question is about.
package enum RunScope: Hashable, Sendable, Codable {
    case all
    case experiment(ExperimentID)
}

/// A place in a service's stream of changes; its text means something only to the service that made it.
package struct ChangeCursor: Hashable, Sendable {
    /// At most some kilobytes; nothing of it is shown.
    package let text: String

    /// Takes up a text that a service handed out before.
    package init(_ text: String) { self.text = text }
}

/// One page of what changed since a cursor.
package struct ChangeBatch: Sendable, Equatable, Codable {
    /// Whole current values, each run at most once.
    package var runs: [Run]
    /// Runs that were deleted, or left the scope.
    package var goneRuns: [RunID]
    /// Experiments that are new, renamed, or whose counts changed; always of the whole service, whatever the scope.
    ///
    /// A new name is told here alone: a caller that keeps runs gives it to the experiment's, which are not sent again.
    package var experiments: [Experiment]
    /// Experiments that were deleted.
    package var goneExperiments: [ExperimentID]
    /// Ask the next question with this.
    package var cursor: ChangeCursor
    /// More of the first, full read waits behind `cursor`: ask again at once rather than at the next tick.
    package var hasMore: Bool
    /// What it took to find out; nil where no server was asked.
    package var cost: PollCost?
    /// The end of the login that it took, where that is known to be one.
    package var credentialExpiry: CredentialExpiry?
    /// How fresh it is, where it is no answer of this moment.
    package var freshness: Freshness?

    /// A batch of what is named; the rest did not change.
    package init(
        runs: [Run] = [], goneRuns: [RunID] = [], experiments: [Experiment] = [],
        goneExperiments: [ExperimentID] = [], cursor: ChangeCursor, hasMore: Bool = false, cost: PollCost? = nil
    ) {
        self.runs = runs
        self.goneRuns = goneRuns
        self.experiments = experiments
        self.goneExperiments = goneExperiments
        self.cursor = cursor
        self.hasMore = hasMore
        self.cost = cost
    }

    /// What it took to find out is no part of what changed.
    package static func == (left: ChangeBatch, right: ChangeBatch) -> Bool {
        left.runs == right.runs && left.goneRuns == right.goneRuns && left.experiments == right.experiments
            && left.goneExperiments == right.goneExperiments && left.cursor == right.cursor
            && left.hasMore == right.hasMore
    }
}

/// How fresh an answer is that was kept from an earlier question, of this process or another.
package struct Freshness: Sendable, Equatable, Codable {
    /// When the question was asked.
    package var asOf: Timestamp
    /// Milliseconds from one such question to the next.
    package var interval: Int64
    /// Why a newer question was not answered; nil where none failed.
    package var trouble: RunServiceError?

    /// An answer as of that moment, renewed so often.
    package init(asOf: Timestamp, interval: Int64, trouble: RunServiceError? = nil) {
        self.asOf = asOf
        self.interval = interval
        self.trouble = trouble
    }
}

/// What one question for changes asked of a server, together with what else was asked of it at the same time.
package struct PollCost: Sendable, Equatable, Codable {
    /// Calls that were answered.
    package var requests: Int
    /// Bytes of the answers, without their heads.
    package var bytes: Int
    /// What the service keeps to; nil where it says nothing of that.
    package var pace: PollPace?

    /// A cost of so many requests and bytes.
    package init(requests: Int, bytes: Int, pace: PollPace? = nil) {
        self.requests = requests
        self.bytes = bytes
        self.pace = pace
    }
}
