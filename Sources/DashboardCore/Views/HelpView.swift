import TerminalUI

/// The keys, from the same table that the dashboard obeys, and the filter language in a few lines.
enum HelpView {
    static func draw(_ scroll: Int, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let width = min(canvas.size.columns - 6, 112)
        let lines = lines(dashboard, width: width)
        let height = min(lines.count, canvas.size.rows - 3)
        let inside = DialogView.frame(
            "Help", width: width, height: height + 1, glyphs: dashboard.glyphs, on: &canvas)
        let top = min(scroll, max(0, lines.count - height))
        for (index, line) in lines.dropFirst(top).prefix(height).enumerated() {
            line.draw(
                in: Rect(x: inside.x, y: inside.y + index, width: inside.width, height: 1), on: &canvas)
        }
        let ascii = dashboard.glyphs == .ascii
        let down = dashboard.keys.keys(for: .down).first?.label(ascii: ascii) ?? ""
        let more = top + height < lines.count ? [(down, "more")] : []
        let keys = Rect(x: inside.x, y: inside.maxY - 1, width: inside.width, height: 1)
        DialogView.drawKeys(more + PromptKeys.hints([.close], in: .page, dashboard), in: keys, on: &canvas)
    }

    /// The scroll position that shows the end.
    static func lastScroll(_ dashboard: Dashboard) -> Int {
        let lines = lines(dashboard, width: min(dashboard.size.columns - 6, 112)).count
        return max(0, lines - max(0, min(lines, dashboard.size.rows - 3)))
    }

    /// Two columns where there is room for them; what is needed first is then on a screen of 120 by 40.
    private static func lines(_ dashboard: Dashboard, width: Int) -> [StyledLine] {
        let sections = CommandEntry.Group.allCases.map { section($0, dashboard) } + [filterHelp]
        let own = ownCommands(dashboard)
        guard width >= 100 else {
            return (sections + own).flatMap { $0 + [StyledLine()] } + promptHelp(dashboard)
        }
        // Without the prompts, each of which shows its keys itself.
        let left = sections[0] + [StyledLine()] + sections[1] + [StyledLine()] + sections[6]
        let right =
            sections[2] + [StyledLine()] + sections[4] + [StyledLine()] + sections[5] + [StyledLine()] + sections[3]
        let half = width / 2 + 1
        let columns = (0..<max(left.count, right.count)).map { index in
            var line = index < left.count ? left[index] : StyledLine()
            // Cut before the second column begins.
            line.pieces = line.pieces.map {
                .init(x: $0.x, text: $0.text, style: $0.style, width: min($0.width, half - 2 - $0.x))
            }
            if index < right.count {
                line.pieces += right[index].pieces.map {
                    .init(x: $0.x + half, text: $0.text, style: $0.style, width: $0.width)
                }
            }
            return line
        }
        return columns + own.flatMap { [StyledLine()] + $0 }
    }

    /// The user's own commands; no section without any.
    private static func ownCommands(_ dashboard: Dashboard) -> [[StyledLine]] {
        guard !dashboard.commands.isEmpty else { return [] }
        let ascii = dashboard.glyphs == .ascii
        return [
            [heading("Your own")]
                + dashboard.commands.map { command in
                    let key = command.key.map { $0.label(ascii: ascii) + " " } ?? ""
                    return row(key + ":" + command.name, command.summary)
                }
        ]
    }

    private static let keyWidth = 16

    private static func section(_ group: CommandEntry.Group, _ dashboard: Dashboard) -> [StyledLine] {
        let ascii = dashboard.glyphs == .ascii
        let rows = dashboard.keys.bindings.filter { $0.group == group }.map { binding in
            row(binding.keys.map { $0.label(ascii: ascii) }.joined(separator: " "), binding.command.summary)
        }
        return [heading(group.rawValue)] + rows
    }

    /// The keys of prompts that cannot be guessed from a list's; each prompt shows its own.
    private static func promptHelp(_ dashboard: Dashboard) -> [StyledLine] {
        let ascii = dashboard.glyphs == .ascii
        let contexts: [PromptKeys.Context] = [.confirmation, .tagList]
        return contexts.flatMap { context in
            [heading(context.rawValue)]
                + PromptKeys.bindings(in: context).map { binding in
                    row(binding.keys.map { $0.label(ascii: ascii) }.joined(separator: " "), binding.summary)
                } + [StyledLine()]
        }
    }

    private static var filterHelp: [StyledLine] {
        [
            heading("Filter"),
            row("sweep", "name or id has “sweep”"),
            row("status:running", "also status:failed, status:active"),
            row("metrics.loss<0.3", "its latest value"),
            row("tag.team=vision", "tags, params, properties, metrics"),
            row("name ~ \"^lr\"", "regular expression"),
            row("age<2d", "also duration, started, ended"),
            row("a or not b", "and, or, not, parentheses"),
        ]
    }

    private static func heading(_ text: String) -> StyledLine {
        StyledLine(pieces: [.init(x: 0, text: text, style: Theme.title.underlined(), width: 60)])
    }

    private static func row(_ key: String, _ text: String) -> StyledLine {
        StyledLine(pieces: [
            .init(x: 0, text: key, style: Theme.key, width: keyWidth),
            .init(x: keyWidth + 1, text: text, style: .plain, width: 200),
        ])
    }
}
