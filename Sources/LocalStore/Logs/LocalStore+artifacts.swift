package import RunModel
package import RunServices

extension LocalStore {
    /// The embedded store keeps logs and no other files, all of them at the top.
    package func artifacts(
        in folder: String?, of id: RunID, after next: PageToken?
    ) async throws(RunServiceError) -> Page<Artifact> {
        _ = try await connections.read { db in try db.key(of: id) }
        if folder != nil { return Page([]) }
        let all = try logs.files(of: id).sorted { $0.name < $1.name }
        let rest = all.filter { file in next.map { file.name > $0.text } ?? true }
        return Page(
            rest.prefix(Artifact.pageLimit).map { Artifact(path: $0.name, isFolder: false, size: $0.size) },
            next: rest.count > Artifact.pageLimit ? PageToken(rest[Artifact.pageLimit - 1].name) : nil)
    }
}
