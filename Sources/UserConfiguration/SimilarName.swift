/// Finds what a person meant who mistyped a name.
package enum SimilarName {
    /// The nearest of some names; nil when none is near enough to be meant.
    package static func nearest(to text: String, in names: [String]) -> String? {
        let letters = Array(text.lowercased().unicodeScalars.prefix(60))
        let found = names.map { ($0, distance(letters, Array($0.unicodeScalars))) }.min { $0.1 < $1.1 }
        guard let found, found.1 <= max(1, min(letters.count, found.0.count) / 3) else { return nil }
        return found.0
    }

    /// How many letters must be put in, taken out, changed or swapped with the next.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var (beforeLast, last) = ([Int](), Array(0...right.count))
        for (row, letter) in left.enumerated() {
            var next = [row + 1]
            for (column, other) in right.enumerated() {
                var best = min(next[column] + 1, last[column + 1] + 1, last[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                next.append(best)
            }
            (beforeLast, last) = (last, next)
        }
        return last[right.count]
    }
}
