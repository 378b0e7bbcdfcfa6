import RunModel
import RunServices
import TerminalUI

extension Dashboard {
    mutating func paletteKey(_ key: Key, _ palette: CommandPalette) -> [Effect] {
        var palette = palette
        let words = palette.completed.map { paletteWords($0, palette.argument) }
        // What is typed is one more choice beside the words that match it.
        let last = words?.count ?? palette.matches.count - 1
        if key == .backspace, palette.input.text.isEmpty {
            mode = .browsing
            return []
        }
        switch PromptKeys.action(for: key, in: .line) {
        case .accept: return run(palette, words)
        case .cancel: mode = .browsing
        case .up:
            palette.selection = max(0, palette.selection - 1)
            mode = .commanding(palette)
        case .down:
            palette.selection = min(max(0, last), palette.selection + 1)
            mode = .commanding(palette)
        case .complete:
            complete(&palette, words)
            mode = .commanding(palette)
        default:
            if palette.input.handle(key) { palette.selection = 0 }
            mode = .commanding(palette)
        }
        return []
    }

    private mutating func run(_ palette: CommandPalette, _ words: [PaletteWord]?) -> [Effect] {
        mode = .browsing
        if let words, let command = palette.completed, words.indices.contains(palette.selection - 1) {
            return perform(command, argument: words[palette.selection - 1].text)
        }
        switch palette.chosen {
        case .builtIn(let command): return perform(command, argument: palette.argument)
        case .own(let command): return perform(command, input: palette.argument)
        case nil: break
        }
        if !palette.word.isEmpty {
            announce(.refused, "There is no command “\(palette.word)”; \(keyName(.help)) lists them.")
        }
        return []
    }

    private func complete(_ palette: inout CommandPalette, _ words: [PaletteWord]?) {
        if let words, let command = palette.completed {
            guard !words.isEmpty else { return }
            let word = words[max(0, min(palette.selection, words.count) - 1)]
            palette.input = LineInput(text: command.name + " " + word.text)
        } else if palette.matches.indices.contains(palette.selection) {
            let command = palette.matches[palette.selection]
            palette.input = LineInput(text: command.name + (command.takesArgument ? " " : ""))
        }
        palette.selection = 0
    }

    /// What can follow a command's name, as far as it can be listed: what begins with `typed`, then what contains it.
    package func paletteWords(_ command: Command, _ typed: String) -> [PaletteWord] {
        let all: [PaletteWord] =
            switch command {
            case .service:
                services.known.map { known in
                    let place = known.name == nil || known.name == known.location ? "" : known.location + "  "
                    return PaletteWord(
                        text: known.name ?? known.location, note: place + "\(known.kind)  \(known.reason)")
                }
            case .logFile:
                (currentDetails?.logs ?? []).map { PaletteWord(text: $0.name, note: ByteText.brief($0.size)) }
            case .best:
                metricColumns.flatMap { metric in
                    ["min", "max"].map {
                        PaletteWord(text: ColumnWords.typed(.metric(metric)) + " " + $0, note: "")
                    }
                }
            case .view:
                [PaletteWord(text: "save ", note: "name what is shown")]
                    + views.map { PaletteWord(text: $0.name, note: ViewText.summary($0, glyphs)) }
            case .columns:
                [("auto", "the metrics that most runs have"), ("differ", "parameters and tags that differ")]
                    .map { PaletteWord(text: $0.0, note: $0.1) }
            case .sort: sortColumns.map { PaletteWord(text: $0.title, note: "") }
            case .experiment:
                [PaletteWord(text: "all", note: "")]
                    + experiments.experiments.map {
                        PaletteWord(text: $0.name, note: Counted.text($0.counts.total, "run"))
                    }
            default: []
            }
        let wanted = typed.lowercased()
        let matching = all.filter { wanted.isEmpty || $0.text.lowercased().contains(wanted) }
        return matching.filter { $0.text.lowercased().hasPrefix(wanted) }
            + matching.filter { !$0.text.lowercased().hasPrefix(wanted) }
    }
}

/// A word or more that can follow a command's name.
package struct PaletteWord: Equatable, Sendable {
    /// What is put in the line.
    package let text: String
    /// What is said beside it; may be empty.
    package let note: String
}
