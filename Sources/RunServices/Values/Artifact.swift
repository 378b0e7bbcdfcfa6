/// A file or folder among a run's artifacts.
package struct Artifact: Sendable, Equatable, Hashable {
    /// From the top, with `/` between folders; what `readLog` takes for a file.
    package var path: String
    /// Whether other artifacts may lie below it.
    package var isFolder: Bool
    /// Bytes of a file; nil for a folder, and where the backend does not say.
    package var size: Int64?

    /// An artifact as the backend tells of it.
    package init(path: String, isFolder: Bool, size: Int64?) {
        self.path = path
        self.isFolder = isFolder
        self.size = size
    }

    /// The part of the path that tells it from others in its folder.
    package var name: Substring { path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...] }
}

/// A part of a folder, in the backend's order.
package struct ArtifactPage: Sendable, Equatable {
    /// At most `limit` files and folders.
    package var artifacts: [Artifact]
    /// What to ask for the rest with; nil at the end.
    package var next: String?

    /// A page of these artifacts, the last one when `next` is nil.
    package init(artifacts: [Artifact], next: String? = nil) {
        self.artifacts = artifacts
        self.next = next
    }

    /// Artifacts on one page at most.
    package static let limit = 500
}
