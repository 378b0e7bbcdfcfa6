package import RunModel

/// A queue of commands on one machine: what runs in it, and what waits for its turn.
package struct RunQueue: Sendable, Equatable {
    /// As `exec --queue` has it.
    package var name: String
    /// How many slots its runs may take at a time; 0 holds all of them back.
    package var slots: Int
    /// Runs with a share of it first, the longest running on top; then those that wait, in their order.
    package var entries: [QueueEntry]

    /// A queue with its runs.
    package init(name: String, slots: Int, entries: [QueueEntry] = []) {
        self.name = name
        self.slots = slots
        self.entries = entries
    }

    /// Slots that runs have.
    package var slotsTaken: Int { holders.reduce(0) { $0 + $1.demand.slots } }
    /// GPUs that runs have.
    package var gpusTaken: Int { holders.reduce(0) { $0 + $1.gpus.count } }
    /// The runs that have a share.
    package var holders: [QueueEntry] { entries.filter { $0.grantedAt != nil } }
    /// The runs that wait.
    package var waiting: [QueueEntry] { entries.filter { $0.position != nil } }

    /// The usual number of slots: one run after the other.
    package static let usualSlots = 1
    /// More than any machine has room for: anything beyond is a mistake.
    package static let mostSlots = 10_000
    /// GPUs that one run can take.
    package static let mostGPUs = 64

    /// Whether a queue can have this name: 1 to 64 letters, digits, dots, dashes and underscores, the first no dot.
    package static func isName(_ text: String) -> Bool {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return isPlain && (1...64).contains(text.utf8.count) && !text.hasPrefix(".") && !text.hasPrefix("-")
    }
}

/// What a run takes of its queue while it runs.
package struct QueueDemand: Sendable, Equatable {
    /// Of the queue's slots.
    package var slots: Int
    /// Of the machine's GPUs.
    package var gpus: Int

    /// A share; by default one slot.
    package init(slots: Int = 1, gpus: Int = 0) {
        self.slots = slots
        self.gpus = gpus
    }

    /// `2 slots`, `1 GPU`, `1 slot, 2 GPUs`.
    package var text: String {
        var parts: [String] = []
        if slots > 0 || gpus == 0 { parts.append(Counted.text(slots, "slot")) }
        if gpus > 0 { parts.append(Counted.text(gpus, "GPU")) }
        return parts.joined(separator: ", ")
    }
}

/// A run in a queue.
package struct QueueEntry: Sendable, Equatable, Identifiable {
    /// What became of who holds the entry.
    package enum Condition: String, Sendable, Equatable {
        /// Its supervisor waits, or looks after its command.
        case supervised
        /// Its supervisor was stopped (ctrl-z): others go before it until it is continued.
        case stopped
        /// Its supervisor is gone and its command lives: what it has stays taken.
        case orphaned
        /// Its supervisor and its command are gone; processes that the command left in the background keep what it had.
        case leftBehind = "left behind"
        /// Nothing of it is left, as after a reboot: it keeps nobody waiting.
        case gone

        /// Whether there is nothing to cancel any more, so that a person may take the entry away.
        package var canBeForgotten: Bool { self == .gone || self == .leftBehind }
    }

    /// Of this entry alone.
    package var id: String
    /// The run.
    package var run: RunID
    /// What the run was called when it joined.
    package var runName: String
    /// The run's experiment.
    package var experimentName: String
    /// The address of the run service that has the run.
    package var service: String
    /// Whether that is the service that was asked beside.
    package var isOfService: Bool
    /// What it takes.
    package var demand: QueueDemand
    /// The GPUs that it has, as the driver counts.
    package var gpus: [Int]
    /// What became of its supervisor.
    package var condition: Condition
    /// When it joined the queue.
    package var joinedAt: Timestamp
    /// When it got its share; nil while it waits.
    package var grantedAt: Timestamp?
    /// Its place among those that wait, from 1; nil for one that has its share, and for what is gone.
    package var position: Int?
    /// Why it waits, for a person; nil for one that has its share.
    package var reason: String?

    /// An entry with these parts.
    package init(
        id: String, run: RunID, runName: String, experimentName: String = "", service: String = "",
        isOfService: Bool = true, demand: QueueDemand = QueueDemand(), gpus: [Int] = [],
        condition: Condition = .supervised, joinedAt: Timestamp, grantedAt: Timestamp? = nil, position: Int? = nil,
        reason: String? = nil
    ) {
        self.id = id
        self.run = run
        self.runName = runName
        self.experimentName = experimentName
        self.service = service
        self.isOfService = isOfService
        self.demand = demand
        self.gpus = gpus
        self.condition = condition
        self.joinedAt = joinedAt
        self.grantedAt = grantedAt
        self.position = position
        self.reason = reason
    }
}

/// What a person changes about queues.
package enum QueueChange: Sendable, Equatable {
    /// So many places towards the end; towards the front where negative. It stops at either.
    case move(entry: String, by: Int)
    /// Another number of slots.
    case resize(queue: String, slots: Int)
    /// Takes an entry away of which nothing is left but perhaps processes in the background.
    case forget(entry: String)
}

/// Knows the queues of this machine, whichever run services their runs are in.
package protocol QueueKeeper: Sendable {
    /// All queues with runs or a number of slots of their own, by name; `service` decides what `isOfService` says.
    func queues(beside service: any RunService) async throws(RunServiceError) -> [RunQueue]

    /// Throws `notFound` for an entry that is not there any more, and `conflict` for one that does not wait.
    func change(_ change: QueueChange) async throws(RunServiceError)
}
