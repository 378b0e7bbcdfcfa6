import HTTPTypes
package import Hummingbird
import NIOCore
package import RunServices

/// A file as an answer, in pieces, so that a large one takes no more memory than a small one.
package struct FileAnswer {
    private let reader: any ArtifactReader
    private let name: Substring
    private let isHead: Bool
    private let range: HTTPRange?

    /// Bytes that are read and sent at a time: larger ones are hardly faster, and leave holes in the heap that stay.
    private static let pieceLength = 64 << 10

    /// - Parameter name: the file's path; browsers save it under the last part.
    package init(_ reader: any ArtifactReader, name: String, _ request: Request) {
        self.reader = reader
        self.name = name.split(separator: "/").last ?? "artifact"
        isHead = request.method == .head
        range = request.headers[.range].map { HTTPRange($0, size: reader.size) }
    }

    /// The whole file, or the part that was asked for.
    package var response: Response {
        var headers: HTTPFields = [
            .contentType: "application/octet-stream", .acceptRanges: "bytes",
            .contentDisposition: "attachment; filename*=UTF-8''\(FormEncoding.encoded(name))",
        ]
        switch range {
        case nil, .whole: return Response(status: .ok, headers: headers, body: body(0..<reader.size))
        case .part(let part):
            headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(reader.size)"
            return Response(status: .partialContent, headers: headers, body: body(part))
        case .outside:
            headers[.contentRange] = "bytes */\(reader.size)"
            return Response(status: .rangeNotSatisfiable, headers: headers)
        }
    }

    private func body(_ part: Range<Int64>) -> ResponseBody {
        let (reader, isHead) = (reader, isHead)
        return ResponseBody(contentLength: Int(part.count)) { writer in
            var offset = part.lowerBound
            while !isHead, offset < part.upperBound {
                let length = Int(min(Int64(Self.pieceLength), part.upperBound - offset))
                let bytes = try await reader.read(from: offset, length: length)
                // Shorter than it was: the client must not take what came for all of it.
                if bytes.isEmpty { throw ServerFault.truncated }
                offset += Int64(bytes.count)
                try await writer.write(ByteBuffer(bytes: bytes))
            }
            try await writer.finish(nil)
        }
    }
}

/// Which part of a file a client asks for (RFC 9110, 14.1.2); several parts at once are answered with the whole.
enum HTTPRange: Equatable {
    case whole
    case part(Range<Int64>)
    /// The file has no such part.
    case outside

    init(_ text: String, size: Int64) {
        self = .whole
        guard text.hasPrefix("bytes="), !text.contains(",") else { return }
        let ends = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2 else { return }
        switch (Int64(ends[0]), Int64(ends[1])) {
        case (let first?, let last):
            guard ends[1].isEmpty || last ?? -1 >= first else { return }
            let end = last.flatMap { $0 < size ? $0 + 1 : nil } ?? size
            self = first < size ? .part(first..<end) : .outside
        case (nil, let count?) where ends[0].isEmpty:
            self = count > 0 && size > 0 ? .part(max(0, size - count)..<size) : .outside
        default: return
        }
    }
}
