/// What goes to a terminal beside its cells.
package enum TerminalSignal: Equatable, Sendable {
    case bell
    /// What window or tab are called.
    case title(String)
    /// A text for the clipboard of whoever sits at the terminal.
    case clipboard(String)
    /// A message of the desktop, for when the terminal is not looked at.
    case notification(title: String, body: String)
}

/// The escape sequence by which a terminal takes a desktop notification.
package enum NotificationProtocol: String, CaseIterable, Sendable {
    /// iTerm2's: one text.
    case osc9
    /// rxvt-unicode's: a title and a text.
    case osc777
    /// kitty's: a title and a text, in two parts.
    case osc99
}

/// What stands between this program and the terminal and has to be told to let a sequence through.
package enum TerminalWrapping: Equatable, Sendable {
    case none
    /// Lets through where its option `allow-passthrough` is on (since tmux 3.3).
    case tmux
    case screen
}
