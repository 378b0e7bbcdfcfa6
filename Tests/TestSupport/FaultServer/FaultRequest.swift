/// What a client sent to a `FaultServer`.
package struct FaultRequest: Sendable {
    package var method: String
    /// As it stands in the request: a path, with a proxy a whole address, or `host:port` of a CONNECT.
    package var target: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// Counts the server's connections from 1.
    package var connection: Int

    /// The target without its query.
    package var path: String { String(target.prefix { $0 != "?" }) }
    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The first header of that name, in any case.
    package subscript(name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// Takes a whole request off the front of `bytes`; nil as long as it has not all arrived.
    init?(takenFrom bytes: inout [UInt8], connection: Int) {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        var lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")[...]
        let start = lines.removeFirst().split(separator: " ")
        method = start.first.map(String.init) ?? ""
        target = start.count > 1 ? String(start[1]) : ""
        headers = lines.map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
        }
        body = []
        self.connection = connection
        let length = self["Content-Length"].flatMap { Int($0) } ?? 0
        guard bytes.count >= end.upperBound + length else { return nil }
        body = Array(bytes[end.upperBound..<end.upperBound + length])
        bytes.removeFirst(end.upperBound + length)
    }
}
