import RunModel
import RunServices
import Synchronization

/// What lets a client read or write a run's artifacts by an address alone, without a header: a random text in it.
///
/// One for each run and each of the two, known to this process only. After a restart clients ask for a new address, as
/// they do after Azure's have run out.
final class BlobTickets: Sendable {
    private struct Key: Hashable {
        var container: ArtifactContainer
        var writes: Bool
    }

    private struct State {
        var tickets: [Key: String] = [:]
        /// The oldest first.
        var order: [Key] = []
    }

    private let state = Mutex(State())
    /// Tickets that are remembered; the oldest is forgotten first.
    private let limit: Int

    init(limit: Int = 10_000) { self.limit = limit }

    func ticket(for container: ArtifactContainer, writing: Bool) -> String {
        let key = Key(container: container, writes: writing)
        return state.withLock { state in
            if let ticket = state.tickets[key] { return ticket }
            let ticket = RandomText.identifier().replacing("-", with: "")
            state.tickets[key] = ticket
            state.order.append(key)
            if state.order.count > limit {
                // Half at once, so that forgetting costs little on average.
                for old in state.order.prefix(limit / 2) { state.tickets[old] = nil }
                state.order.removeFirst(limit / 2)
            }
            return ticket
        }
    }

    /// Whether `ticket` lets its bearer in; one for writing reads too. Compared in full, so that time tells nothing.
    func allows(_ ticket: String, for container: ArtifactContainer, writing: Bool) -> Bool {
        let known = state.withLock { state in
            [true, false].filter { !writing || $0 }.compactMap {
                state.tickets[Key(container: container, writes: $0)]
            }
        }
        return known.contains { Self.equal(Array($0.utf8), Array(ticket.utf8)) }
    }

    private static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
