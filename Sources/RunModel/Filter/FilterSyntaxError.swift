/// Why a text is not a filter, and where.
package struct FilterSyntaxError: Error, Equatable, Sendable {
    /// A sentence that says what was expected.
    package let message: String
    /// Where it is wrong, in Characters of the text; empty and at the end when something is still missing.
    package let range: Range<Int>

    /// A sentence about a part of the text.
    package init(message: String, range: Range<Int>) {
        self.message = message
        self.range = range
    }
}
