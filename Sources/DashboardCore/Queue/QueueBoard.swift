package import RunServices

/// The queues of this machine, over the lists while it is open.
package struct QueueBoard: Equatable, Sendable {
    /// As they were read last; nil before that.
    package internal(set) var queues: [RunQueue]?
    /// The highlighted entry, by id; nil for the first.
    package internal(set) var selected: String?
    /// Why they could not be read.
    package internal(set) var problem: String?
    /// Whether they are to be read again, and whether that is under way.
    var isStale = true
    var isReading = false

    /// One line of the list.
    enum Line: Equatable {
        case heading(RunQueue)
        case entry(QueueEntry)
        /// Of a queue without runs.
        case nothing
    }

    /// All lines, in their order.
    var lines: [Line] {
        (queues ?? []).flatMap { queue in
            [.heading(queue)] + (queue.entries.isEmpty ? [.nothing] : queue.entries.map(Line.entry))
        }
    }

    /// All runs, in the order of the lines.
    var entries: [QueueEntry] { (queues ?? []).flatMap(\.entries) }

    /// The highlighted entry; the first where the one that was is not there any more.
    package var entry: QueueEntry? {
        let entries = entries
        return entries.first { $0.id == selected } ?? entries.first
    }

    /// The queue of the highlighted entry; the first one where no queue has a run.
    var queue: RunQueue? {
        guard let entry else { return queues?.first }
        return queues?.first { $0.entries.contains { $0.id == entry.id } }
    }
}
