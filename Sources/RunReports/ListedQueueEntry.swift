package import RunModel
package import RunServices

/// A run in a queue as a listing shows it: `queue`, `slots`, `position`, `state`, `runId`, `name`, `experiment`,
/// `takes`, `gpus`, `joinedUtc`, `startedUtc`, `waitsFor` and `service`.
package struct ListedQueueEntry: ListedItem {
    private let queue: RunQueue
    private let entry: QueueEntry

    /// An entry of that queue.
    package init(_ entry: QueueEntry, of queue: RunQueue) {
        self.entry = entry
        self.queue = queue
    }

    /// Its document.
    package func write(to sink: inout some JSONSink) {
        sink.beginObject()
        sink.member("queue", queue.name)
        sink.member("slots", queue.slots)
        sink.member("position", entry.position)
        sink.member("state", state)
        sink.member("runId", entry.run.text)
        sink.member("name", entry.runName)
        sink.member("experiment", entry.experimentName)
        sink.key("takes")
        sink.beginObject()
        sink.member("slots", entry.demand.slots)
        sink.member("gpus", entry.demand.gpus)
        sink.endObject()
        sink.key("gpus")
        sink.beginArray()
        for gpu in entry.gpus { sink.write(gpu) }
        sink.endArray()
        sink.member("joinedUtc", entry.joinedAt)
        sink.member("startedUtc", entry.grantedAt)
        sink.member("waitsFor", entry.reason)
        sink.member("service", entry.service)
        sink.endObject()
    }

    /// What `cells` stand below.
    package static let columns = [
        TextTable.Column("queue"), TextTable.Column("position", isRightAligned: true), TextTable.Column("state"),
        TextTable.Column("run", canShrink: true), TextTable.Column("takes"), TextTable.Column("gpus"),
        TextTable.Column("since"), TextTable.Column("waits for", canShrink: true), TextTable.Column("id"),
    ]

    /// Its row.
    package var cells: [ColumnValue] {
        [
            .text(queue.name), entry.position.map { .integer($0) } ?? .none, .text(state), .text(entry.runName),
            .text(entry.demand.text), .text(entry.gpus.map(String.init).joined(separator: ",")),
            .moment(entry.grantedAt ?? entry.joinedAt), entry.reason.map { .text($0) } ?? .none, .text(entry.run.text),
        ]
    }

    /// `running` or `waiting`, or what became of its supervisor.
    private var state: String {
        switch entry.condition {
        case .supervised: entry.grantedAt == nil ? "waiting" : "running"
        case let other: other.rawValue
        }
    }
}
