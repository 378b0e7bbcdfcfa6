import RunModel
import RunServices
import TerminalUI

/// The queues of this machine: what runs in them, what waits, and in which order.
extension Dashboard {
    mutating func openQueues() {
        queues = queues ?? QueueBoard()
        queues?.isStale = true
        notice = nil
    }

    /// Reads them again when they may have changed, one reading at a time.
    mutating func demandQueues() -> [Effect] {
        guard var board = queues, board.isStale, !board.isReading, queueChanges.isEmpty else { return [] }
        board.isStale = false
        board.isReading = true
        queues = board
        return [.readQueues]
    }

    mutating func queuesArrived(_ result: Result<[RunQueue], RunServiceError>) -> [Effect] {
        guard var board = queues else { return [] }
        board.isReading = false
        // What was read beside a change may be from before it.
        if !queueChanges.isEmpty { board.isStale = true }
        switch result {
        case .success(let found) where queueChanges.isEmpty:
            // The highlight stays where it was when its entry leaves: on the one that took its place.
            let before = board.entries.firstIndex { $0.id == board.entry?.id }
            let isGone = !found.contains { $0.entries.contains { $0.id == board.selected } }
            board.queues = found
            if isGone, let before {
                let entries = board.entries
                board.selected = entries.isEmpty ? nil : entries[min(before, entries.count - 1)].id
            }
            board.problem = nil
        case .success: break
        case .failure(let error): board.problem = error.message
        }
        queues = board
        return []
    }

    mutating func queueChanged(_ change: QueueChange, _ error: RunServiceError?) -> [Effect] {
        if !queueChanges.isEmpty { queueChanges.removeFirst() }
        queues?.isStale = true
        switch change {
        case _ where error != nil: announce(.refused, error?.message ?? "")
        case .resize(let queue, 0): announce(.done, "Queue \(queue) has no slots now: nothing of it starts.")
        case .resize(let queue, let slots):
            announce(.done, "Queue \(queue) has \(Counted.text(slots, "slot")) now.")
        case .move, .forget: break
        }
        return queueChanges.first.map { [.changeQueue($0)] } ?? []
    }

    /// One after the other, in the order of the keys: a number of slots does not say from which it was counted.
    private mutating func ask(for change: QueueChange) -> [Effect] {
        queueChanges.append(change)
        return queueChanges.count == 1 ? [.changeQueue(change)] : []
    }

    /// A key while the queues are open and nothing else is.
    mutating func queueKey(_ key: Key, _ board: QueueBoard) -> [Effect] {
        switch PromptKeys.action(for: key, in: .queues) {
        case .close:
            queues = nil
            return []
        case .later: return moveEntry(by: 1)
        case .earlier: return moveEntry(by: -1)
        case .delete: return removeEntry()
        case .choose: return visitEntry()
        case .more: return resizeQueue(by: 1)
        case .fewer: return resizeQueue(by: -1)
        default: break
        }
        guard let command = keys.command(for: key) else { return [] }
        if let lines = distance(command, height: max(1, QueuesView.rows(self).height)) {
            let entries = board.entries
            guard !entries.isEmpty else { return [] }
            let row = entries.firstIndex { $0.id == board.entry?.id } ?? 0
            let next = min(max(0, row.addingReportingOverflow(lines).partialValue), entries.count - 1)
            queues?.selected = entries[next].id
            notice = nil
            return []
        }
        guard command.leavesQueuesOpen else { return [] }
        notice = nil
        return perform(command)
    }

    private var noQueueChange: String? { readOnlyReason }

    private mutating func moveEntry(by distance: Int) -> [Effect] {
        guard let entry = queues?.entry else { return [] }
        if let reason = noQueueChange { return refuse(reason) }
        guard let position = entry.position else {
            return refuse(
                "“\(entry.runName)” \(entry.grantedAt == nil ? "is gone" : "has started"); only what waits moves.")
        }
        let count = queues?.queue?.waiting.count ?? 0
        guard (1...max(1, count)).contains(position + distance) else { return [] }
        return change(.move(entry: entry.id, by: distance)) { queue in
            // Shown at once, so that the next key is about what is on screen.
            guard let from = queue.entries.firstIndex(where: { $0.id == entry.id }),
                queue.entries.indices.contains(from + distance)
            else { return }
            queue.entries.swapAt(from, from + distance)
            (queue.entries[from].position, queue.entries[from + distance].position) = (position, position + distance)
            // What stood there was true of the other order.
            queue.entries[from].reason = nil
            queue.entries[from + distance].reason = nil
        }
    }

    private mutating func resizeQueue(by amount: Int) -> [Effect] {
        guard let queue = queues?.queue else { return [] }
        if let reason = noQueueChange { return refuse(reason) }
        let slots = queue.slots + amount
        guard (0...RunQueue.mostSlots).contains(slots) else { return [] }
        return change(.resize(queue: queue.name, slots: slots)) { $0.slots = slots }
    }

    private mutating func change(_ change: QueueChange, _ body: (inout RunQueue) -> Void) -> [Effect] {
        guard var board = queues, let name = board.queue?.name,
            let index = board.queues?.firstIndex(where: { $0.name == name }), var queue = board.queues?[index]
        else { return [] }
        board.selected = board.entry?.id
        body(&queue)
        board.queues?[index] = queue
        queues = board
        notice = nil
        return ask(for: change)
    }

    /// As a cancel: a run that waits never starts, one that runs is ended.
    private mutating func removeEntry() -> [Effect] {
        guard let entry = queues?.entry else { return [] }
        if entry.condition.canBeForgotten {
            if let reason = noQueueChange { return refuse(reason) }
            return ask(for: .forget(entry: entry.id))
        }
        if let reason = capabilities.changeStatus.reason { return refuse(reason) }
        guard isHere(entry) else { return refuse(elsewhere(entry)) }
        return openConfirmation(.cancel, targets: [entry.run])
    }

    private mutating func visitEntry() -> [Effect] {
        guard let entry = queues?.entry else { return [] }
        guard isHere(entry) else { return refuse(elsewhere(entry)) }
        guard let run = list.table[entry.run] else {
            return refuse("“\(entry.runName)” is not loaded; it is in experiment \(entry.experimentName).")
        }
        queues = nil
        return reveal(run)
    }

    /// A server and the store behind it have one run by two addresses.
    private func isHere(_ entry: QueueEntry) -> Bool { entry.isOfService || list.table[entry.run] != nil }

    private func elsewhere(_ entry: QueueEntry) -> String {
        "“\(entry.runName)” is in another run service, \(entry.service); \(keyName(.service)) goes over to it."
    }

    private mutating func refuse(_ reason: String) -> [Effect] {
        announce(.refused, reason)
        return []
    }
}

extension Command {
    /// Whether it has nothing to do with the lists behind the queues, and may be given there.
    var leavesQueuesOpen: Bool {
        switch self {
        case .queues, .refresh, .pause, .interval, .limit, .command, .help, .redraw, .suspend, .quit: true
        default: false
        }
    }
}
