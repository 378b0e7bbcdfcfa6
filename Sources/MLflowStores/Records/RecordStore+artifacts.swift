import FileAccess
import MLflowArtifacts
import RunModel
import RunServices

extension RecordStore {
    /// Lists the run's artifact directory on this machine, without keeping the store from others meanwhile.
    package func artifacts(
        in folder: String?, of id: RunID, after next: PageToken?
    ) async throws(RunServiceError) -> Page<Artifact> {
        let artifacts = try await read { session in session.artifacts(of: try session.stored(id)) }
        return try await BlockingCall.run { () throws(RunServiceError) in try artifacts.page(of: folder, after: next) }
    }
}
