import MLflowWire
package import RunModel
package import RunServices

extension MLflowServer {
    /// Pages hold at most `Artifact.pageLimit` artifacts, though the server may answer with a whole folder at once.
    package func artifacts(
        in folder: String?, of id: RunID, after next: PageToken?
    ) async throws(RunServiceError) -> Page<Artifact> {
        let position =
            try next.map { next throws(RunServiceError) in try ArtifactPosition(next.text) } ?? ArtifactPosition()
        let answer = try await api.artifactPage(of: id.text, in: folder, after: position.token)
        let all = (answer.files ?? []).map { artifact in
            let isFolder = artifact.isDirectory == true
            return Artifact(
                path: artifact.path, isFolder: isFolder, size: isFolder ? nil : artifact.size.map { max(0, $0.value) })
        }
        let rest = all.dropFirst(position.offset)
        var page = Page(Array(rest.prefix(Artifact.pageLimit)))
        if rest.count > Artifact.pageLimit {
            page.next = ArtifactPosition(offset: position.offset + Artifact.pageLimit, token: position.token).pageToken
        } else if let token = answer.nextPageToken, !token.isEmpty, token != position.token, !all.isEmpty {
            page.next = ArtifactPosition(offset: 0, token: token).pageToken
        }
        return page
    }
}

/// Where a listing goes on: MLflow's server gives a whole folder at once, or pages as its store has them.
private struct ArtifactPosition {
    var offset = 0
    /// The server's own.
    var token: String?

    var pageToken: PageToken { PageToken("\(offset) \(token ?? "")") }
}

extension ArtifactPosition {
    init(_ text: String) throws(RunServiceError) {
        let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let offset = Int(parts[0]), offset >= 0 else {
            throw RunServiceError(.invalid, "This is no position in a list of artifacts; list the folder again.")
        }
        self.init(offset: offset, token: parts[1].isEmpty ? nil : String(parts[1]))
    }
}
