/// A tag or a parameter; an empty value may be left out.
package struct WireEntry: Codable, Sendable, Equatable {
    package var key: String
    package var value: String?

    package init(key: String, value: String?) {
        self.key = key
        self.value = value
    }
}
