import RunAttention
import RunModel
import RunServices
import TerminalUI

/// What leaves the screen: title, bell, notifications, the hook.
extension Dashboard {
    /// What the terminal's window is to be called; nil where that is not wanted.
    package var title: String? {
        guard attention.channels.contains(.title) else { return nil }
        guard polling.lastSuccess != nil else { return "runwatch" }
        let counts = experiments.total
        let active = counts.active - counts[.queued] - counts[.notStarted]
        let failed = attention.log.unseen[.failed] ?? 0
        return "runwatch: \(active) active" + (failed > 0 ? ", \(failed) failed" : "")
    }

    /// Watches the marked runs, or the selected one; if all of them are watched already, not any more.
    mutating func toggleWatch() {
        let targets = actionTargets
        let what = targets.count == 1 ? "“\(list.table[targets[0]]?.name ?? targets[0].text)”" : "\(targets.count) runs"
        if targets.allSatisfy(attention.watchedRuns.contains) {
            attention.watchedRuns.subtract(targets)
            announce(.done, "Not watching \(what) any more; failures and NaN are still told.")
            return
        }
        guard attention.watchedRuns.count + targets.count <= AttentionState.mostWatchedRuns else {
            announce(.refused, "At most \(AttentionState.mostWatchedRuns) runs are watched at a time.")
            return
        }
        attention.watchedRuns.formUnion(targets)
        announce(.done, "Watching \(what): whatever happens to \(targets.count == 1 ? "it" : "them") is told.")
    }

    /// Sends what a person wants to be told of the ways that they chose.
    mutating func send(_ events: [RunEvent]) {
        let wanted = events.filter { $0.kind.isGrave || attention.watchedRuns.contains($0.run) }
        guard !wanted.isEmpty else { return }
        var signals: [TerminalSignal] = []
        if attention.channels.contains(.bell) { signals.append(.bell) }
        if attention.channels.contains(.desktop) {
            signals.append(.notification(title: "runwatch", body: Self.message(of: wanted)))
        }
        if !signals.isEmpty { attention.outbox.append(.signal(signals)) }
        if attention.channels.contains(.hook) { attention.outbox += wanted.map { .runHook($0) } }
    }

    /// One message for all that one answer told, for a hundred at once help nobody.
    private static func message(of events: [RunEvent]) -> String {
        if events.count == 1 { return events[0].sentence }
        var counts: [RunEvent.Kind: Int] = [:]
        for event in events { counts[event.kind, default: 0] += 1 }
        let told = RunEvent.Kind.byGravity.compactMap { kind in counts[kind].map { "\($0) \(kind.word)" } }
        return told.joined(separator: ", ") + ": " + events.prefix(3).map(\.name).joined(separator: ", ")
            + (events.count > 3 ? ", …" : "")
    }

    /// What was to be sent outside since the last action.
    mutating func takeOutbox() -> [Effect] {
        defer { attention.outbox = [] }
        return attention.outbox
    }
}
