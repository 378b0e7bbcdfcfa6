package import RunModel

/// Reads what runs wrote to files.
package protocol ArtifactReading: DescribedService {
    /// Up to `length` bytes of a log from `offset` bytes on; a negative offset counts from the end. Throws `notFound`.
    func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk

    /// What is in `folder`, the top one when nil; an empty page where there is no such folder.
    ///
    /// `next` of one page asks for the one after it. Throws `notFound` for a run that does not exist, `invalid` for a
    /// folder outside the run's or a `next` that is none, and `unsupported` where the files are out of reach.
    func artifacts(in folder: String?, of id: RunID, after next: PageToken?) async throws(RunServiceError) -> Page<
        Artifact
    >
}
