import CNcurses
import TerminalUI

/// The key sequences in the terminal's own description (terminfo).
enum TerminalKeys {
    private static let capabilities: [(name: String, key: Key)] = [
        ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home), ("kend", .end),
        ("kpp", .pageUp), ("knp", .pageDown), ("kich1", .insert), ("kdch1", .delete), ("kbs", .backspace),
        ("kcbt", .backTab), ("kri", .shiftUp), ("kind", .shiftDown), ("kLFT", .shiftLeft), ("kRIT", .shiftRight),
        ("kent", .enter),
    ]

    /// Needs an open terminal.
    static func described() -> [[UInt8]: Key] {
        var keys: [[UInt8]: Key] = [:]
        let functions = (1...12).map { (name: "kf\($0)", key: Key.function($0)) }
        for (name, key) in capabilities + functions {
            guard let sequence = cn_capability(name) else { continue }
            let bytes = Array(String(cString: sequence).utf8)
            // A single byte is left to the common rules, except that it says which one backspace sends. Otherwise a
            // description like ansi's, where down is ctrl-j, would take over enter.
            guard bytes.count > 1 || key == .backspace else { continue }
            keys[bytes] = key
        }
        return keys
    }
}
