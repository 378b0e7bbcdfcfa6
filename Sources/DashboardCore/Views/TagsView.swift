import RunModel
import TerminalUI

/// Tags, which can be edited, beside properties and parameters, which can't: the headings say so.
enum TagsView {
    static func lines(_ run: Run, _ dashboard: Dashboard, width: Int) -> [StyledLine] {
        let key = dashboard.keyName(.editTags)
        let hint = dashboard.unavailable(.editTags) == nil ? "\(key) edits" : "read-only"
        return section("Tags", hint, run.shownTags.entries.map { ($0.key, $0.value) }, width, empty: "none")
            + section("Properties", "immutable", run.properties.entries.map { ($0.key, $0.value) }, width)
            + section("Parameters", "immutable", run.params.entries.map { ($0.key, $0.value) }, width)
    }

    private static func section(
        _ title: String, _ note: String, _ pairs: [(String, String?)], _ width: Int, empty: String? = nil
    ) -> [StyledLine] {
        guard !pairs.isEmpty || empty != nil else { return [] }
        var lines = [
            StyledLine(pieces: [
                .init(x: 0, text: title, style: Theme.title.underlined(), width: 12),
                .init(x: title.count + 2, text: note, style: Theme.quiet, width: 20),
            ])
        ]
        if pairs.isEmpty, let empty {
            lines.append(StyledLine(pieces: [.init(x: 2, text: empty, style: Theme.quiet, width: width - 2)]))
        }
        let longest = pairs.map { TerminalText.width(of: $0.0) }.max() ?? 0
        let keyWidth = min(longest, max(10, width / 3))
        for (key, value) in pairs {
            let values = value.map { TerminalText.wrapped($0, width: max(8, width - keyWidth - 5)) } ?? [""]
            for (index, text) in values.enumerated() {
                var line = StyledLine()
                if index == 0 {
                    line.pieces.append(.init(x: 2, text: key, style: Theme.title, width: keyWidth))
                }
                if value != nil {
                    line.pieces.append(.init(x: keyWidth + 4, text: text, style: .plain, width: width - keyWidth - 4))
                }
                lines.append(line)
            }
        }
        return lines + [StyledLine()]
    }
}
