package import TerminalUI

/// The one table of keys: what the dashboard obeys, the footer offers, and help and README explain.
package struct KeyMap: Sendable {
    package struct Binding: Sendable {
        package let keys: [Key]
        package let command: Command
        package let group: Group
    }

    package enum Group: String, CaseIterable, Sendable {
        case moving = "Moving"
        case runs = "Runs"
        case run = "The selected run"
        case steering = "Steering"
        case program = "runwatch"
    }

    package let bindings: [Binding]
    private let commands: [Key: Command]

    package init(_ bindings: [Binding]) {
        self.bindings = bindings
        var commands: [Key: Command] = [:]
        for binding in bindings {
            for key in binding.keys { commands[key] = binding.command }
        }
        self.commands = commands
    }

    package func command(for key: Key) -> Command? { commands[key] }

    package func keys(for command: Command) -> [Key] {
        bindings.filter { $0.command == command }.flatMap(\.keys)
    }

    /// Arrows beside vi keys; nothing on ctrl-s, ctrl-q (flow control) or ctrl-a, ctrl-b (screen's and tmux's prefixes),
    /// and no action on a function key alone, since terminals take those.
    package static let standard = KeyMap([
        Binding(keys: [.up, .character("k"), .control("p")], command: .up, group: .moving),
        Binding(keys: [.down, .character("j"), .control("n")], command: .down, group: .moving),
        Binding(keys: [.pageUp], command: .pageUp, group: .moving),
        Binding(keys: [.pageDown, .control("f")], command: .pageDown, group: .moving),
        Binding(keys: [.control("u")], command: .halfPageUp, group: .moving),
        Binding(keys: [.control("d")], command: .halfPageDown, group: .moving),
        Binding(keys: [.home, .character("g")], command: .first, group: .moving),
        Binding(keys: [.end, .character("G")], command: .last, group: .moving),
        Binding(keys: [.left, .character("h")], command: .left, group: .moving),
        Binding(keys: [.right, .character("l")], command: .right, group: .moving),
        Binding(keys: [.enter], command: .open, group: .moving),
        Binding(keys: [.escape], command: .back, group: .moving),
        Binding(keys: [.tab], command: .nextPane, group: .moving),
        Binding(keys: [.backTab], command: .previousPane, group: .moving),

        Binding(keys: [.character("/")], command: .filter, group: .runs),
        Binding(keys: [.character(" ")], command: .mark, group: .runs),
        Binding(keys: [.character("V")], command: .markRange, group: .runs),
        Binding(keys: [.character("*")], command: .markAll, group: .runs),
        Binding(keys: [.character("U")], command: .unmarkAll, group: .runs),
        Binding(keys: [.character("o")], command: .sort, group: .runs),
        Binding(keys: [.character("O")], command: .reverseSort, group: .runs),
        Binding(keys: [.character(">")], command: .nextSort, group: .runs),
        Binding(keys: [.character("<")], command: .previousSort, group: .runs),
        Binding(keys: [.character("Z")], command: .foldAll, group: .runs),

        Binding(keys: [.character("1")], command: .overview, group: .run),
        Binding(keys: [.character("2")], command: .metrics, group: .run),
        Binding(keys: [.character("3")], command: .logs, group: .run),
        Binding(keys: [.character("4")], command: .tags, group: .run),
        Binding(keys: [.character("5")], command: .children, group: .run),
        Binding(keys: [.character("z")], command: .zoom, group: .run),
        Binding(keys: [.character("x")], command: .xAxis, group: .run),
        Binding(keys: [.character("F")], command: .follow, group: .run),
        Binding(keys: [.character("n")], command: .nextMatch, group: .run),
        Binding(keys: [.character("N")], command: .previousMatch, group: .run),
        Binding(keys: [.character("w")], command: .wrap, group: .run),

        Binding(keys: [.character("c")], command: .cancel, group: .steering),
        Binding(keys: [.character("f")], command: .fail, group: .steering),
        Binding(keys: [.character("C")], command: .complete, group: .steering),
        Binding(keys: [.character("t")], command: .editTags, group: .steering),
        Binding(keys: [.character("R")], command: .rename, group: .steering),

        Binding(keys: [.character("r")], command: .refresh, group: .program),
        Binding(keys: [.character("p")], command: .pause, group: .program),
        Binding(keys: [.character("+"), .character("=")], command: .slower, group: .program),
        Binding(keys: [.character("-")], command: .faster, group: .program),
        Binding(keys: [.character("S")], command: .service, group: .program),
        Binding(keys: [.character(":")], command: .command, group: .program),
        Binding(keys: [.character("?")], command: .help, group: .program),
        Binding(keys: [.control("l")], command: .redraw, group: .program),
        Binding(keys: [.control("z")], command: .suspend, group: .program),
        Binding(keys: [.character("q")], command: .quit, group: .program),
    ])
}

extension Key {
    /// As help and footer write it: `c`, `ctrl-l`, `↑`.
    package func label(ascii: Bool) -> String {
        switch self {
        case .character(" "): "space"
        case .character(let character): String(character)
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
        default: "\(self)"
        }
    }
}
