/// A block of cells: where a view draws.
package struct Rect: Equatable, Sendable {
    /// The leftmost column.
    package var x: Int
    /// The topmost row.
    package var y: Int
    /// Cells across; never negative.
    package var width: Int
    /// Cells down; never negative.
    package var height: Int

    /// Negative extents become zero, so that arithmetic on a tiny terminal gives an empty block, not a trap.
    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = max(0, width)
        self.height = max(0, height)
    }

    /// The whole of a canvas or terminal.
    package init(_ size: Size) {
        self.init(x: 0, y: 0, width: size.columns, height: size.rows)
    }

    /// The leftmost column.
    package var minX: Int { x }
    /// The topmost row.
    package var minY: Int { y }
    /// The first column to the right of the block.
    package var maxX: Int { x + width }
    /// The first row below the block.
    package var maxY: Int { y + height }
    /// Cells across and down.
    package var size: Size { Size(columns: width, rows: height) }
    /// Whether it covers no cell.
    package var isEmpty: Bool { width == 0 || height == 0 }
    /// Its rows, from the top.
    package var rows: Range<Int> { y..<maxY }
    /// Its columns, from the left.
    package var columns: Range<Int> { x..<maxX }

    /// Whether the cell is in the block.
    package func contains(x: Int, y: Int) -> Bool {
        columns.contains(x) && rows.contains(y)
    }

    /// The block that both cover; empty when they do not meet.
    package func intersection(_ other: Rect) -> Rect {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return Rect(x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
    }

    /// The block without `dx` columns on either side and `dy` rows above and below.
    package func inset(dx: Int, dy: Int) -> Rect {
        inset(left: dx, top: dy, right: dx, bottom: dy)
    }

    /// The block without so many columns and rows at its edges; empty when there are none left.
    package func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Rect {
        Rect(x: x + left, y: y + top, width: width - left - right, height: height - top - bottom)
    }

    /// The topmost `rows` rows and what is left below; asks for more than there is get all there is.
    package func split(top rows: Int) -> (top: Rect, rest: Rect) {
        let rows = min(max(0, rows), height)
        return (Rect(x: x, y: y, width: width, height: rows), inset(top: rows))
    }

    /// What is left above, and the lowest `rows` rows.
    package func split(bottom rows: Int) -> (rest: Rect, bottom: Rect) {
        let (rest, bottom) = split(top: height - min(max(0, rows), height))
        return (rest, bottom)
    }

    /// The leftmost `columns` columns and what is left beside them.
    package func split(left columns: Int) -> (left: Rect, rest: Rect) {
        let columns = min(max(0, columns), width)
        return (Rect(x: x, y: y, width: columns, height: height), inset(left: columns))
    }

    /// What is left beside, and the rightmost `columns` columns.
    package func split(right columns: Int) -> (rest: Rect, right: Rect) {
        let (rest, right) = split(left: width - min(max(0, columns), width))
        return (rest, right)
    }

    /// A block of the given size in the middle of this one, never larger than this one: for dialogs.
    package func centered(width: Int, height: Int) -> Rect {
        let width = min(width, self.width)
        let height = min(height, self.height)
        return Rect(x: x + (self.width - width) / 2, y: y + (self.height - height) / 2, width: width, height: height)
    }
}
