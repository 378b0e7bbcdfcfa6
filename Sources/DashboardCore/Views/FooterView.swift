import RunModel
import RunServices
import TerminalUI

/// The bottom lines: what is being typed, or the last answer, or the keys that apply now; and the truth line.
enum FooterView {
    static func draw(_ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas) {
        let truth = TruthLine.text(dashboard)
        let isEnding = TruthLine.countdown(dashboard) != nil
        let isBad = dashboard.polling.error != nil || isEnding
        let truthStyle = dashboard.polling.error != nil ? Theme.bad : isEnding ? Theme.caution : Theme.quiet
        // What is wrong is worth more than a reminder of keys.
        let isAlone = isBad && dashboard.notice == nil && dashboard.mode == .browsing
        var room = rect.width - 2
        if isAlone && TerminalText.width(of: truth) > rect.width - 2 {
            let lines = TruthLine.lines(dashboard, width: rect.width - 2)
            drawUpwards(lines, from: rect.maxY - 1, x: rect.x + 1, rect.width - 2, truthStyle, rect, on: &canvas)
            return
        }
        if rect.height > 1 {
            canvas.put(truth, x: rect.x + 1, y: rect.y + 1, style: truthStyle, maxWidth: rect.width - 2)
        } else {
            // An answer to a person comes before what is said at all times, but for a piece of that.
            let said = dashboard.notice.map { TerminalText.width(of: $0.text) } ?? 0
            let least = rect.width / 4
            let most = isAlone ? rect.width - 2 : min(rect.width * 3 / 5, rect.width - 4 - said)
            let width = min(TerminalText.width(of: truth), max(least, most))
            canvas.putRight(truth, rightEdge: rect.maxX - 1, y: rect.y, style: truthStyle, maxWidth: width)
            room = rect.width - width - 4
        }
        let line = Rect(x: rect.x + 1, y: rect.y, width: max(0, room), height: 1)
        switch dashboard.mode {
        case .filtering(let input):
            let full = Rect(x: rect.x, y: rect.y, width: rect.width, height: 1)
            FilterLineView.draw(input, dashboard, in: full, on: &canvas)
        case .searchingLog(let input): drawPrompt("search log: ", input, in: line, on: &canvas)
        case .filteringComparison(let input): drawPrompt("keys with: ", input, in: line, on: &canvas)
        case .renaming(let input, _):
            let full = Rect(x: rect.x, y: rect.y, width: rect.width, height: 1)
            canvas.fill(full, style: .plain)
            let keys = keyText([(.accept, "rename"), (.cancel, "back")], dashboard)
            drawPrompt("another name (\(keys)) ", input, in: full.inset(left: 1, right: 1), on: &canvas)
        case .askingInput(let input, let call):
            let full = Rect(x: rect.x, y: rect.y, width: rect.width, height: 1)
            canvas.fill(full, style: .plain)
            let keys = keyText([(.accept, call.command.confirms ? "next" : "run"), (.cancel, "back")], dashboard)
            let prompt = TerminalText.truncated(TerminalText.sanitized(call.command.prompt ?? ""), to: 40)
            drawPrompt(
                "\(call.command.name): \(prompt) (\(keys)) ", input, in: full.inset(left: 1, right: 1), on: &canvas)
        case .explainingFailure(let input, let targets):
            let full = Rect(x: rect.x, y: rect.y, width: rect.width, height: 1)
            canvas.fill(full, style: .plain)
            let keys = keyText([(.accept, "next"), (.cancel, "back")], dashboard)
            let name = targets.count == 1 ? dashboard.list.table[targets[0]]?.name ?? "" : "\(targets.count) runs"
            drawPrompt(
                "why did \(TerminalText.truncated(name, to: 24)) fail? (\(keys)) ", input,
                in: full.inset(left: 1, right: 1), on: &canvas)
        default:
            if let notice = dashboard.notice {
                drawNotice(notice, dashboard, in: line, on: &canvas)
            } else if dashboard.mode == .browsing || dashboard.isOverlaid {
                drawKeys(dashboard, in: line, on: &canvas)
            }
            return
        }
        // The line being typed has this row, so what is said of it stands above.
        if let lost = dashboard.mode.line?.lost, lost > 0, let notice = dashboard.notice {
            let above = Rect(x: rect.x + 1, y: rect.y - 1, width: rect.width - 2, height: 1)
            canvas.fill(Rect(x: 0, y: above.y, width: canvas.size.columns, height: 1), style: .plain)
            drawNotice(notice, dashboard, in: above, on: &canvas)
        }
    }

    /// `enter: rename, esc: back`.
    private static func keyText(_ actions: [(PromptKeys.Action, String)], _ dashboard: Dashboard) -> String {
        actions.map { "\(PromptKeys.hint($0.0, in: .line, dashboard).0): \($0.1)" }.joined(separator: ", ")
    }

    private static func drawPrompt(_ label: String, _ input: LineInput, in rect: Rect, on canvas: inout Canvas) {
        let used = canvas.put(label, x: rect.x, y: rect.y, style: Theme.title, maxWidth: rect.width - 8)
        input.draw(into: &canvas, x: rect.x + used, y: rect.y, width: rect.width - used)
    }

    private static func drawNotice(
        _ notice: Notice, _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas
    ) {
        let style =
            switch notice.kind {
            case .done: Theme.good
            case .refused: Theme.bad
            case .hint: Theme.title
            }
        let lines = Array(TerminalText.wrapped(notice.text, width: max(1, rect.width)).prefix(mostNoticeLines))
        drawUpwards(lines, from: rect.y, x: rect.x, rect.width, style, rect, on: &canvas)
    }

    /// Lines of which the last is at `bottom`: what does not fit into the footer is drawn over what is above it.
    private static func drawUpwards(
        _ lines: [String], from bottom: Int, x: Int, _ width: Int, _ style: Style, _ footer: Rect,
        on canvas: inout Canvas
    ) {
        for (index, text) in lines.enumerated() {
            let y = bottom - (lines.count - 1) + index
            if y < footer.y {
                canvas.fill(Rect(x: 0, y: y, width: canvas.size.columns, height: 1), style: .plain)
            }
            canvas.put(text, x: x, y: y, style: style, maxWidth: width)
        }
    }

    /// A longer answer is opened as a page of its own.
    static let mostNoticeLines = 4

    private static func drawKeys(_ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas) {
        var x = rect.x
        for hint in FooterHints.hints(dashboard) {
            let width = TerminalText.width(of: hint.key) + 1 + TerminalText.width(of: hint.label)
            guard x + width <= rect.maxX else { break }
            x += canvas.put(hint.key, x: x, y: rect.y, style: Theme.key) + 1
            x += canvas.put(hint.label, x: x, y: rect.y, style: Theme.quiet) + 2
        }
    }
}
