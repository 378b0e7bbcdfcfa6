package import Hummingbird
import NIOCore
package import RunServices

/// Takes the body of a request into a file, in pieces, so that a large one takes no more memory than a small one.
package enum FileReception {
    /// Bytes that are written at a time.
    private static let pieceLength = 64 << 10

    /// Finishes the file once all of the body is there; a body that is cut off leaves no file. Returns its bytes.
    @discardableResult
    package static func receive(_ request: Request, into writer: any ArtifactWriter) async throws -> Int64 {
        var piece: [UInt8] = []
        let count = try await request.forEachBodyPart { part in
            piece.append(contentsOf: part.readableBytesView)
            if piece.count >= pieceLength {
                try await writer.write(piece)
                piece.removeAll(keepingCapacity: true)
            }
        }
        if !piece.isEmpty { try await writer.write(piece) }
        try await writer.finish()
        return count
    }
}
