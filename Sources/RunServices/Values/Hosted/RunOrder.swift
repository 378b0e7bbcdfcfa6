package import RunModel

/// One of the things that runs are ordered by: missing values last, whichever the direction, NaN just before them.
package struct RunOrder: Sendable, Equatable {
    /// What is compared.
    package enum Key: Sendable, Equatable {
        /// When the run started, or was created where it has not started.
        case started
        case ended
        case created
        /// By a rank for each status; what has none comes last.
        case status([RunStatus: Int])
        case name
        case id
        case user
        case number
        case artifactURI
        /// By its newest value; texts after numbers.
        case metric(String)
        case param(String)
        case tag(String)
        case property(String)
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
