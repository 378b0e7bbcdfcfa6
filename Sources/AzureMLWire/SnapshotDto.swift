/// The newest snapshot of a project's files.
package struct SnapshotDto: Codable, Sendable, Equatable {
    /// The snapshot.
    package var id: String
    /// What is in it; an empty object for nothing.
    package var root: AzureJSON

    /// A snapshot of nothing, to which the next one is compared.
    package init(emptyWithID id: String) {
        self.id = id
        root = .object([:])
    }
}

/// Where the files of a snapshot are to be written.
package struct SnapshotBlobs: Codable, Sendable, Equatable {
    /// Files that the service wants; it may want none.
    package var fileNodes: [AzureJSON]

    /// Wants no file.
    package static let none = SnapshotBlobs(fileNodes: [])

    /// Wants these files.
    package init(fileNodes: [AzureJSON]) { self.fileNodes = fileNodes }
}
