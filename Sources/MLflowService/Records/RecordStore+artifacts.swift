import RunModel
import RunServices

extension RecordStore {
    package func artifacts(
        in folder: String?, of id: RunID, after next: String?
    ) async throws(RunServiceError) -> ArtifactPage {
        let uri = try await read { session in try session.stored(id).artifactURI }
        if uri.isEmpty { return ArtifactPage(artifacts: []) }
        guard let directory = ArtifactDirectory(uri: uri) else { throw ArtifactDirectory.outOfReach(uri) }
        return try await BlockingCall.run { () throws(RunServiceError) in try directory.page(of: folder, after: next) }
    }
}

extension ArtifactDirectory {
    static func outOfReach(_ uri: String) -> RunServiceError {
        RunServiceError(
            .unsupported,
            "The artifacts of this run are at \(Shown.text(uri)), not on this machine; a server can show them.")
    }
}
