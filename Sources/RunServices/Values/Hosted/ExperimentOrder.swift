/// One of the things that experiments are ordered by.
package struct ExperimentOrder: Sendable, Equatable {
    /// What is compared.
    package enum Key: Sendable {
        case name, id, created, updated
    }

    /// What is compared.
    package var key: Key
    /// Whether the greatest comes first.
    package var isDescending: Bool

    /// An order by one key.
    package init(_ key: Key, isDescending: Bool = false) {
        self.key = key
        self.isDescending = isDescending
    }
}
