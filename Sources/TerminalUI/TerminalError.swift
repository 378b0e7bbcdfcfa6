/// Why a terminal cannot be used, in a sentence for the person who started the program.
package struct TerminalError: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
