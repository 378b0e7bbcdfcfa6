import HTTPTypes
import Hummingbird
import MLflowWire
import NIOCore
import RunServices

/// `mlflow-artifacts/artifacts/…`: files that pass through this server, named by their place among all artifacts.
extension MLflowEndpoints {
    /// Where paths of files begin in a request's path.
    static let filesMark: Substring = "/mlflow-artifacts/artifacts"

    /// What follows a mark in the path of a request, decoded once.
    static func rest(of request: Request, after mark: Substring) throws(MLflowFault) -> String {
        let path = request.rawPath
        guard let range = path.firstRange(of: mark) else { return "" }
        return try ArtifactPath.checked(FormEncoding.decodedPath(path[range.upperBound...].drop { $0 == "/" }))
    }

    private static let all = Place(root: .all, folder: "")

    func proxyList(_ request: Request) async throws -> Response {
        let path = request.queryItems.first { $0.name == "path" }?.value ?? ""
        let files = try await files(in: ArtifactPath.checked(path), under: .all).map {
            WireArtifact(path: String($0.name), isDirectory: $0.isFolder, size: $0.size)
        }
        return Self.page("files", files, next: nil)
    }

    func proxyDownload(_ request: Request) async throws -> Response {
        try await send(Self.rest(of: request, after: Self.filesMark), below: Self.all, request)
    }

    func proxyUpload(_ request: Request) async throws -> Response {
        let path = try Self.rest(of: request, after: Self.filesMark)
        let writer = try await service.beginArtifact(path, under: .all)
        try await FileReception.receive(request, into: writer)
        return Response(status: .ok)
    }

    func proxyDelete(_ request: Request) async throws -> Response {
        let path = try Self.rest(of: request, after: Self.filesMark)
        if path.isEmpty {
            throw MLflowFault.invalid("Invalid path: name the run whose artifacts are to be deleted.")
        }
        try await service.deleteArtifact(path, under: .all)
        return Self.nothing
    }

    /// `get-artifact?run_id=…&path=…`.
    func getArtifact(_ request: Request) async throws -> Response {
        let query = request.queryItems
        func value(_ names: String...) -> String? {
            names.lazy.compactMap { name in query.first { $0.name == name && !$0.value.isEmpty }?.value }.first
        }
        guard let path = value("path") else {
            throw MLflowFault(.badRequest, "Missing value for required parameter 'path'.")
        }
        let checked = try ArtifactPath.checked(path)
        return try await send(checked, below: Self.place(of: try await run(value("run_id", "run_uuid") ?? "")), request)
    }
}
