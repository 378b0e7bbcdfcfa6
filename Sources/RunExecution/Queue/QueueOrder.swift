import RunModel
import RunServices

/// Who has a share of which queue, and whose turn it is: pure, made of what is there at one moment.
///
/// The order is strict: nobody starts before one that stands ahead of it in the same queue, however little it takes, so
/// that a run that takes much is not overtaken for ever. GPUs belong to the whole machine: the first in one queue that
/// waits for some keeps those that it could get from the queues whose first have joined later.
struct QueueOrder: Sendable {
    /// A place and what became of its holder.
    struct Member: Sendable, Equatable {
        var place: QueuePlace
        var condition: QueueEntry.Condition

        /// Stands in line; one that is stopped or gone keeps nobody waiting.
        fileprivate var waits: Bool { place.grantedAt == nil && condition == .supervised }
        fileprivate var holds: Bool { place.grantedAt != nil && condition != .gone }
    }

    let members: [Member]
    private let capacities: [String: Int]

    /// - Parameter capacities: slots by queue, where that is not the usual number.
    init(_ members: [Member], capacities: [String: Int] = [:]) {
        self.members = members.sorted { Self.key($0.place) < Self.key($1.place) }
        self.capacities = capacities
    }

    private static func key(_ place: QueuePlace) -> (Int64, Timestamp, String) {
        (place.rank, place.joinedAt, place.id)
    }

    /// Slots of a queue.
    func capacity(of queue: String) -> Int { capacities[queue] ?? RunQueue.usualSlots }

    /// The names of all queues.
    var names: [String] { Set(members.map(\.place.queue)).union(capacities.keys).sorted() }

    /// Whether the kernel may not tell of an end: a command without its supervisor may have closed the lock it inherited.
    var hasSilentHolder: Bool { members.contains { $0.holds && $0.condition == .orphaned } }

    /// What a waiting place would get if it were its turn.
    private enum Fit {
        case share([Int])
        case later
        /// Not as the queue is now, however long it waits.
        case never
    }

    /// The places whose turn it is, by id, with the GPUs that they get.
    func grants() -> [String: [Int]] {
        var grants: [String: [Int]] = [:]
        var taken: [String: Int] = [:]
        var busy: Set<Int> = []
        for member in members where member.holds {
            taken[member.place.queue, default: 0] += member.place.demand.slots
            busy.formUnion(member.place.gpus)
        }
        var lines = Dictionary(grouping: members.filter(\.waits).map(\.place), by: \.queue).mapValues { $0[...] }
        // Of the queues whose first place may still start, the one whose first has waited longest.
        while let (queue, head) = lines.compactMap({ queue, line in line.first.map { (queue, $0) } })
            .min(by: { ($0.1.joinedAt, $0.1.id) < ($1.1.joinedAt, $1.1.id) })
        {
            lines[queue]?.removeFirst()
            switch fit(head, taken: taken[queue, default: 0], busy: busy) {
            case .share(let gpus):
                grants[head.id] = gpus
                taken[queue, default: 0] += head.demand.slots
                busy.formUnion(gpus)
            case .never: break
            case .later:
                lines[queue] = nil
                if hasSlots(head, taken: taken[queue, default: 0]) { busy.formUnion(head.visibleGPUs) }
            }
        }
        return grants
    }

    private func hasSlots(_ place: QueuePlace, taken: Int) -> Bool {
        let capacity = capacity(of: place.queue)
        return capacity > 0 && taken + place.demand.slots <= capacity
    }

    private func fit(_ place: QueuePlace, taken: Int, busy: Set<Int>) -> Fit {
        if capacity(of: place.queue) > 0, isTooLarge(place) { return .never }
        guard hasSlots(place, taken: taken) else { return .later }
        let free = place.visibleGPUs.filter { !busy.contains($0) }
        return free.count >= place.demand.gpus ? .share(Array(free.prefix(place.demand.gpus))) : .later
    }

    private func isTooLarge(_ place: QueuePlace) -> Bool {
        place.demand.slots > capacity(of: place.queue) || place.demand.gpus > place.visibleGPUs.count
    }
}

extension QueueOrder {
    /// Those that wait in a queue, in their order.
    func line(of queue: String) -> [Member] {
        members.filter { $0.place.queue == queue && $0.place.grantedAt == nil && $0.condition != .gone }
    }

    /// The ranks by which a place moves so many places within its line, towards the end or, where negative, the front;
    /// nil for one that does not wait.
    func moving(_ id: String, by distance: Int) -> [(id: String, rank: Int64)]? {
        guard let place = members.first(where: { $0.place.id == id })?.place else { return nil }
        let line = line(of: place.queue).map(\.place)
        guard let from = line.firstIndex(where: { $0.id == id }) else { return nil }
        let target = from.addingReportingOverflow(distance)
        let to =
            target.overflow ? (distance < 0 ? 0 : line.count - 1) : min(max(0, target.partialValue), line.count - 1)
        var moved = line
        moved.insert(moved.remove(at: from), at: to)
        // The same ranks in another order, but that no two may stay alike.
        var ranks = line.map(\.rank)
        for index in ranks.indices.dropFirst() { ranks[index] = max(ranks[index], ranks[index - 1] &+ 1) }
        return zip(moved, ranks).filter { $0.rank != $1 }.map { ($0.id, $1) }
    }

    /// What a place waits for, in words: `behind 2 runs`; nil for one that does not wait.
    /// - Parameter isAlone: whether nothing beside the words says which queue that is.
    func reason(for id: String, isAlone: Bool = false) -> String? {
        guard let place = members.first(where: { $0.place.id == id })?.place, place.grantedAt == nil else { return nil }
        let capacity = capacity(of: place.queue)
        if capacity == 0 { return "held back: \(isAlone ? "queue \(place.queue) has " : "")no slots" }
        let queue = isAlone ? " in queue \(place.queue)" : ""
        if place.demand.slots > capacity {
            return "takes \(place.demand.slots) of \(Counted.text(capacity, "slot"))\(queue)"
        }
        if place.demand.gpus > place.visibleGPUs.count {
            return "takes \(place.demand.text), can get \(place.visibleGPUs.count)\(queue)"
        }
        let ahead = line(of: place.queue).prefix { $0.place.id != id }.count { $0.condition == .supervised }
        if ahead > 0 { return "behind \(Counted.text(ahead, "run"))\(queue)" }
        return "next\(queue)" + (place.demand == QueueDemand() ? "" : ", for \(place.demand.text)")
    }

    /// The queues as they are shown; `isOfService` tells of an address whether it is the service's that is on screen.
    func queues(_ isOfService: (String) -> Bool) -> [RunQueue] {
        names.map { queue in
            let own = members.filter { $0.place.queue == queue }
            let holders = own.filter(\.holds).sorted { left, right in
                let moments = (left.place.grantedAt ?? .latest, right.place.grantedAt ?? .latest)
                return (moments.0, left.place.id) < (moments.1, right.place.id)
            }
            let line = line(of: queue)
            let gone = own.filter { $0.condition == .gone }
            var entries = holders.map { entry($0, nil, isOfService) }
            entries += line.enumerated().map { entry($1, $0 + 1, isOfService) }
            entries += gone.map { entry($0, nil, isOfService) }
            return RunQueue(name: queue, slots: capacity(of: queue), entries: entries)
        }
    }

    private func entry(_ member: Member, _ position: Int?, _ isOfService: (String) -> Bool) -> QueueEntry {
        let place = member.place
        return QueueEntry(
            id: place.id, run: place.run, runName: place.runName, experimentName: place.experimentName,
            service: place.service, isOfService: isOfService(place.service), demand: place.demand, gpus: place.gpus,
            condition: member.condition, joinedAt: place.joinedAt,
            grantedAt: member.condition == .gone ? nil : place.grantedAt, position: position,
            reason: position == nil ? nil : reason(for: place.id))
    }
}
