/// A file or folder among a run's artifacts.
package struct Artifact: Sendable, Equatable, Hashable, Codable {
    /// From the top, with `/` between folders; what `readLog` takes for a file.
    package var path: String
    /// Whether other artifacts may lie below it.
    package var isFolder: Bool
    /// Bytes of a file; nil for a folder, and where the backend does not say.
    package var size: Int64?

    /// Artifacts on one page of a folder at most.
    package static let pageLimit = 500

    /// An artifact as the backend tells of it.
    package init(path: String, isFolder: Bool, size: Int64?) {
        self.path = path
        self.isFolder = isFolder
        self.size = size
    }

    /// The part of the path that tells it from others in its folder.
    package var name: Substring { path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...] }
}
