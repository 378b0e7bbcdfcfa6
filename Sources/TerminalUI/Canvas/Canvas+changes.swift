extension Canvas {
    /// The columns from the first to the last cell of a row that differ from `earlier`, which must be of the same size;
    /// nil when none does. Wide characters are wholly in or out.
    package func changedColumns(row: Int, since earlier: Canvas) -> Range<Int>? {
        let start = row * size.columns
        var first = start
        var last = start + size.columns - 1
        while first <= last, cells[first] == earlier.cells[first] { first += 1 }
        guard first <= last else { return nil }
        while cells[last] == earlier.cells[last] { last -= 1 }
        if cells[first].isContinuation { first -= 1 }
        if last + 1 < start + size.columns, cells[last + 1].isContinuation { last += 1 }
        return first - start..<last + 1 - start
    }
}
