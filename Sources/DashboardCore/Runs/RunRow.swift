/// One line of the run list: a run and its place in the visible tree.
package struct RunRow: Sendable, Equatable {
    let slot: RunTable.Slot
    let depth: Int32
    /// Bit N is set when the ancestor at depth N (the row itself at `depth`) has no later sibling below it.
    ///
    /// Beyond 64 levels the guide lines repeat the last bit, which only affects how they look.
    let lastBits: UInt64
    let hasChildren: Bool
    let isExpanded: Bool
    /// Shown only because something below it matches the filter.
    let isContext: Bool

    func isLast(at depth: Int32) -> Bool { lastBits & (1 << UInt64(min(depth, 63))) != 0 }
}
