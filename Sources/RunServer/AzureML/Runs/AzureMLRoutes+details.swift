import AzureMLWire
import Hummingbird
import RunModel
import RunServices

extension AzureMLRoutes {
    /// A run with where its logs are read.
    func details(of call: AzureCall) async throws -> Response {
        let hosted = try await run(of: call)
        let logs = try await service.details(of: hosted.run.id).logs
        let address = try address(for: call)
        let container = ArtifactContainer(run: hosted.run.id)
        var files: [String: String] = [:]
        for log in logs {
            let path = ArtifactContainer.path(ofLog: log)
            files[path] = blobs(at: address).reading(path, in: container)
        }
        return AzureCoding.answer(RunDetailsDto(AzureRunMapping.dto(hosted), logFiles: files))
    }
}
