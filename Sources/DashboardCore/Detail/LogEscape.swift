/// What an escape sequence in a log does to the lines, as far as that matters for reading them.
///
/// Written from ECMA-48 and xterm's control sequences (invisible-island.net/xterm/ctlseqs).
enum LogEscape: Equatable {
    /// Sets colours, a title, a link, the cursor's look: nothing to read. `length` in bytes, as in all cases.
    case ornament(length: Int)
    case up(Int, length: Int)
    case down(Int, length: Int)
    /// To the first column.
    case home(length: Int)
    /// Clears from the cursor to the end of its line.
    case eraseRest(length: Int)
    /// Clears the cursor's line.
    case eraseLine(length: Int)
    /// Clears from the cursor to the end of the screen.
    case eraseBelow(length: Int)
    /// Anything else, which is shown as it is.
    case text
    /// The bytes end before it does.
    case unfinished

    /// Longer control sequences than this are no sequences.
    private static let longestControl = 64
    /// Room for a link's address.
    private static let longestString = 4_096
    /// Few terminals have more rows to move over, and a hostile log must not make much of each sequence.
    static let mostRows = 300

    /// Reads the sequence whose escape byte is at `start`.
    init(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
        guard start + 1 < bytes.count else {
            self = .unfinished
            return
        }
        switch bytes[start + 1] {
        case UInt8(ascii: "["): self = Self.control(bytes, start)
        case UInt8(ascii: "]"): self = Self.string(bytes, start)
        case UInt8(ascii: "("), UInt8(ascii: ")"):
            self = start + 2 < bytes.count ? .ornament(length: 3) : .unfinished
        case UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "7"), UInt8(ascii: "8"): self = .ornament(length: 2)
        case UInt8(ascii: "M"): self = .up(1, length: 2)
        default: self = .text
        }
    }

    /// `ESC [ parameters final`.
    private static func control(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> LogEscape {
        var number = 0
        var isPlainNumber = true
        var isPrivate = false
        var index = start + 2
        while index < bytes.count {
            let byte = bytes[index]
            let length = index + 1 - start
            if length > longestControl { return .text }
            switch byte {
            case 0x30...0x39: number = min(mostRows, number * 10 + Int(byte - 0x30))
            case UInt8(ascii: "?"): isPrivate = true
            case 0x20...0x3F: isPlainNumber = false
            case 0x40...0x7E:
                return meaning(byte, number, isPlain: isPlainNumber, isPrivate: isPrivate, length: length)
            default: return .text
            }
            index += 1
        }
        return .unfinished
    }

    private static func meaning(
        _ final: UInt8, _ number: Int, isPlain: Bool, isPrivate: Bool, length: Int
    ) -> LogEscape {
        switch final {
        case UInt8(ascii: "m"): return .ornament(length: length)
        case UInt8(ascii: "h"), UInt8(ascii: "l"): return isPrivate ? .ornament(length: length) : .text
        default: break
        }
        guard isPlain, !isPrivate else { return .text }
        switch (final, number) {
        case (UInt8(ascii: "A"), _), (UInt8(ascii: "F"), _): return .up(max(1, number), length: length)
        case (UInt8(ascii: "B"), _), (UInt8(ascii: "E"), _): return .down(max(1, number), length: length)
        case (UInt8(ascii: "G"), 0...1): return .home(length: length)
        case (UInt8(ascii: "K"), 0): return .eraseRest(length: length)
        case (UInt8(ascii: "K"), 2): return .eraseLine(length: length)
        case (UInt8(ascii: "K"), 1): return .ornament(length: length)
        case (UInt8(ascii: "J"), 0): return .eraseBelow(length: length)
        default: return .text
        }
    }

    /// `ESC ] … BEL` or `ESC ] … ESC \`: titles, and the two halves of a link around its text.
    private static func string(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> LogEscape {
        var index = start + 2
        while index < bytes.count {
            if index - start > longestString { return .text }
            switch bytes[index] {
            case 0x07: return .ornament(length: index + 1 - start)
            case 0x1B:
                guard index + 1 < bytes.count else { return .unfinished }
                return bytes[index + 1] == UInt8(ascii: "\\") ? .ornament(length: index + 2 - start) : .text
            case 0x0A: return .text
            default: index += 1
            }
        }
        return .unfinished
    }
}
