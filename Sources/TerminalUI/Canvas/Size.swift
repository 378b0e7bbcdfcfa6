/// How many cells a terminal, a canvas or a part of one holds.
package struct Size: Equatable, Sendable {
    /// Cells across; never negative.
    package var columns: Int
    /// Cells down; never negative.
    package var rows: Int

    /// Negative counts become zero: a terminal may report nonsense while it is being resized.
    package init(columns: Int, rows: Int) {
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }
}
