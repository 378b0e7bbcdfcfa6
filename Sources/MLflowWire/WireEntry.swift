/// A tag or a parameter; an empty value may be left out.
package struct WireEntry: Codable, Sendable, Equatable {
    /// The name of the tag or parameter.
    package var key: String
    /// Nil counts as empty.
    package var value: String?

    /// A tag or a parameter.
    package init(key: String, value: String?) {
        self.key = key
        self.value = value
    }
}
