/// What bytes that begin with escape mean, by the common rules: ECMA-48 control sequences and the keys of xterm, VT220,
/// rxvt and the Linux console.
enum EscapeSequence: Equatable {
    /// More bytes are needed to tell.
    case incomplete
    /// The key itself, followed by something else.
    case escapeKey
    /// Alt and a character.
    case alt(UInt8)
    case pasteStart(length: Int)
    /// A whole sequence; without a key when it means nothing here.
    case sequence(length: Int, key: Key?)

    init(_ bytes: ArraySlice<UInt8>) {
        let bytes = Array(bytes.prefix(KeyDecoder.longestSequence + 1))
        guard bytes.count > 1 else {
            self = .incomplete
            return
        }
        switch bytes[1] {
        case UInt8(ascii: "["): self = Self.control(bytes)
        case UInt8(ascii: "O"): self = Self.singleShift(bytes)
        case 0x1B, 0x80...: self = .escapeKey
        default: self = .alt(bytes[1])
        }
    }

    /// ESC O and one letter, possibly after a modifier: what cursor and function keys send in application mode.
    private static func singleShift(_ bytes: [UInt8]) -> EscapeSequence {
        guard let final = bytes.dropFirst(2).firstIndex(where: { !(0x30...0x3F).contains($0) }) else {
            return .incomplete
        }
        return .sequence(length: final + 1, key: letterKey(bytes[final], modifier: 1, isSingleShift: true))
    }

    /// ESC [, parameters, intermediates and a final byte.
    private static func control(_ bytes: [UInt8]) -> EscapeSequence {
        guard bytes.count > 2 else { return .incomplete }
        // The Linux console sends ESC [ [ A for F1.
        if bytes[2] == UInt8(ascii: "[") {
            guard bytes.count > 3 else { return .incomplete }
            let number = Int(bytes[3]) - Int(UInt8(ascii: "A")) + 1
            return .sequence(length: 4, key: (1...5).contains(number) ? .function(number) : nil)
        }
        guard let final = bytes.dropFirst(2).firstIndex(where: { !(0x20...0x3F).contains($0) }) else {
            return .incomplete
        }
        guard (0x40...0x7E).contains(bytes[final]) else {
            // Broken off by something else, which is read on its own.
            return .sequence(length: final, key: nil)
        }
        if bytes[2] == UInt8(ascii: "M") { return x10Mouse(bytes) }
        if bytes[2] == UInt8(ascii: "<"), [UInt8(ascii: "M"), UInt8(ascii: "m")].contains(bytes[final]) {
            return .sequence(length: final + 1, key: mouse(bytes[3...final]))
        }
        // Answers of the terminal about itself carry <, =, > or ?; no key does.
        guard !bytes[2..<final].contains(where: { (0x3C...0x3F).contains($0) }) else {
            return .sequence(length: final + 1, key: nil)
        }
        let parameters = bytes[2..<final].split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
        let modifier = parameters.count > 1 ? parameters[1] : 1
        if bytes[final] == UInt8(ascii: "~") {
            if parameters.first == 200 { return .pasteStart(length: final + 1) }
            return .sequence(length: final + 1, key: numberedKey(parameters.first ?? 0))
        }
        return .sequence(length: final + 1, key: letterKey(bytes[final], modifier: modifier, isSingleShift: false))
    }

    /// `button;column;row` in xterm's extended form; a small m is a release.
    private static func mouse(_ bytes: ArraySlice<UInt8>) -> Key? {
        let fields = bytes.dropLast().split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            .map { Int(String(decoding: $0, as: UTF8.self)) }
        guard bytes.last == UInt8(ascii: "M"), fields.count == 3, let button = fields[0], let column = fields[1],
            let row = fields[2]
        else { return nil }
        return Mouse(button: button, column: column, row: row).map { .mouse($0) }
    }

    /// Three bytes follow, each 32 more than its number: what terminals send that know no extended form.
    private static func x10Mouse(_ bytes: [UInt8]) -> EscapeSequence {
        guard bytes.count >= 6 else { return .incomplete }
        let numbers = bytes[3..<6].map { Int($0) - 32 }
        return .sequence(
            length: 6, key: Mouse(button: numbers[0], column: numbers[1], row: numbers[2]).map { .mouse($0) })
    }

    /// xterm counts modifiers from 1: shift adds 1, alt 2, control 4.
    private static func letterKey(_ letter: UInt8, modifier: Int, isSingleShift: Bool) -> Key? {
        let isShifted = modifier > 1 && (modifier - 1) & 1 == 1
        switch Character(Unicode.Scalar(letter)) {
        case "A": return isShifted ? .shiftUp : .up
        case "B": return isShifted ? .shiftDown : .down
        case "C": return isShifted ? .shiftRight : .right
        case "D": return isShifted ? .shiftLeft : .left
        // rxvt: lower case is shift in a control sequence, and control in a single shift.
        case "a": return isSingleShift ? .up : .shiftUp
        case "b": return isSingleShift ? .down : .shiftDown
        case "c": return isSingleShift ? .right : .shiftRight
        case "d": return isSingleShift ? .left : .shiftLeft
        case "H": return .home
        case "F": return .end
        case "Z": return .backTab
        case "P": return .function(1)
        case "Q": return .function(2)
        case "R": return .function(3)
        case "S": return .function(4)
        case "M" where isSingleShift: return .enter
        case "I" where !isSingleShift: return .focusIn
        case "O" where !isSingleShift: return .focusOut
        default: return nil
        }
    }

    /// The numbers of DEC's editing and function keys, with their gaps.
    private static func numberedKey(_ number: Int) -> Key? {
        switch number {
        case 1, 7: return .home
        case 2: return .insert
        case 3: return .delete
        case 4, 8: return .end
        case 5: return .pageUp
        case 6: return .pageDown
        case 11...15: return .function(number - 10)
        case 17...21: return .function(number - 11)
        case 23, 24: return .function(number - 12)
        default: return nil
        }
    }
}
