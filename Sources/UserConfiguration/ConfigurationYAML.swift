import BoundedYAML
import Yams

/// YAML as far as a configuration needs it: a bounded tree whose nodes know their lines.
enum ConfigurationYAML {
    struct Fault: Error {
        var line: Int?
        var sentence: String
    }

    /// The tree of a file, nil for one without any; throws what keeps it from being read.
    static func root(_ bytes: [UInt8]) throws(Fault) -> Node? {
        let bytes = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes.dropFirst(3)) : bytes
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw Fault(sentence: "this file is not text in UTF-8.")
        }
        if let line = lineOfReference(bytes) {
            throw Fault(
                line: line,
                sentence: "anchors (&name) and aliases (*name) are not read here; write the value out, or put quotes "
                    + "right around it.")
        }
        do throws(YAMLProblem) {
            return try BoundedYAML.read(bytes)
        } catch {
            let line = error.line.map { lineOfSecond(error, at: $0, text) }
            throw Fault(line: line, sentence: "this cannot be read: \(error.reason).")
        }
    }

    /// The first line with what may be an anchor or an alias: a few lines of them can stand for billions of nodes.
    ///
    /// Sees each that YAML would see, since one stands where a value begins. It takes some text in quotes for one, too.
    private static func lineOfReference(_ bytes: [UInt8]) -> Int? {
        let breaks: Set<UInt8> = [0x0a, 0x0d]
        for (index, line) in bytes.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
            var last = UInt8(ascii: " ")
            for position in line.indices {
                let byte = line[position]
                let beginsValue = last == 0x20 || last == 0x09 || breaks.contains(last) || "[{,:-?".utf8.contains(last)
                let rest = line[(position + 1)...]
                // A comment; where a quote follows, it may be text within quotes that end in this line.
                if byte == UInt8(ascii: "#"), beginsValue, !rest.contains(where: { $0 == 0x22 || $0 == 0x27 }) { break }
                if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*"), beginsValue, let next = rest.first,
                    next != 0x20 && next != 0x09 && !breaks.contains(next)
                {
                    return index + 1
                }
                last = byte
            }
        }
        return nil
    }

    /// Where a key comes again that is there twice: the parser tells where it is first.
    private static func lineOfSecond(_ problem: YAMLProblem, at line: Int, _ text: String) -> Int {
        let quoted = problem.reason.split(separator: "`", omittingEmptySubsequences: false)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard problem.reason.hasSuffix("is there twice"), quoted.count == 3, lines.indices.contains(line - 1),
            let first = lines[line - 1].firstRange(of: quoted[1])
        else { return line }
        let start = lines[line - 1][..<first.lowerBound] + quoted[1] + ":"
        return (lines.dropFirst(line).firstIndex { $0.hasPrefix(start) } ?? line - 1) + 1
    }
}
