import RunModel
import RunServices
import TerminalUI

/// The keys worth showing for where the focus is, most useful first; help has them all.
enum FooterHints {
    struct Hint: Equatable {
        let key: String
        let label: String
    }

    static func hints(_ dashboard: Dashboard) -> [Hint] {
        if dashboard.queues != nil {
            return PromptKeys.hints(
                [.close, .later, .earlier, .delete, .more, .fewer, .choose], in: .queues, dashboard
            )
            .map { Hint(key: $0.0, label: $0.1) } + hints([.command, .help], dashboard)
        }
        if let comparison = dashboard.comparison { return hints(comparison, dashboard) }
        guard !dashboard.isOverlaid else {
            let own = PromptKeys.hints([.close, .down], in: .charts, dashboard).map { Hint(key: $0.0, label: $0.1) }
            return own + hints(charts(dashboard.overlay.view) + [.refresh], dashboard)
        }
        return hints(commands(dashboard), dashboard)
    }

    private static func hints(_ commands: [Command], _ dashboard: Dashboard) -> [Hint] {
        commands.compactMap { command in
            guard dashboard.unavailable(command) == nil, let label = label(command, dashboard) else { return nil }
            guard let key = dashboard.keys.keys(for: command).first else { return nil }
            return Hint(key: key.label(ascii: dashboard.glyphs == .ascii), label: label)
        }
    }

    private static func hints(_ comparison: ComparisonState, _ dashboard: Dashboard) -> [Hint] {
        let ascii = dashboard.glyphs == .ascii
        func key(_ command: Command) -> String { dashboard.keys.keys(for: command).first?.label(ascii: ascii) ?? "" }
        let prompts = [
            PromptKeys.hint(.toggle, in: .comparison, dashboard, label: comparison.showsAll ? "differences" : "all"),
            PromptKeys.hint(.order, in: .comparison, dashboard),
            PromptKeys.hint(.search, in: .comparison, dashboard),
            PromptKeys.hint(.close, in: .comparison, dashboard),
        ]
        let others = [Hint(key: key(.copy), label: "copy"), Hint(key: key(.command), label: "command")]
        let hints = prompts.map { Hint(key: $0.0, label: $0.1) } + others
        guard ComparisonView.page(dashboard, comparison).lastLeft > 0 else { return hints }
        return [Hint(key: key(.left) + key(.right), label: "other runs")] + hints
    }

    /// The table's word, except where the same key does something else.
    private static func label(_ command: Command, _ dashboard: Dashboard) -> String? {
        switch command {
        case .cancel where !dashboard.list.marks.isEmpty: "cancel marked"
        case .cancel where dashboard.list.selectedRun?.status == .cancelRequested: "kill"
        case .filter where isLog(dashboard): "search"
        case .left where dashboard.chartView.cursor != nil: "before"
        case .right where dashboard.chartView.cursor != nil: "next"
        case .readValues where dashboard.chartView.cursor != nil: "no cursor"
        default: command.entry.label
        }
    }

    private static func isLog(_ dashboard: Dashboard) -> Bool {
        dashboard.focus == .detail && dashboard.detail.tab == .logs
    }

    private static func commands(_ dashboard: Dashboard) -> [Command] {
        let steering: [Command] = [.cancel, .fail, .complete, .hold, .release, .editTags]
        let events: [Command] = dashboard.attention.log.entries.isEmpty ? [] : [.events]
        let always = events + [.command, .help, .quit]
        switch dashboard.focus {
        case .experiments: return [.open, .nextPane] + always
        case .detail where dashboard.detail.tab == .logs:
            let hasSeveral = dashboard.currentDetails.map { $0.logs.count > 1 } ?? false
            return [.filter, .nextMatch, .follow] + (hasSeveral ? [.nextLog, .logFile] : []) + [.wrap, .zoom, .back]
                + always + [.artifacts]
        case .detail where dashboard.detail.tab == .metrics:
            return charts(dashboard.detail.charts.view) + [.zoom, .back] + steering + always
        case .detail: return [.zoom, .back] + steering + always
        case .runs:
            let several: [Command] = dashboard.list.marks.count > 1 ? [.compare] : []
            return several + steering + [.filter, .charts] + always
        }
    }

    private static func charts(_ view: ChartView) -> [Command] {
        (view.cursor == nil ? [] : [.left, .right]) + [.xAxis, .yAxis, .smooth, .zoomIn]
            + (view.window == nil ? [] : [.zoomOut, .wholeRange]) + [.readValues]
    }
}
