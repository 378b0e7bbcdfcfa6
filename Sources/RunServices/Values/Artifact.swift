/// A file or folder among a run's artifacts.
package struct Artifact: Sendable, Equatable, Hashable {
    /// From the top, with `/` between folders; what `readLog` takes for a file.
    package var path: String
    package var isFolder: Bool
    /// Bytes of a file; nil for a folder, and where the backend does not say.
    package var size: Int64?

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
    package var artifacts: [Artifact]
    /// What to ask for the rest with; nil at the end.
    package var next: String?

    package init(artifacts: [Artifact], next: String? = nil) {
        self.artifacts = artifacts
        self.next = next
    }

    /// Artifacts on one page at most.
    package static let limit = 500
}
