import Hummingbird
import NIOCore
import RunModel
import RunServices

extension AzureMLRoutes {
    /// Files of a run that these clients are told of at once.
    private static let mostFiles = 20_000
    /// Folders within folders that are looked into.
    private static let deepest = 64

    /// The files whose paths are `prefix`, or below it, the command's output among them under the name that clients look for.
    func files(below prefix: String, in container: ArtifactContainer) async throws(RunServiceError) -> [Artifact] {
        let root = ArtifactRoot.run(container.run)
        var found: [Artifact] = []
        var folders: [(path: String?, depth: Int)] = [(prefix.isEmpty ? nil : prefix, 0)]
        while let folder = folders.popLast() {
            var next: PageToken?
            repeat {
                let page = try await service.artifacts(under: root, in: folder.path, after: next)
                for artifact in page.items {
                    if !artifact.isFolder {
                        found.append(artifact)
                    } else if folder.depth < Self.deepest, artifact.path != folder.path {
                        folders.append((artifact.path, folder.depth + 1))
                    }
                }
                next = page.next
            } while next != nil && found.count < Self.mostFiles
        }
        let log = ArtifactContainer.commandLog
        if let output = try await service.details(of: container.run).commandLog,
            !found.contains(where: { $0.path == log })
        {
            found.removeAll { $0.path == output.name }
            if prefix.isEmpty || log.hasPrefix(prefix + "/") {
                found.append(Artifact(path: log, isFolder: false, size: output.size))
            }
        }
        return found.sorted { $0.path < $1.path }
    }

    /// Opens a file of a run, or what its command printed, under the name that clients look for. Throws `notFound`.
    func open(_ path: String, in container: ArtifactContainer) async throws(RunServiceError) -> any ArtifactReader {
        let root = ArtifactRoot.run(container.run)
        do throws(RunServiceError) {
            return try await service.openArtifact(path, under: root)
        } catch {
            guard error.code == .notFound, path == ArtifactContainer.commandLog,
                let output = try await service.details(of: container.run).commandLog
            else { throw error }
            return try await service.openArtifact(output.name, under: root)
        }
    }

    /// A file of a run, or the part of it that was asked for.
    func content(
        of call: AzureCall, _ path: String, in container: ArtifactContainer
    ) async throws(RunServiceError) -> Response {
        let reader = try await open(path, in: container)
        var response = FileAnswer(reader, name: path, call.request).response
        for header in BlobHeaders.headers(of: reader) { response.headers[header.name] = header.value }
        return response
    }

    /// Takes a file from a request. Throws what the service throws, and `ServerFault` for a request that is cut off.
    func receive(
        _ call: AzureCall, _ path: String, in container: ArtifactContainer, appending: Bool
    ) async throws {
        let root = ArtifactRoot.run(container.run)
        if appending {
            let bytes = try await call.request.wholeBody()
            try await service.appendArtifact(Array(bytes.readableBytesView), to: path, under: root)
            return
        }
        try await FileReception.receive(call.request, into: try await service.beginArtifact(path, under: root))
    }
}
