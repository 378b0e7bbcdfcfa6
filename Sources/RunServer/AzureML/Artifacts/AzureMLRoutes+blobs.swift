import FileAccess
import Foundation
import HTTPTypes
import Hummingbird
import RunModel
import RunServices

extension AzureMLRoutes {
    /// The part of Azure's blob storage that the SDK's uploads and downloads use.
    func addBlobs(to blobs: RouterGroup<ServerContext>) {
        blobs.add(.get, ":container/**") { call in
            try await content(of: call, BlobName.decoded(call.rest), in: try ticketHolder(call, writing: false))
        }
        blobs.add(.put, ":container/**") { call in
            let container = try ticketHolder(call, writing: true)
            var headers = BlobHeaders.written(at: now)
            if let offset = try await put(call, in: container) {
                headers[BlobHeaders.appendOffset] = String(offset)
            }
            return Response(status: .created, headers: headers)
        }
    }

    private func ticketHolder(_ call: AzureCall, writing: Bool) throws -> ArtifactContainer {
        guard
            let container = ArtifactContainer(
                origin: ArtifactContainer.origin, name: BlobName.decoded(call["container"])),
            tickets.allows(call.query("sig") ?? "", for: container, writing: writing)
        else { throw ServerFault.unauthorized }
        return container
    }

    /// Returns where appended bytes begin; nil for what was not appended.
    private func put(_ call: AzureCall, in container: ArtifactContainer) async throws -> Int64? {
        let path = BlobName.decoded(call.rest)
        switch call.query("comp") {
        case "appendblock": return try await append(call, path, in: container)
        case "block":
            let block = try BlobBlocks.name(call.query("blockid"))
            let writer = try await service.beginArtifact(block, under: blocks(of: path, in: container))
            try await FileReception.receive(call.request, into: writer)
        case "blocklist":
            let list = try await call.request.wholeBody()
            try await join(BlobBlocks.list(Array(list.readableBytesView)), to: path, in: container)
        case nil:
            // An append blob begins empty and has no body.
            try await receive(call, path, in: container, appending: false)
        default: throw ServerFault.unknownEndpoint
        }
        return nil
    }

    /// A block that is sent again after an error is kept once: the client says where it belongs.
    private func append(_ call: AzureCall, _ path: String, in container: ArtifactContainer) async throws -> Int64 {
        let size = try await service.openArtifact(path, under: .run(container.run)).size
        if let position = call.request.headers[BlobHeaders.appendPosition].flatMap({ Int64($0) }), position != size {
            throw RunServiceError(.conflict, "The file has \(size) bytes already; append after them.")
        }
        try await receive(call, path, in: container, appending: true)
        return size
    }

    private func join(_ names: [String], to path: String, in container: ArtifactContainer) async throws {
        let parts = blocks(of: path, in: container)
        let writer = try await service.beginArtifact(path, under: .run(container.run))
        for name in names {
            let block = try await service.openArtifact(name, under: parts)
            var offset: Int64 = 0
            while offset < block.size {
                let piece = try await block.read(from: offset, length: 1 << 20)
                if piece.isEmpty { break }
                offset += Int64(piece.count)
                try await writer.write(piece)
            }
        }
        try await writer.finish()
        try await service.deleteArtifact(nil, under: parts)
    }

    /// Where the blocks of a file wait for each other.
    private func blocks(of path: String, in container: ArtifactContainer) -> ArtifactRoot {
        .upload(PercentEncoding.encoded("azureml.\(container.name)/\(path)", keeping: "-_"))
    }
}
