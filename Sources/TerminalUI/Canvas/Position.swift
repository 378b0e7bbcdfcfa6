/// A cell's place on a canvas: column and row, both from zero, origin at the top left.
package struct Position: Hashable, Sendable {
    /// Column.
    package var x: Int
    /// Row.
    package var y: Int

    /// A cell's place, which need not be on the canvas.
    package init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }
}
