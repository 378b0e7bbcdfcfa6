/// Why a terminal cannot be used, in a sentence for the person who started the program.
package struct TerminalError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A sentence that says what to do.
    package let description: String

    /// With a sentence that says what to do.
    package init(_ description: String) {
        self.description = description
    }
}
