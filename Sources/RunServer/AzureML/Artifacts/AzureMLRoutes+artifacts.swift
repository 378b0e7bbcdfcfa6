import AzureMLWire
import HTTPTypes
import Hummingbird
import RunModel
import RunServices

extension AzureMLRoutes {
    /// Which files runs have, and where they are read and written.
    func addArtifacts(to artifacts: RouterGroup<ServerContext>) {
        artifacts.add(.post, "batch/metadata/:origin/:container") { call in try await begin(call) }
        artifacts.add(.get, "contentinfo/:origin/:container/**") { call in
            let container = try container(of: call)
            _ = try await open(call.rest, in: container)
            return AzureCoding.answer(try information(call.rest, in: container, for: call, writing: false))
        }
        for path: RouterPath in ["prefix/contentinfo/:origin/:container", "prefix/contentinfo/:origin/:container/**"] {
            artifacts.add(.get, path) { call in
                let container = try container(of: call)
                var found: [ArtifactContentInformationDto] = []
                for file in try await files(below: call.rest, in: container) {
                    found.append(try information(file.path, in: container, for: call, writing: false))
                }
                return AzureCoding.answer(PaginatedDto(value: found))
            }
        }
        artifacts.add(.get, "write/:origin/:container/**") { call in
            try requireHelper(call)
            return AzureCoding.answer(
                try information(call.rest, in: try container(of: call), for: call, writing: true))
        }
        artifacts.add(.get, "metadata/:origin/:container/**") { call in
            let container = try container(of: call)
            _ = try await open(call.rest, in: container)
            return AzureCoding.answer(dto(call.rest, in: container))
        }
        artifacts.add(.get, "content/:origin/:container/**") { call in
            try await content(of: call, call.rest, in: try container(of: call))
        }
        artifacts.add(.post, "content/:origin/:container/**") { call in
            try await receive(call, call.rest, in: try container(of: call), appending: call.query("append") == "true")
            return AzureCoding.answer(dto(call.rest, in: try container(of: call)))
        }
        for path: RouterPath in [":origin/:container", ":origin/:container/**"] {
            artifacts.add(.get, path) { call in
                let container = try container(of: call)
                let files = try await files(below: call.rest, in: container)
                return AzureCoding.answer(PaginatedDto(value: files.map { dto($0.path, in: container) }))
            }
        }
    }

    /// Tells where files are to be written. Nothing is kept of one until it is.
    private func begin(_ call: AzureCall) async throws -> Response {
        try requireHelper(call)
        let container = try container(of: call)
        _ = try await service.hostedRun(container.run)
        var answer = BatchArtifactContentInformationDto(artifacts: [:], artifactContentInformation: [:])
        for path in try await call.body(BatchArtifactCreateCommand.self).paths.map(\.path) {
            answer.artifacts[path] = dto(path, in: container)
            answer.artifactContentInformation[path] = try information(path, in: container, for: call, writing: true)
        }
        return AzureCoding.answer(answer)
    }

    /// Refuses to say where files are written to clients that would look for it elsewhere, and wait there.
    private func requireHelper(_ call: AzureCall) throws(RunServiceError) {
        if call.usesHelper { return }
        throw RunServiceError(
            .unsupported,
            "Files are only taken from scripts that use runwatch's Python helper, for Azure's client sends them to https "
                + "addresses that it makes up itself: see `runwatch serve --print-python-helper`.")
    }

    /// Throws `notFound` for what is no container of a run.
    private func container(of call: AzureCall) throws(RunServiceError) -> ArtifactContainer {
        if let container = ArtifactContainer(origin: call["origin"], name: call["container"]) { return container }
        throw RunServiceError(.notFound, "There is no container \(Shown.text(call["container"])); check the run's id.")
    }

    private func dto(_ path: String, in container: ArtifactContainer) -> ArtifactDto {
        ArtifactDto(origin: ArtifactContainer.origin, container: container.name, path: path)
    }

    private func information(
        _ path: String, in container: ArtifactContainer, for call: AzureCall, writing: Bool
    ) throws(RunServiceError) -> ArtifactContentInformationDto {
        let addresses = blobs(at: try address(for: call))
        return ArtifactContentInformationDto(
            contentUri: writing ? addresses.writing(path, in: container) : addresses.reading(path, in: container),
            origin: ArtifactContainer.origin, container: container.name, path: path)
    }
}
