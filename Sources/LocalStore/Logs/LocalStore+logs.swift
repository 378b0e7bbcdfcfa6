package import RunModel
package import RunServices

extension LocalStore {
    /// Appends to a file of the store's directory. Throws `notFound` before the file is made when the run does not
    /// exist.
    package func appendLog(_ bytes: [UInt8], named name: String, of id: RunID) async throws(RunServiceError) {
        try requireWriting()
        try await logs.append(bytes, named: name, of: id) { () async throws(RunServiceError) in
            _ = try await connections.read { db in try db.key(of: id, deleted: .counts) }
        }
    }

    /// Reads the log first, and asks the database only when there is none for the run, whose artifacts may be meant.
    package func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk {
        let isLogName = (try? LogDirectory.validated(name)) != nil
        if isLogName, let chunk = try logs.read(name, of: id, offset: offset, length: length) { return chunk }
        _ = try await connections.read { db in try db.key(of: id) }
        if !isLogName { _ = try ArtifactFiles.parts(of: name) }
        if let file = try? await openArtifact(name, under: .run(id)) {
            let start = offset < 0 ? max(0, file.size + offset) : offset
            let bytes = try await file.read(from: min(start, file.size), length: length)
            return LogChunk(offset: start, bytes: bytes, size: file.size)
        }
        throw RunServiceError(
            .notFound, "The run has no log `\(Shown.text(name))`; it may not have written anything yet.")
    }
}
