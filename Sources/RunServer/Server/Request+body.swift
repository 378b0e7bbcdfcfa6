package import Hummingbird
import NIOCore

extension Request {
    /// Bytes of a body that is held in memory: a data set's profile alone may have 16 MB.
    package static let bodyLimit = 24 << 20
    /// How long a body that is held in memory may take to arrive.
    private static let patience = Duration.seconds(60)

    /// The whole body. Throws `ServerFault` when it is too large, too slow or cut off.
    package func wholeBody(limit: Int = Request.bodyLimit) async throws -> ByteBuffer {
        let expected = try expectedLength(limit: limit)
        if expected == 0 { return ByteBuffer() }
        let body = body
        let buffer = try await Deadline.run(Self.patience) {
            var whole = ByteBuffer()
            for try await part in body {
                guard whole.readableBytes + part.readableBytes <= limit else {
                    throw ServerFault.tooLarge(limit: limit)
                }
                whole.writeImmutableBuffer(part)
            }
            return whole
        }
        if let expected, buffer.readableBytes != expected { throw ServerFault.truncated }
        return buffer
    }

    /// Hands on the body part by part, none before the one before it was taken. Returns how many bytes there were.
    package func forEachBodyPart(
        limit: Int64 = .max, _ take: (ByteBuffer) async throws -> Void
    ) async throws -> Int64 {
        let expected = try expectedLength(limit: Int(clamping: limit))
        let pace = UploadPace()
        var count: Int64 = 0
        for try await part in body {
            count += Int64(part.readableBytes)
            if count > limit { throw ServerFault.tooLarge(limit: Int(clamping: limit)) }
            if !pace.allows(count) { throw ServerFault.tooSlow }
            try await take(part)
        }
        if let expected, count != expected { throw ServerFault.truncated }
        return count
    }

    /// What the client says the body has; nil where it does not say.
    private func expectedLength(limit: Int) throws(ServerFault) -> Int? {
        guard let text = headers[.contentLength] else { return headers[.transferEncoding] == nil ? 0 : nil }
        guard let length = Int(text), length >= 0 else { throw .truncated }
        if length > limit { throw .tooLarge(limit: limit) }
        return length
    }
}

/// Tells a client that drips from one that is far away.
struct UploadPace {
    private let start = ContinuousClock.now
    /// Bytes a second, on average once a minute has passed.
    private static let least: Int64 = 1_000

    func allows(_ count: Int64) -> Bool {
        let seconds = start.duration(to: .now).components.seconds
        return seconds < 60 || count / seconds >= Self.least
    }
}
