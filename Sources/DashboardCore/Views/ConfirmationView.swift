import RunAttention
import RunModel
import RunServices
import TerminalUI

/// The prompt before a step that can't be taken back: what, on which runs, on which service; default no.
enum ConfirmationView {
    static func draw(_ confirmation: Confirmation, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let width = min(66, canvas.size.columns - 6)
        let lines = content(confirmation, dashboard).flatMap { line in
            line.text.isEmpty
                ? [line] : TerminalText.wrapped(line.text, width: width).map { Line(text: $0, style: line.style) }
        }
        let keys = keys(confirmation, dashboard)
        let shown = lines.prefix(max(1, canvas.size.rows - 5))
        let inside = DialogView.frame(
            title(confirmation, dashboard), width: width, height: shown.count + 2, style: Theme.bad,
            glyphs: dashboard.glyphs, on: &canvas)
        for (index, line) in shown.enumerated() {
            canvas.put(line.text, x: inside.x, y: inside.y + index, style: line.style, maxWidth: inside.width)
        }
        let row = Rect(x: inside.x, y: inside.maxY - 1, width: inside.width, height: 1)
        DialogView.drawKeys(keys, in: row, on: &canvas)
    }

    private struct Line {
        let text: String
        var style = Style.plain
    }

    private static func title(_ confirmation: Confirmation, _ dashboard: Dashboard) -> String {
        let verb = confirmation.question.verb
        if confirmation.targets.count == 1 {
            return "\(verb) “\(dashboard.list.table[confirmation.targets[0]]?.name ?? confirmation.targets[0].text)”?"
        }
        return "\(verb) \(confirmation.targets.count) runs?"
    }

    private static func content(_ confirmation: Confirmation, _ dashboard: Dashboard) -> [Line] {
        var lines: [Line] = []
        if let problem = confirmation.problem {
            lines += [Line(text: "Their state can't be read: \(problem)", style: Theme.bad)]
        }
        let runs = confirmation.fresh?.runs ?? confirmation.targets.compactMap { dashboard.list.table[$0] }
        for run in runs.prefix(5) {
            lines.append(Line(text: describe(run, dashboard), style: dashboard.colors.word(of: run.status)))
        }
        if runs.count > 5 { lines.append(Line(text: "and \(runs.count - 5) more", style: Theme.quiet)) }
        lines.append(
            Line(text: "on \(dashboard.service.kind) \(dashboard.service.location)", style: Theme.quiet))
        for run in confirmation.changed.prefix(3) {
            lines.append(Line(text: "“\(run.name)” has become \(run.status.word) meanwhile.", style: Theme.caution))
        }
        lines.append(Line(text: ""))
        lines.append(consequence(confirmation, dashboard))
        return lines
    }

    private static func describe(_ run: Run, _ dashboard: Dashboard) -> String {
        let duration = run.duration(at: dashboard.now.wall).map { " \(TimeText.duration($0))" } ?? ""
        return
            "\(run.status.glyph(dashboard.glyphs)) \(run.name)  \(run.status.label)\(duration)  in \(run.experimentName)"
    }

    private static func killing(_ confirmation: Confirmation, _ fresh: Inspection, _ dashboard: Dashboard) -> Line {
        let eligible = confirmation.eligible
        guard !eligible.isEmpty else { return Line(text: OversightText.ofNoKill(fresh), style: Theme.caution) }
        var text = OversightText.ofKill(eligible.map(confirmation.oversight))
        if eligible.count == 1, eligible[0].status == .cancelRequested,
            let age = dashboard.attention.tracker.stateAge(of: eligible[0].id)?.age
        {
            text += " It is \(AttentionText.stopping(age, of: eligible[0], dashboard))."
        }
        if eligible.count < confirmation.targets.count {
            text = "\(eligible.count) of \(confirmation.targets.count) can be killed. " + text
        }
        return Line(text: text)
    }

    private static func consequence(_ confirmation: Confirmation, _ dashboard: Dashboard) -> Line {
        guard let fresh = confirmation.fresh else {
            return Line(
                text: confirmation.problem == nil ? "Reading the present state…" : "", style: Theme.quiet)
        }
        let eligible = confirmation.eligible.count
        if confirmation.question == .kill { return killing(confirmation, fresh, dashboard) }
        if eligible == 0, fresh.activeDescendants.isEmpty {
            return Line(text: "No run here can be \(confirmation.question.participle) any more.", style: Theme.caution)
        }
        var text: String
        switch confirmation.question {
        case .cancel:
            let terms = Set(confirmation.eligible.map(\.stopTerms))
            let oversight = confirmation.eligible.map(confirmation.oversight)
            let isWaiting =
                confirmation.eligible.allSatisfy { $0.waitingReason != nil }
                && oversight.allSatisfy { $0 == .supervised }
            text =
                eligible == 0
                ? ""
                : isWaiting
                    ? (eligible == 1
                        ? "It waits for its turn, and will not start."
                        : "They wait for their turn, and will not start.")
                    : dashboard.capabilities.ender.map { OversightText.ofCancel(by: $0, count: eligible) }
                        ?? OversightText.ofCancel(oversight, terms: terms.count == 1 ? terms.first : nil)
            if !confirmation.executions.isEmpty { text += OversightText.ofExecutions(confirmation.executions) }
            if !fresh.activeDescendants.isEmpty {
                let isEnded = dashboard.capabilities.ender != nil
                text += OversightText.ofChildren(
                    fresh.activeDescendants.map { isEnded ? nil : confirmation.oversight(of: $0) })
            }
        case .fail(let message):
            text = message.map { "With the message “\($0)”. " } ?? ""
            text += "Failed is final."
            if confirmation.eligible.contains(where: \.status.isActive) { text += " Running processes are not ended." }
        case .kill: text = ""
        case .complete: text = "Running processes are not ended."
        case .requeue:
            text =
                "\(confirmation.eligible.count == 1 ? "It ends now and waits" : "They end now and wait") for a new start "
                + "from the beginning."
        }
        if eligible < confirmation.targets.count {
            text = "\(eligible) of \(confirmation.targets.count) can be \(confirmation.question.participle). " + text
        }
        return Line(text: text)
    }

    private static func keys(_ confirmation: Confirmation, _ dashboard: Dashboard) -> [(String, String)] {
        func hint(_ action: PromptKeys.Action, _ label: String? = nil) -> (String, String) {
            PromptKeys.hint(action, in: .confirmation, dashboard, label: label)
        }
        var keys: [(String, String)] = []
        let descendants = confirmation.fresh?.activeDescendants.count ?? 0
        let offersDescendants = confirmation.question == .cancel && descendants > 0
        if !confirmation.eligible.isEmpty {
            keys.append(
                hint(.confirm, offersDescendants ? "only this" : confirmation.executions.isEmpty ? nil : "status only"))
        }
        if offersDescendants {
            keys.append(
                hint(.confirmAll, descendants == 1 ? "with its child run" : "with its \(descendants) child runs"))
        }
        if let execution = confirmation.executions.first {
            keys.append(
                hint(
                    .confirmExecution,
                    confirmation.executions.count == 1
                        ? "end its process (“\(TerminalText.truncated(execution.name, to: 20))”)" : nil))
        }
        if confirmation.problem != nil { keys.append(hint(.retry)) }
        return keys + [hint(.decline)]
    }
}
