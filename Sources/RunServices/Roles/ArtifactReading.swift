package import RunModel

/// Reads what runs wrote to files.
package protocol ArtifactReading: DescribedService {
    /// Up to `length` bytes of a log from `offset` bytes on; a negative offset counts from the end. Throws `notFound`.
    func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk
}
