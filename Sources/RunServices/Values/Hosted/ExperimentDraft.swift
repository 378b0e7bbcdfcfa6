package import RunModel

/// An experiment to be made.
package struct ExperimentDraft: Sendable, Equatable {
    /// One line; taken neither by another experiment nor by a deleted one.
    package var name: String
    /// The tags it has from the start.
    package var tags: Tags
    /// Where its runs keep artifacts, as an address that clients understand; nil leaves that to the host.
    package var artifactLocation: String?

    /// An experiment that has these parts when it is made.
    package init(name: String, tags: Tags = Tags(), artifactLocation: String? = nil) {
        self.name = name
        self.tags = tags
        self.artifactLocation = artifactLocation
    }
}
