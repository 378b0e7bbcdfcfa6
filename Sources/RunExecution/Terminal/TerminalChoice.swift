/// Whether a command gets a pseudo-terminal.
package enum TerminalChoice: Sendable {
    /// Where this process itself has a terminal for input and output and is in its foreground.
    case automatic
    case always
    case never
}
