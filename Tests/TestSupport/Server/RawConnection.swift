import Dispatch
import Foundation
import Glibc
import RunServices

/// A connection on which anything at all can be sent, for what no client ever sends.
package final class RawConnection: Sendable {
    private let handle: Int32

    /// To a server on loopback.
    package init(_ port: Int) throws {
        handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        // A test that waits for nothing fails after a minute and does not hang.
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(handle, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let code = errno
            close(handle)
            throw RunServiceError(.unavailable, "No connection to port \(port): \(code).")
        }
    }

    deinit { close(handle) }

    /// False when the other end has closed the connection.
    @discardableResult
    package func send(_ bytes: [UInt8]) async -> Bool { await Self.elsewhere { self.sendNow(bytes) } }

    private func sendNow(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(handle, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count <= 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// The next bytes; empty when the other end has closed the connection, or says nothing for a minute.
    package func receive(_ limit: Int = 65_536) async -> [UInt8] { await Self.elsewhere { self.receiveNow(limit) } }

    private func receiveNow(_ limit: Int = 65_536) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: limit)
        let count = recv(handle, &buffer, limit, 0)
        return Array(buffer.prefix(max(0, count)))
    }

    /// Says that nothing more comes.
    package func shutDown() { Glibc.shutdown(handle, Int32(SHUT_WR)) }

    /// Reads one answer. Throws when the connection ends before it does.
    package func answer() async throws -> RawAnswer {
        try await Self.elsewhere { Result { try self.answerNow() } }.get()
    }

    private func answerNow() throws -> RawAnswer {
        var bytes: [UInt8] = []
        let gap = Array("\r\n\r\n".utf8)
        while true {
            if let end = bytes.firstRange(of: gap) {
                let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
                var answer = try RawAnswer(head: head)
                if answer.header("transfer-encoding") == "chunked" {
                    answer.body = try chunks(after: Array(bytes[end.upperBound...]))
                    return answer
                }
                let length = answer.header("content-length").flatMap { Int($0) } ?? 0
                while bytes.count - end.upperBound < length {
                    let more = receiveNow()
                    if more.isEmpty { throw RunServiceError(.unexpectedResponse, "The answer was cut off: \(head)") }
                    bytes += more
                }
                answer.body = Array(bytes[end.upperBound...])
                return answer
            }
            let more = receiveNow()
            if more.isEmpty {
                throw RunServiceError(.unexpectedResponse, "No answer: \(String(decoding: bytes, as: UTF8.self))")
            }
            bytes += more
        }
    }

    /// The body of an answer whose length nobody knew beforehand (RFC 9112, 7.1).
    private func chunks(after start: [UInt8]) throws -> [UInt8] {
        var (bytes, position, body) = (start, 0, [UInt8]())
        func need(_ count: Int) throws {
            while bytes.count - position < count {
                let more = receiveNow(1 << 20)
                if more.isEmpty { throw RunServiceError(.unexpectedResponse, "The answer was cut off in a chunk.") }
                bytes += more
            }
        }
        while true {
            var line: [UInt8] = []
            repeat {
                try need(1)
                line.append(bytes[position])
                position += 1
            } while line.last != UInt8(ascii: "\n")
            let digits = String(decoding: line.dropLast(2), as: UTF8.self)
            guard let length = Int(digits, radix: 16) else {
                throw RunServiceError(.unexpectedResponse, "This is no length of a chunk: \(digits)")
            }
            // A line's end follows each chunk.
            try need(length + 2)
            body += bytes[position..<position + length]
            position += length + 2
            if length == 0 { return body }
        }
    }

    /// The head of a request as clients write it.
    package static func head(
        _ method: String, _ path: String, port: Int, length: Int?, _ headers: [(String, String)] = []
    ) -> [UInt8] {
        var lines = ["\(method) \(path) HTTP/1.1"]
        if !headers.contains(where: { $0.0.lowercased() == "host" }) { lines.append("Host: 127.0.0.1:\(port)") }
        if let length {
            lines.append("Content-Length: \(length)")
            if !headers.contains(where: { $0.0.lowercased() == "content-type" }) {
                lines.append("Content-Type: application/json")
            }
        }
        // An empty value stands for a header that is left out.
        lines += headers.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// One request and its answer, on a connection of its own.
    package static func ask(
        _ port: Int, _ method: String, _ path: String, _ body: [UInt8]? = nil, _ headers: [(String, String)] = []
    ) async throws -> RawAnswer {
        let head = head(method, path, port: port, length: body?.count, headers)
        let result = await elsewhere {
            Result {
                let connection = try RawConnection(port)
                _ = connection.sendNow(head)
                if let body { _ = connection.sendNow(body) }
                return try connection.answerNow()
            }
        }
        return try result.get()
    }

    /// No thread of Swift's pool waits for the other end, which needs them too.
    private static func elsewhere<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { (done: CheckedContinuation<Value, Never>) in
            DispatchQueue.global().async { done.resume(returning: work()) }
        }
    }
}
