package import RunModel
package import RunServices

extension LocalStore {
    /// Appends to a file of the store's directory. Throws `notFound` before the file is made when the run does not
    /// exist.
    package func appendLog(_ bytes: [UInt8], named name: String, of id: RunID) async throws(RunServiceError) {
        try requireWriting()
        try await logs.append(bytes, named: name, of: id) { () async throws(RunServiceError) in
            _ = try await connections.read { db in try db.key(of: id) }
        }
    }

    /// Reads the file first, and asks the database only when there is none whether the run or the log is missing.
    package func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk {
        if let chunk = try logs.read(name, of: id, offset: offset, length: length) { return chunk }
        _ = try await connections.read { db in try db.key(of: id) }
        throw RunServiceError(
            .notFound, "The run has no log `\(Shown.text(name))`; it may not have written anything yet.")
    }
}
