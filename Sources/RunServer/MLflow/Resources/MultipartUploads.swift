import HTTPTypes
import Hummingbird
import MLflowWire
import RunServices

/// `mlflow-artifacts/mpu/…`: files that come in parts, several at a time.
///
/// The address of a part is a secret of its upload, since MLflow's client sends parts without its token.
extension MLflowEndpoints {
    /// Where the paths of parts begin.
    static let partsMark: Substring = "/mlflow-artifacts/mpu/parts/"

    /// Parts of an upload at most, as object stores have it.
    private static let partLimit: Int64 = 10_000
    /// In an upload's folder from its begin on.
    private static let sign = "begun"
    /// Bytes that are copied at a time.
    private static let pieceLength = 64 << 10

    static let uploadFields: [MessageField] = [
        .text("path").required, .integer("num_parts"), .text("upload_id"),
        .messages("parts", [.integer("part_number"), .text("etag"), .text("url")]),
    ]

    func beginUpload(_ message: Message, _ call: MLflowCall) async throws -> Response {
        let count = message.integer("num_parts") ?? 1
        guard (1...Self.partLimit).contains(count) else {
            throw MLflowFault.invalidValue(.integer(count), of: "num_parts", "It must be from 1 to \(Self.partLimit).")
        }
        _ = try destination(message, call, "/mlflow-artifacts/mpu/create")
        let id = RandomText.identifier()
        try await service.beginArtifact(Self.sign, under: .upload(id)).finish()
        let path = call.request.rawPath
        let base = path.firstRange(of: "/mlflow-artifacts/mpu/").map { path[..<$0.lowerBound] } ?? ""
        let address = (call.request.ownAddress(isSecure: isSecure) ?? "") + base + Self.partsMark
        var json = JSONWriter(capacity: 4_096)
        json.object {
            $0.field("upload_id", id)
            $0.field("credentials", Array(1...count)) { json, number in
                json.object {
                    $0.field("url", "\(address)\(id)/\(number)")
                    $0.field("part_number", number)
                    $0.name("headers")
                    $0.object { _ in }
                }
            }
        }
        return .json(json.bytes)
    }

    func takePart(_ request: Request) async throws -> Response {
        let rest = try Self.rest(of: request, after: Self.partsMark).split(separator: "/")
        guard rest.count == 2, let number = Int64(rest[1]), (1...Self.partLimit).contains(number) else {
            throw ServerFault.unknownEndpoint
        }
        let id = String(rest[0])
        try await checkBegun(id)
        let writer = try await service.beginArtifact("\(number)", under: .upload(id))
        let count = try await FileReception.receive(request, into: writer)
        return Response(status: .ok, headers: [.eTag: "\"\(number)-\(count)\""])
    }

    func completeUpload(_ message: Message, _ call: MLflowCall) async throws -> Response {
        let id = message.text("upload_id")
        try await checkBegun(id)
        let path = try destination(message, call, "/mlflow-artifacts/mpu/complete")
        let writer = try await service.beginArtifact(path, under: .all)
        for number in message.messages("parts").compactMap({ $0.integer("part_number") }).sorted() {
            let part = try await service.openArtifact("\(number)", under: .upload(id))
            var offset: Int64 = 0
            while offset < part.size {
                let bytes = try await part.read(from: offset, length: Self.pieceLength)
                if bytes.isEmpty { throw ServerFault.truncated }
                try await writer.write(bytes)
                offset += Int64(bytes.count)
            }
        }
        try await writer.finish()
        try await service.deleteArtifact(nil, under: .upload(id))
        return Self.nothing
    }

    func abortUpload(_ message: Message) async throws -> Response {
        let id = message.text("upload_id")
        try await checkBegun(id)
        try await service.deleteArtifact(nil, under: .upload(id))
        return Self.nothing
    }

    /// The folder is in the address, and the name is that of the client's own file.
    private func destination(_ message: Message, _ call: MLflowCall, _ mark: Substring) throws(MLflowFault) -> String {
        let folder = try Self.rest(of: call.request, after: mark)
        guard let name = message.text("path").split(separator: "/").last else { throw .invalid("Invalid path") }
        return try ArtifactPath.checked(folder.isEmpty ? String(name) : "\(folder)/\(name)")
    }

    private func checkBegun(_ id: String) async throws {
        let isPlain =
            !id.isEmpty && id.utf8.allSatisfy { $0 == UInt8(ascii: "-") || Character(Unicode.Scalar($0)).isHexDigit }
        do throws(RunServiceError) {
            if isPlain {
                _ = try await service.openArtifact(Self.sign, under: .upload(id))
                return
            }
        } catch {
            guard error.code == .notFound else { throw error }
        }
        throw MLflowFault(.resourceDoesNotExist, "There is no such upload, or it has been ended; begin another one.")
    }
}
