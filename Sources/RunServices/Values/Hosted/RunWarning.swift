/// Something that a run warned of without failing.
package struct RunWarning: Sendable, Equatable {
    /// The part of the program that warned; may be empty.
    package var source: String
    /// Untrusted text.
    package var message: String

    /// A warning in the words of its source.
    package init(source: String, message: String) {
        self.source = source
        self.message = message
    }
}
