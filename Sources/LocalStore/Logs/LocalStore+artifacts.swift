import GRDB
package import RunModel
package import RunServices

extension LocalStore {
    /// The run's artifacts, with its logs among those at the top.
    package func artifacts(
        in folder: String?, of id: RunID, after next: PageToken?
    ) async throws(RunServiceError) -> Page<Artifact> {
        _ = try await connections.read { db in try db.key(of: id) }
        return try await artifacts(under: .run(id), in: folder, after: next)
    }
}
