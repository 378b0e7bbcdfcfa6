/// The parts of a `multipart/form-data` body (RFC 7578).
enum MultipartForm {
    /// One part.
    struct Part: Equatable {
        var name: String?
        var fileName: String?
        var content: [UInt8]
    }

    /// More parts than any client sends.
    private static let most = 100

    /// Empty for what is no such body.
    static func parts(of body: [UInt8], contentType: String) -> [Part] {
        guard let boundary = parameter("boundary", in: contentType), !boundary.isEmpty else { return [] }
        let mark = Array("--\(boundary)".utf8)
        var parts: [Part] = []
        guard var start = find(mark, in: body[...], from: 0).map({ $0 + mark.count }) else { return [] }
        while parts.count < most, let end = find(mark, in: body[...], from: start) {
            if let part = part(body[start..<end]) { parts.append(part) }
            start = end + mark.count
        }
        return parts
    }

    /// What is between two marks: a line end, headers, an empty line, the content, a line end.
    private static func part(_ bytes: ArraySlice<UInt8>) -> Part? {
        let blank = Array("\r\n\r\n".utf8)
        guard let headEnd = find(blank, in: bytes, from: bytes.startIndex) else { return nil }
        let head = String(decoding: bytes[..<headEnd], as: UTF8.self)
        var content = bytes[(headEnd + blank.count)...]
        if content.suffix(2).elementsEqual("\r\n".utf8) { content.removeLast(2) }
        let disposition =
            head.split(whereSeparator: \.isNewline)
            .first { $0.lowercased().hasPrefix("content-disposition:") }.map(String.init) ?? ""
        return Part(
            name: parameter("name", in: disposition), fileName: parameter("filename", in: disposition),
            content: Array(content))
    }

    /// `name=value` or `name="value"` behind a semicolon.
    private static func parameter(_ name: String, in header: String) -> String? {
        for item in header.split(separator: ";").dropFirst() {
            let pair = item.split(separator: "=", maxSplits: 1).map { $0.drop { $0 == " " } }
            guard pair.count == 2, pair[0].lowercased() == name else { continue }
            return String(pair[1].hasPrefix("\"") && pair[1].hasSuffix("\"") ? pair[1].dropFirst().dropLast() : pair[1])
        }
        return nil
    }

    private static func find(_ needle: [UInt8], in hay: ArraySlice<UInt8>, from start: Int) -> Int? {
        guard let first = needle.first else { return nil }
        var position = start
        while let found = hay[position...].firstIndex(of: first), found + needle.count <= hay.endIndex {
            if hay[found...].starts(with: needle) { return found }
            position = found + 1
        }
        return nil
    }
}
