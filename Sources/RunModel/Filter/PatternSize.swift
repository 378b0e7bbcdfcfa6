/// How large a pattern becomes in the C library, which writes every repetition out: `(ab){3}` as `ababab`.
///
/// Fed with the parts of a pattern from left to right. Sizes stop at `Int32.max`, so that nothing overflows.
struct PatternSize {
    private struct Group {
        /// Characters so far.
        var size = 0
        /// Of the last part, which a repetition would repeat.
        var last = 0
        /// How often its innermost part is repeated.
        var lastRepeats = 1
        /// The most that any part is repeated.
        var repeats = 1
    }

    private var open: [Group] = []
    private var current = Group()

    private static let limit = Int(Int32.max)

    /// Characters of the pattern once it is written out.
    var total: Int { open.reduce(current.size) { min(Self.limit, $0 + $1.size) } }

    /// The product of repetitions within each other, where it is greatest.
    var repetition: Int { open.reduce(current.repeats) { max($0, $1.repeats) } }

    /// A character, a class or an anchor.
    mutating func append(_ size: Int) { append(size, repeats: 1) }

    mutating func openGroup() {
        open.append(current)
        current = Group()
    }

    /// A parenthesis too many is the C library's to refuse.
    mutating func closeGroup() {
        guard let outer = open.popLast() else { return }
        let inner = current
        current = outer
        append(inner.size + 1, repeats: inner.repeats)
    }

    /// The last part, `count` times.
    mutating func repeatLast(_ count: Int) {
        resizeLast(by: max(1, count))
        current.lastRepeats = min(Self.limit, current.lastRepeats * max(1, count))
        current.repeats = max(current.repeats, current.lastRepeats)
    }

    /// `a+`, which is written out as `aa*`.
    mutating func doubleLast() { resizeLast(by: 2) }

    private mutating func resizeLast(by factor: Int) {
        let before = current.last
        current.last = min(Self.limit, before * factor)
        current.size = min(Self.limit, current.size - before + current.last)
    }

    private mutating func append(_ size: Int, repeats: Int) {
        current.size = min(Self.limit, current.size + size)
        current.last = size
        current.lastRepeats = repeats
        current.repeats = max(current.repeats, repeats)
    }
}
