import TerminalUI

extension TerminalError {
    static func notATerminal(_ stream: String) -> TerminalError {
        TerminalError("\(stream) is not a terminal, which the dashboard needs.")
    }

    static func noScreen(_ name: String) -> TerminalError {
        TerminalError(
            "The terminal TERM=\(TerminalText.sanitized(name)) can't move its cursor, which the dashboard needs. "
                + "Try TERM=xterm-256color.")
    }

    /// - Parameter name: the value of TERM; it comes from outside, like any other text.
    static func unknownTerminal(_ name: String) -> TerminalError {
        if name.isEmpty {
            return TerminalError("TERM is not set, so what this terminal can do is unknown. Try TERM=xterm-256color.")
        }
        return TerminalError(
            "This computer has no description of the terminal TERM=\(TerminalText.sanitized(name)). "
                + "Try TERM=xterm-256color.")
    }
}
