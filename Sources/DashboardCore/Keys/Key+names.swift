package import TerminalUI

extension Key {
    /// As help and footer write it: `c`, `ctrl-l`, `↑`.
    package func label(ascii: Bool) -> String {
        switch self {
        case .character(" "): "space"
        case .character(let character): String(character)
        case .control(" "): "ctrl-space"
        case .control(let character): "ctrl-\(character)"
        case .alt(let character): "alt-\(character)"
        case .function(let number): "F\(number)"
        case .up: ascii ? "up" : "↑"
        case .down: ascii ? "down" : "↓"
        case .left: ascii ? "left" : "←"
        case .right: ascii ? "right" : "→"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .home: "Home"
        case .end: "End"
        case .enter: "enter"
        case .escape: "esc"
        case .tab: "tab"
        case .backTab: "shift-tab"
        case .backspace: "backspace"
        case .delete: "delete"
        case .insert: "insert"
        case .shiftUp: "shift-up"
        case .shiftDown: "shift-down"
        case .shiftLeft: "shift-left"
        case .shiftRight: "shift-right"
        default: "\(self)"
        }
    }

    /// The key that a label means, in either form; names of keys in any case. Nil for what no terminal sends as that key.
    package init?(label: String) {
        if label.count == 1, let character = label.first {
            if let arrow = Self.named.first(where: { $0.label(ascii: false) == label }) {
                self = arrow
                return
            }
            guard character.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }) else {
                return nil
            }
            self = .character(character)
            return
        }
        let name = label.lowercased()
        if let key = Self.named.first(where: { $0.label(ascii: true).lowercased() == name }) {
            self = key
        } else if name.hasPrefix("ctrl-"), name.count == 6, let character = name.last {
            // These come as the keys that send the same: backspace, tab, enter, escape.
            guard ("a"..."z").contains(character) && !"hijm".contains(character) || "@]^_\\".contains(character) else {
                return nil
            }
            self = .control(character)
        } else if name.hasPrefix("alt-"), label.count == 5, let character = label.last, character.isASCII {
            self = .alt(character)
        } else if name.hasPrefix("f"), let number = Int(name.dropFirst()), (1...12).contains(number) {
            self = .function(number)
        } else if let key = Self.otherNames[name] {
            self = key
        } else {
            return nil
        }
    }

    private static let named: [Key] = [
        " ", .control(" "), .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .enter, .escape, .tab, .backTab,
        .backspace, .delete, .insert, .shiftUp, .shiftDown, .shiftLeft, .shiftRight,
    ]

    private static let otherNames: [String: Key] = [
        "page-up": .pageUp, "pageup": .pageUp, "page-down": .pageDown, "pagedown": .pageDown, "return": .enter,
        "escape": .escape, "backtab": .backTab, "del": .delete, "ins": .insert,
    ]
}
