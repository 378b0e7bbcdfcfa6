import RunServices
import TerminalUI

/// The keys worth showing for where the focus is, most useful first; help has them all.
enum FooterHints {
    struct Hint: Equatable {
        let key: String
        let label: String
    }

    static func hints(_ dashboard: Dashboard) -> [Hint] {
        commands(dashboard).compactMap { command in
            guard dashboard.unavailable(command) == nil, let label = label(command, dashboard) else { return nil }
            guard let key = dashboard.keys.keys(for: command).first else { return nil }
            return Hint(key: key.label(ascii: dashboard.glyphs == .ascii), label: label)
        }
    }

    /// The table's word, except where the same key does something else.
    private static func label(_ command: Command, _ dashboard: Dashboard) -> String? {
        switch command {
        case .cancel where !dashboard.list.marks.isEmpty: "cancel marked"
        case .filter where isLog(dashboard): "search"
        default: command.entry.label
        }
    }

    private static func isLog(_ dashboard: Dashboard) -> Bool {
        dashboard.focus == .detail && dashboard.detail.tab == .logs
    }

    private static func commands(_ dashboard: Dashboard) -> [Command] {
        let steering: [Command] = [.cancel, .fail, .complete, .editTags]
        let events: [Command] = dashboard.attention.log.entries.isEmpty ? [] : [.events]
        let always = events + [.command, .help, .quit]
        switch dashboard.focus {
        case .experiments: return [.open, .nextPane] + always
        case .detail where dashboard.detail.tab == .logs:
            let hasSeveral = dashboard.currentDetails.map { $0.logs.count > 1 } ?? false
            return [.filter, .nextMatch, .follow] + (hasSeveral ? [.nextLog, .logFile] : []) + [.wrap, .zoom, .back]
                + always + [.artifacts]
        case .detail where dashboard.detail.tab == .metrics: return [.xAxis, .zoom, .back] + steering + always
        case .detail: return [.zoom, .back] + steering + always
        case .runs: return steering + [.filter] + always
        }
    }
}
