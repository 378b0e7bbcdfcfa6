package import RunModel
package import RunServices

extension HostAwareService: ArtifactListing {
    package func artifacts(
        in folder: String?, of id: RunID, after next: String?
    ) async throws(RunServiceError) -> ArtifactPage {
        guard let listing = base as? any ArtifactListing else {
            throw RunServiceError(.unsupported, "This run service lists no artifacts.")
        }
        return try await listing.artifacts(in: folder, of: id, after: next)
    }
}
