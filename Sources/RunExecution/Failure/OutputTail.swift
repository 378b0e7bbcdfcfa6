/// The end of a command's output, to look for the reason of its failure in.
struct OutputTail: Sendable {
    /// Bytes; a deep traceback has some ten thousand.
    private static let limit = 65_536

    private var bytes: [UInt8] = []

    mutating func add(_ chunk: [UInt8]) {
        bytes += chunk.suffix(Self.limit)
        // Not at each chunk: what is taken away in one piece costs little on average.
        if bytes.count > 2 * Self.limit { bytes.removeFirst(bytes.count - Self.limit) }
    }

    /// Its lines that say something, without what steers a terminal; what a carriage return overwrote are lines too.
    var lines: [String] {
        bytes.suffix(Self.limit).split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
            .map { line in
                let indent = line.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
                let plain = PlainText.of(String(decoding: line.prefix(4_096), as: UTF8.self))
                return plain.isEmpty ? "" : String(repeating: " ", count: indent.count) + plain
            }
            .filter { !$0.isEmpty }
    }
}
