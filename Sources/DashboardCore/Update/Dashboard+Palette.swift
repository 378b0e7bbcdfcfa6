import TerminalUI

extension Dashboard {
    mutating func paletteKey(_ key: Key, _ palette: Palette) -> [Effect] {
        var palette = palette
        let matches = palette.matches
        switch key {
        case .enter:
            guard let command = palette.chosen else {
                mode = .browsing
                if !palette.word.isEmpty { announce(.refused, "There is no command “\(palette.word)”; ? lists them.") }
                return []
            }
            mode = .browsing
            return perform(command, argument: palette.argument)
        case .escape: mode = .browsing
        case .up, .control("p"):
            palette.selection = max(0, palette.selection - 1)
            mode = .commanding(palette)
        case .down, .control("n"):
            palette.selection = min(max(0, matches.count - 1), palette.selection + 1)
            mode = .commanding(palette)
        case .tab:
            if matches.indices.contains(palette.selection) {
                let command = matches[palette.selection]
                palette.input = LineInput(text: command.name + (command.takesArgument ? " " : ""))
                palette.selection = 0
            }
            mode = .commanding(palette)
        case .backspace where palette.input.text.isEmpty: mode = .browsing
        default:
            if palette.input.handle(key) { palette.selection = 0 }
            mode = .commanding(palette)
        }
        return []
    }
}
