/// What a `FaultServer` does when it is asked, step by step.
package struct FaultReply: Sendable {
    enum Step: Sendable {
        case write([UInt8])
        /// Milliseconds.
        case wait(Int64)
        case close
        /// Closes with an RST.
        case reset
        /// From here on the connection carries bytes to and from this port on loopback.
        case tunnel(Int)
    }

    var steps: [Step]

    package static func answer(
        _ status: Int = 200, _ type: String = "application/json", headers: [(String, String)] = [], _ body: String = ""
    ) -> FaultReply {
        answer(status, type, headers: headers, bytes: Array(body.utf8))
    }

    package static func answer(
        _ status: Int = 200, _ type: String, headers: [(String, String)] = [], bytes: [UInt8]
    ) -> FaultReply {
        let all = [("Content-Type", type), ("Content-Length", "\(bytes.count)")] + headers
        return FaultReply(steps: [.write(head(status, all) + bytes)])
    }

    package static func json(_ body: String) -> FaultReply { answer(200, "application/json", body) }

    /// A web page, as proxies and login gates send them.
    package static func page(_ status: Int = 200, _ title: String = "Sign in") -> FaultReply {
        answer(
            status, "text/html; charset=utf-8",
            "<!DOCTYPE html><html><head><title>\(title)</title></head><body>\(title)</body></html>")
    }

    package static func redirect(_ status: Int = 302, to location: String) -> FaultReply {
        answer(status, "text/html", headers: [("Location", location)], "<html>moved</html>")
    }

    /// Says how long its body is, sends less, and closes.
    package static func torn(_ body: String, missing: Int = 100) -> FaultReply {
        let length = ("Content-Length", "\(body.utf8.count + missing)")
        return FaultReply(steps: [
            .write(head(200, [("Content-Type", "application/json"), length]) + Array(body.utf8)), .close,
        ])
    }

    /// In chunks; `isWhole` false leaves the end out and closes.
    package static func chunks(_ parts: [String], isWhole: Bool = true) -> FaultReply {
        var bytes = head(200, [("Content-Type", "application/json"), ("Transfer-Encoding", "chunked")])
        for part in parts { bytes += Array("\(String(part.utf8.count, radix: 16))\r\n\(part)\r\n".utf8) }
        return FaultReply(steps: isWhole ? [.write(bytes + Array("0\r\n\r\n".utf8))] : [.write(bytes), .close])
    }

    /// These bytes instead of an answer.
    package static func garbage(_ bytes: [UInt8]) -> FaultReply { FaultReply(steps: [.write(bytes), .close]) }

    /// The head and the start of a body, and then nothing more on an open connection.
    package static let stall = FaultReply(steps: [
        .write(head(200, [("Content-Type", "application/json"), ("Content-Length", "1000")]) + Array("{".utf8))
    ])

    /// Nothing on an open connection.
    package static let silence = FaultReply(steps: [])
    package static let close = FaultReply(steps: [.close])
    package static let reset = FaultReply(steps: [.reset])

    /// What a proxy answers to CONNECT.
    package static func tunnel(to port: Int) -> FaultReply { FaultReply(steps: [.tunnel(port)]) }

    package func after(milliseconds: Int64) -> FaultReply { FaultReply(steps: [.wait(milliseconds)] + steps) }

    static func head(_ status: Int, _ headers: [(String, String)]) -> [UInt8] {
        let lines = ["HTTP/1.1 \(status) Scripted"] + headers.map { "\($0.0): \($0.1)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}
