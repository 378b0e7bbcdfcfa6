/// One thing that a person did with the mouse.
package struct Mouse: Hashable, Sendable {
    /// What was done.
    package enum Gesture: Hashable, Sendable {
        /// The first button was pressed.
        case click
        case wheelUp, wheelDown
    }

    /// What was done.
    package var gesture: Gesture
    /// The cell, from the top left of the screen.
    package var position: Position

    /// A gesture in a cell.
    package init(_ gesture: Gesture, x: Int, y: Int) {
        self.gesture = gesture
        position = Position(x: x, y: y)
    }

    /// What xterm's number for buttons means; nil for releases of buttons, other buttons, and keys held meanwhile.
    init?(button: Int, column: Int, row: Int) {
        guard column >= 1, row >= 1, column <= 10_000, row <= 10_000 else { return nil }
        switch button {
        case 0: self.init(.click, x: column - 1, y: row - 1)
        case 64: self.init(.wheelUp, x: column - 1, y: row - 1)
        case 65: self.init(.wheelDown, x: column - 1, y: row - 1)
        default: return nil
        }
    }
}
