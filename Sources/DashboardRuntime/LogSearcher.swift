import DashboardCore
import RunModel
import RunServices

/// Looks for text in a log of any size, a piece at a time.
struct LogSearcher: Sendable {
    let service: any RunService
    let search: LogSearch

    /// Bytes read at once: few round trips, little memory.
    private static let piece = 1 << 20

    /// Where the match begins, in bytes; nil when there is none in that direction.
    func run() async -> Result<Int64?, RunServiceError> {
        let needle = ByteNeedle(search.text)
        do throws(RunServiceError) {
            return .success(search.isForward ? try await forward(needle) : try await backward(needle))
        } catch {
            return .failure(error)
        }
    }

    private func forward(_ needle: ByteNeedle) async throws(RunServiceError) -> Int64? {
        var offset = search.start
        while !Task.isCancelled {
            let chunk = try await read(offset, Self.piece)
            if let found = needle.first(in: chunk.bytes) { return chunk.offset + Int64(found) }
            guard chunk.bytes.count >= needle.count, chunk.offset + Int64(chunk.bytes.count) < chunk.size else {
                return nil
            }
            // Pieces overlap by one byte less than the needle, so that no match falls between two.
            offset = chunk.offset + Int64(chunk.bytes.count - needle.count + 1)
        }
        return nil
    }

    private func backward(_ needle: ByteNeedle) async throws(RunServiceError) -> Int64? {
        var end = search.start
        while end > 0, !Task.isCancelled {
            let start = max(0, end - Int64(Self.piece))
            // Reads past `end` so that a match that begins just before it is seen whole.
            let chunk = try await read(start, Int(end - start) + needle.count - 1)
            if let found = needle.last(in: chunk.bytes, before: Int(end - start)) { return start + Int64(found) }
            end = start
        }
        return nil
    }

    /// All that is asked for or all that there is, however little the service gives at a time.
    private func read(_ offset: Int64, _ length: Int) async throws(RunServiceError) -> LogChunk {
        var chunk = try await service.readLog(search.file, of: search.run, offset: offset, length: length)
        while chunk.bytes.count < length, !Task.isCancelled {
            let next = chunk.offset + Int64(chunk.bytes.count)
            guard next < chunk.size else { break }
            let more = try await service.readLog(
                search.file, of: search.run, offset: next, length: length - chunk.bytes.count)
            if more.bytes.isEmpty { break }
            chunk.bytes += more.bytes
        }
        return chunk
    }
}

/// A text to find in bytes; letter case counts only when the text has capitals.
struct ByteNeedle: Sendable {
    private let bytes: [UInt8]
    private let foldsCase: Bool

    init(_ text: String) {
        foldsCase = !text.contains(where: \.isUppercase)
        bytes = Array(text.utf8)
    }

    var count: Int { bytes.count }

    func first(in haystack: [UInt8]) -> Int? {
        guard count > 0, haystack.count >= count else { return nil }
        return haystack.withUnsafeBufferPointer { buffer in
            (0...(buffer.count - count)).first { matches(buffer, at: $0) }
        }
    }

    /// The last match that begins before `limit`.
    func last(in haystack: [UInt8], before limit: Int) -> Int? {
        guard count > 0, haystack.count >= count else { return nil }
        return haystack.withUnsafeBufferPointer { buffer in
            (0..<min(limit, buffer.count - count + 1)).last { matches(buffer, at: $0) }
        }
    }

    private func matches(_ buffer: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        for index in 0..<bytes.count {
            var byte = buffer[position + index]
            if foldsCase, byte >= 0x41, byte <= 0x5A { byte += 0x20 }
            if byte != bytes[index] { return false }
        }
        return true
    }
}
