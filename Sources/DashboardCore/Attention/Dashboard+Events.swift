import RunAttention
import RunModel
import RunServices
import TerminalUI

/// The list of what happened.
extension Dashboard {
    mutating func openEvents() {
        mode = .reviewingEvents(attention.log.entries.last?.number)
    }

    mutating func eventsKey(_ key: Key, _ selected: Int?) -> [Effect] {
        let entries = attention.log.entries
        // Counted from the newest, as they are listed.
        let row =
            selected.flatMap { number in entries.lastIndex { $0.number == number } }
            .map { entries.count - 1 - $0 } ?? 0
        switch PromptKeys.action(for: key, in: .events) {
        case .choose:
            mode = .browsing
            return entries.isEmpty ? [] : visit(entries[entries.count - 1 - row])
        case .clear:
            clearEvents()
            return []
        case .close:
            mode = .browsing
            return []
        default: break
        }
        let page = max(1, EventsView.height(self) - 1)
        let target: Int
        switch keys.command(for: key) {
        case .up: target = row - 1
        case .down: target = row + 1
        case .pageUp, .halfPageUp: target = row - page
        case .pageDown, .halfPageDown: target = row + page
        case .first: target = 0
        case .last: target = entries.count - 1
        default:
            mode = .browsing
            return []
        }
        guard !entries.isEmpty else { return [] }
        let next = min(max(0, target), entries.count - 1)
        mode = .reviewingEvents(entries[entries.count - 1 - next].number)
        return []
    }

    mutating func clearEvents() {
        attention.log.clear()
        mode = .browsing
        announce(.done, "The list of events is empty now.")
    }

    /// Goes to the run of an event.
    private mutating func visit(_ entry: EventLog.Entry) -> [Effect] {
        let event = entry.event
        guard entry.place == service.location else {
            announce(.refused, "That run is on \(entry.place); \(keyName(.service)) goes over to it.")
            return []
        }
        guard let run = list.table[event.run] else {
            announce(.refused, "“\(event.name)” is not loaded any more; it was deleted, or its service started anew.")
            return []
        }
        return reveal(run)
    }

    /// Selects a run that is loaded, with whatever hides it out of the way.
    mutating func reveal(_ run: Run) -> [Effect] {
        focus = .runs
        var effects: [Effect] = []
        if case .experiment(let id) = list.scope, id != run.experimentID {
            experiments.cursor = 0
            effects = enterExperiment()
        }
        list.reveal(run.id)
        if list.selectedID != run.id, list.filter != nil {
            filterText = ""
            filterError = nil
            list.setFilter(nil, at: now.wall)
            chooseMetricColumns()
            list.reveal(run.id)
            announce(.hint, "The filter is cleared: it hid “\(run.name)”.")
        }
        return effects
    }
}
