import AsyncHTTPClient
import FileAccess
import Foundation
import NIOCore
import NIOHTTP1
import RunServices

extension HTTPTransport {
    /// Asks once. AsyncHTTPClient's own deadline ends with the head of an answer; this one holds for the whole of it.
    func attempt(_ call: HTTPCall, until end: ContinuousClock.Instant) async -> Result<HTTPAnswer, any Error> {
        await withTaskGroup(of: Result<HTTPAnswer, any Error>.self) { group in
            group.addTask {
                do { return .success(try await self.exchange(call)) } catch { return .failure(error) }
            }
            group.addTask {
                do {
                    try await Task.sleep(until: end)
                    return .failure(MissedDeadline())
                } catch {
                    return .failure(error)
                }
            }
            defer { group.cancelAll() }
            return await group.next() ?? .failure(CancellationError())
        }
    }

    private func exchange(_ call: HTTPCall) async throws -> HTTPAnswer {
        let response = try await client.execute(request(for: call), deadline: .distantFuture)
        let headers = response.headers
        if (300..<400).contains(response.status.code), response.status != .notModified {
            throw fault.redirect(to: headers.first(name: "Location"), path: call.path)
        }
        let body = try await response.body.collect(upTo: call.bodyLimit)
        let type = headers.first(name: "Content-Type")?.split(separator: ";").first ?? ""
        return HTTPAnswer(
            status: Int(response.status.code), contentType: type.trimmingCharacters(in: .whitespaces).lowercased(),
            body: Array(body.readableBytesView),
            retryAfter: headers.first(name: "Retry-After").flatMap {
                RetryAfter.seconds($0, date: headers.first(name: "Date"))
            },
            date: headers.first(name: "Date").flatMap(RetryAfter.time),
            rangeStart: response.status == .partialContent
                ? headers.first(name: "Content-Range").flatMap(Self.rangeStart) : nil,
            wholeSize: headers.first(name: "Content-Range").flatMap(Self.wholeSize))
    }

    /// The 588895 of `bytes 10-19/588895` and `bytes */588895`.
    private static func wholeSize(_ text: String) -> Int64? {
        guard text.hasPrefix("bytes "), let slash = text.lastIndex(of: "/") else { return nil }
        return Int64(text[text.index(after: slash)...]).flatMap { $0 >= 0 ? $0 : nil }
    }

    /// The 10 of `bytes 10-19/588895` (RFC 9110, 14.4).
    private static func rangeStart(_ text: String) -> Int64? {
        guard text.hasPrefix("bytes "), let first = text.dropFirst(6).split(separator: "-").first else { return nil }
        return Int64(first)
    }

    private func request(for call: HTTPCall) -> HTTPClientRequest {
        var path = options.address.path + call.path
        if !call.query.isEmpty {
            path += "?" + call.query.map { "\(Self.escaped($0))=\(Self.escaped($1))" }.joined(separator: "&")
        }
        var headers: HTTPHeaders = [
            "Host": options.address.authority, "Accept": "application/json, */*;q=0.5", "User-Agent": "runwatch",
        ]
        if let credentials = options.credentials { headers.add(name: "Authorization", value: credentials.headerValue) }
        var origin = options.address.origin
        if let proxy = options.proxy, !options.address.isSecure {
            origin = "http://" + proxy.authority
            if let credentials = proxy.credentials {
                headers.add(name: "Proxy-Authorization", value: credentials.headerValue)
            }
        }
        for (name, value) in options.headers + call.headers { headers.replaceOrAdd(name: name, value: value) }
        var request = HTTPClientRequest(url: origin + path)
        request.method = HTTPMethod(rawValue: call.method.rawValue)
        if let body = call.body {
            if !headers.contains(name: "Content-Type") { headers.add(name: "Content-Type", value: "application/json") }
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        request.headers = headers
        return request
    }

    /// Percent-encodes a query's name or value, or one component of a path.
    package static func escaped(_ text: String) -> String {
        PercentEncoding.encoded(text, keeping: PercentEncoding.unreserved)
    }
}
