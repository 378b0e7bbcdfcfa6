/// One thing that a person did at the keyboard, after the terminal's escape sequences have been decoded.
package enum Key: Hashable, Sendable {
    /// A printable character without control or alt.
    case character(Character)
    case enter, escape, tab, backTab, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    case shiftUp, shiftDown, shiftLeft, shiftRight
    /// A lower-case letter, or one of `@[\]^_` and blank, typed with control.
    case control(Character)
    /// A character typed with alt, or right after escape.
    case alt(Character)
    /// F1 is `.function(1)`.
    case function(Int)
    /// Text that arrived as one bracketed paste; never to be read as commands.
    case paste(String)
    case focusIn, focusOut
    /// Where the mouse is listened to.
    case mouse(Mouse)
}
