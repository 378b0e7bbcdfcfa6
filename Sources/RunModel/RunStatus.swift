/// Where a run is in its life; a word this build does not know is kept and shown as it came.
package enum RunStatus: Hashable, Sendable {
    case notStarted
    case queued
    /// Azure's Starting, Provisioning and Preparing.
    case preparing
    case running
    case finalizing
    case cancelRequested
    case paused
    /// Its supervisor's heartbeat stopped; it is not known yet whether the command still runs.
    case notResponding
    case completed
    case failed
    case canceled
    case unknown(String)

    /// Every status with a name of its own, in the order of a run's life.
    package static let known: [RunStatus] = [
        .notStarted, .queued, .preparing, .running, .finalizing, .cancelRequested, .paused, .notResponding,
        .completed, .failed, .canceled,
    ]

    /// The status that a run service's `word` stands for; Azure's spelling, any letter case.
    package init(word: String) {
        switch word.lowercased() {
        case "notstarted": self = .notStarted
        case "queued": self = .queued
        case "preparing", "starting", "provisioning": self = .preparing
        case "running": self = .running
        case "finalizing": self = .finalizing
        case "cancelrequested": self = .cancelRequested
        case "paused": self = .paused
        case "notresponding": self = .notResponding
        case "completed": self = .completed
        case "failed": self = .failed
        case "canceled": self = .canceled
        default: self = .unknown(word)
        }
    }

    /// The one spelling used on screen, in the store and in filters.
    package var word: String {
        switch self {
        case .notStarted: "NotStarted"
        case .queued: "Queued"
        case .preparing: "Preparing"
        case .running: "Running"
        case .finalizing: "Finalizing"
        case .cancelRequested: "CancelRequested"
        case .paused: "Paused"
        case .notResponding: "NotResponding"
        case .completed: "Completed"
        case .failed: "Failed"
        case .canceled: "Canceled"
        case .unknown(let word): word
        }
    }

    /// Nothing more will happen to the run by itself.
    package var isTerminal: Bool {
        switch self {
        case .completed, .failed, .canceled: true
        default: false
        }
    }

    /// Counted as "active" in experiment lists: alive, or waiting to be. An unknown word is not, since nothing says so.
    package var isActive: Bool {
        if case .unknown = self { return false }
        return !isTerminal
    }
}
