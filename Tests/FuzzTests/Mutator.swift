import TestSupport

/// Makes inputs of other inputs, the same ones for the same seed.
struct Mutator {
    private var generator: SeededGenerator
    private let seeds: [[UInt8]]

    init(_ seeds: [[UInt8]], seed: UInt64) {
        self.seeds = seeds
        generator = SeededGenerator(seed: seed)
    }

    /// What breaks decoders, besides everything.
    private static let pieces: [[UInt8]] = [
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "2147483648", "-1", "0", "1e308",
        "5e-324",
        "-0.0", "NaN", "Infinity", "1e999", "null", "true", "\"", "'", "{", "}", "[", "]", "(", ")", ",", ":", "=",
        "\n",
        "\r", "\t", " ", "%", "\\", "\u{1B}", "\u{1B}[", "\u{1B}[200~", "é", "e\u{301}", "漢", "👩‍💻", "\u{202E}", "&a",
        "*a",
        "{999}", "+", "~", "not ", "9w", "2026-11-24", "<", "#", "- ", "? ", "::", "//", "@",
    ].map { Array($0.utf8) }

    mutating func next() -> [UInt8] {
        if Int.random(in: 0..<8, using: &generator) == 0 {
            return (0..<Int.random(in: 0...64, using: &generator)).map { _ in
                .random(in: .min ... .max, using: &generator)
            }
        }
        var bytes = seeds.randomElement(using: &generator) ?? []
        for _ in 0..<Int.random(in: 0...4, using: &generator) { change(&bytes) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let from = Int.random(in: 0...bytes.count, using: &generator)
        let to = min(bytes.count, from + Int.random(in: 0...12, using: &generator))
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: bytes.removeSubrange(from..<to)
        case 1: bytes.insert(contentsOf: bytes[from..<to], at: from)
        case 2: bytes.insert(.random(in: .min ... .max, using: &generator), at: from)
        case 3: bytes.append(contentsOf: seeds.randomElement(using: &generator) ?? [])
        default:
            let piece = Self.pieces.randomElement(using: &generator) ?? []
            if Bool.random(using: &generator) {
                bytes.insert(contentsOf: piece, at: from)
            } else {
                bytes.replaceSubrange(from..<to, with: piece)
            }
        }
    }
}
