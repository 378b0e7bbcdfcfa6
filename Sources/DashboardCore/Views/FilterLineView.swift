import RunModel
import TerminalUI

/// The filter as it is typed: where it is wrong, and what could come next.
enum FilterLineView {
    static func draw(_ input: LineInput, _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas) {
        canvas.fill(rect, style: .plain)
        canvas.put("/", x: rect.x + 1, y: rect.y, style: Theme.title)
        let typed = TerminalText.width(of: input.text)
        let aside = aside(input, dashboard)
        let inputWidth = min(max(typed + 1, 20), rect.width * 2 / 3)
        input.draw(into: &canvas, x: rect.x + 2, y: rect.y, width: inputWidth)
        if let error = dashboard.filterError, typed < inputWidth {
            let before = TerminalText.width(of: input.text.prefix(error.range.lowerBound))
            let width = max(1, TerminalText.width(of: input.text.prefix(error.range.upperBound)) - before)
            let wrong = Rect(x: rect.x + 2 + before, y: rect.y, width: width, height: 1)
            canvas.restyle(wrong) { $0.foreground(.red).underlined() }
        }
        let x = rect.x + 2 + inputWidth + 2
        canvas.put(aside.text, x: x, y: rect.y, style: aside.style, maxWidth: rect.maxX - x - 1)
    }

    private static func aside(_ input: LineInput, _ dashboard: Dashboard) -> (text: String, style: Style) {
        if let error = dashboard.filterError { return (error.message, Theme.bad) }
        let completions = dashboard.filterCompletions(input).prefix(6).map(\.replacement)
        let counts = "\(dashboard.list.matchCount) of \(dashboard.list.scopeCount)"
        if completions.isEmpty || input.text.isEmpty {
            let keep = PromptKeys.hint(.accept, in: .line, dashboard).0
            let clear = PromptKeys.hint(.cancel, in: .line, dashboard).0
            return ("\(counts)  \(keep) keeps it, \(clear) clears, e.g. status:running metrics.loss<0.3", Theme.quiet)
        }
        let key = PromptKeys.hint(.complete, in: .line, dashboard).0
        return ("\(counts)  \(key): \(completions.joined(separator: "  "))", Theme.quiet)
    }
}
