package import RunModel

/// Keeps files of runs. Paths have `/` between folders; one that leads out of its root, by `..`, by a leading `/` or
/// through a link, is refused with `invalid`.
package protocol ArtifactHosting: ArtifactReading {
    /// What is in `folder`, the top one when nil, by name; empty where there is no such folder. `next` of one page asks for
    /// the one after it.
    func artifacts(
        under root: ArtifactRoot, in folder: String?, after next: PageToken?
    ) async throws(RunServiceError) -> Page<Artifact>

    /// Opens a file for reading; it stays as it is then while it is read. Throws `notFound`, for a folder too.
    func openArtifact(_ path: String, under root: ArtifactRoot) async throws(RunServiceError) -> any ArtifactReader

    /// Begins a file, which takes the place of one of that path when it is finished. Folders are made as needed.
    ///
    /// Throws `notFound` for a run or model that does not exist, and `conflict` where a folder or a log has that path.
    func beginArtifact(_ path: String, under root: ArtifactRoot) async throws(RunServiceError) -> any ArtifactWriter

    /// Appends to a file, which is made when there is none.
    func appendArtifact(
        _ bytes: [UInt8], to path: String, under root: ArtifactRoot
    ) async throws(RunServiceError)

    /// Deletes a file, or a folder with all in it; all that the root has when nil. Throws `notFound` for a path that
    /// there is not.
    func deleteArtifact(_ path: String?, under root: ArtifactRoot) async throws(RunServiceError)
}

/// A file that is being read; closed with the last reference.
package protocol ArtifactReader: Sendable {
    /// Bytes, when it was opened.
    var size: Int64 { get }
    /// When it last changed.
    var modifiedAt: Timestamp { get }

    /// Up to `length` bytes from `offset` on; empty at the end.
    func read(from offset: Int64, length: Int) async throws(RunServiceError) -> [UInt8]
}

/// A file that is being written; unless it is finished, nothing of it is kept after the last reference is gone.
package protocol ArtifactWriter: Sendable {
    /// Adds bytes at the end. Throws `storageFull`. One call at a time.
    func write(_ bytes: [UInt8]) async throws(RunServiceError)

    /// Puts the file in its place, whole, so that it outlasts a power cut; nothing can be written afterwards.
    @discardableResult
    func finish() async throws(RunServiceError) -> Artifact
}
