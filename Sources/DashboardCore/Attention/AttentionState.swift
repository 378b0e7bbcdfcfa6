package import RunAttention
package import RunModel
import RunServices

/// What happened to runs since the dashboard was started, and what still asks for attention.
package struct AttentionState: Sendable {
    /// Who notices what happens.
    package var tracker = AttentionTracker()
    /// What happened, newest last; at most `EventLog.limit`.
    package internal(set) var log = EventLog()
    /// The run whose page was asked for because it may have stalled.
    var suspect: RunID?
    /// By which ways a person is told who does not look.
    package internal(set) var channels: NotificationChannels = []
    /// Runs of which a person wants to be told everything.
    package internal(set) var watchedRuns: Set<RunID> = []
    /// What is to be sent outside after this action.
    var outbox: [Effect] = []

    static let mostWatchedRuns = 1_000

    /// Nothing has happened yet.
    package init() {}

    /// At another service; what happened stays in the list.
    mutating func restart(readsLogs: Bool) {
        tracker.restart()
        tracker.readsLogs = readsLogs
        suspect = nil
        watchedRuns = []
    }
}

/// The newest events, and how many of each kind came since a person last looked.
package struct EventLog: Sendable {
    /// An event in the list.
    package struct Entry: Sendable, Equatable {
        /// Counts up, so that an entry is known again while others come.
        package let number: Int
        /// What happened.
        package let event: RunEvent
        /// Where the run is: `ServiceDescription.location`.
        package let place: String
    }

    /// Newest last.
    package private(set) var entries: [Entry] = []
    /// How many came since the last key.
    package private(set) var unseen: [RunEvent.Kind: Int] = [:]
    private var next = 0

    /// How many entries are kept.
    package static let limit = 500

    /// Empty.
    package init() {}

    /// Takes in what happened; the oldest entries give way.
    mutating func append(_ events: [RunEvent], at place: String) {
        for event in events {
            entries.append(Entry(number: next, event: event, place: place))
            next += 1
            unseen[event.kind, default: 0] += 1
        }
        if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
    }

    /// A person looked at the screen.
    mutating func look() { if !unseen.isEmpty { unseen = [:] } }

    /// Forgets all entries.
    mutating func clear() {
        entries = []
        unseen = [:]
    }
}
