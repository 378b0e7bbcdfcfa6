import Hummingbird
import MLflowWire
import RunModel
import RunServices

/// `artifacts/list`, and what lists and sends files wherever they are asked for.
extension MLflowEndpoints {
    var artifacts: [MLflowEndpoint] {
        [
            .get("artifacts/list", [.text("run_id").required, .text("path"), .text("page_token")]) { message, _ in
                let folder = try message.optionalText("path").map(ArtifactPath.checked)
                let run = try await run(message.runID)
                return try await list(folder, below: try Self.place(of: run), address: ArtifactAddress.run(run))
            }
        ]
    }

    /// Where a file of MLflow's artifact tree lies, from one of the roots that the service knows.
    struct Place: Sendable {
        let root: ArtifactRoot
        /// Before each path; empty for none.
        let folder: String
        /// How errors name the place: its path among all artifacts.
        var name = ""

        func path(_ path: String) -> String { folder.isEmpty ? path : path.isEmpty ? folder : "\(folder)/\(path)" }
    }

    static func place(of run: HostedRun) throws -> Place {
        if let address = run.artifactURI { return try proxied(address) }
        return Place(root: .run(run.run.id), folder: "", name: name(ArtifactAddress.run(run)))
    }

    static func place(of model: LoggedModel) throws -> Place {
        if let address = model.artifactURI { return try proxied(address) }
        return Place(root: .model(model.id), folder: "", name: name(ArtifactAddress.model(model)))
    }

    private static func name(_ address: String) -> String { (ArtifactAddress.path(address) ?? "") + "/" }

    private static func proxied(_ address: String) throws -> Place {
        guard let path = ArtifactAddress.path(address) else {
            throw MLflowFault(
                .notImplemented,
                "The artifacts lie at \(Shown.text(address)), where this server does not look; use a client that "
                    + "reaches them itself.")
        }
        return Place(root: .all, folder: try ArtifactPath.checked(path))
    }

    /// What is in a folder, as paths from the top of the place; a page has all of it, as MLflow's clients expect.
    func list(_ folder: String?, below place: Place, address: String) async throws -> Response {
        let files = try await files(in: place.path(folder ?? ""), under: place.root).map { artifact in
            let path = folder.map { $0.isEmpty ? "" : $0 + "/" } ?? ""
            return WireArtifact(
                path: path + artifact.name, isDirectory: artifact.isFolder, size: artifact.size)
        }
        var json = JSONWriter(capacity: 1_024)
        json.object {
            $0.field("root_uri", address)
            $0.field("files", files) { $1.write(to: &$0) }
        }
        return .json(json.bytes)
    }

    /// Files and folders at most in one answer.
    private static let listLimit = 100_000

    /// Sorted by their names; nothing for what is no folder.
    func files(in folder: String, under root: ArtifactRoot) async throws -> [Artifact] {
        var files: [Artifact] = []
        var next: PageToken?
        repeat {
            let page = try await service.artifacts(under: root, in: folder.isEmpty ? nil : folder, after: next)
            files += page.items
            next = page.next
        } while next != nil && files.count < Self.listLimit
        // A file tells of itself, which MLflow's clients would take for a folder with that file in it.
        if files.count == 1, !files[0].isFolder, files[0].path == folder { return [] }
        return files.sorted { $0.path.isBefore($1.path) }
    }

    /// `get-artifact` and its like: the file as an attachment, so that no browser shows it as a page of this server.
    func send(_ path: String, below place: Place, _ request: Request) async throws -> Response {
        let path = try ArtifactPath.checked(path)
        do throws(RunServiceError) {
            let reader = try await service.openArtifact(place.path(path), under: place.root)
            return FileAnswer(reader, name: path, request).response
        } catch {
            guard error.code == .notFound else { throw error }
            let shown = place.name + place.path(path)
            let isFolder = try await !files(in: place.path(path), under: place.root).isEmpty
            throw isFolder
                ? MLflowFault.invalid("Artifact path refers to a directory, not a file: '\(shown)'")
                : MLflowFault(.resourceDoesNotExist, "No such artifact: '\(shown)'")
        }
    }
}
