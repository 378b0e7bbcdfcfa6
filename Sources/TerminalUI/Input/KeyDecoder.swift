/// Turns the bytes that a terminal sends into keys.
///
/// Bytes may arrive in any pieces. An escape sequence that is not known is swallowed whole, so that no part of it is
/// taken for commands; a bracketed paste becomes one key, however many reads it takes. One that never ends is bounded in
/// size, and over at the first key that is pressed after a pause.
package struct KeyDecoder: Sendable {
    /// Sequences of this terminal's own description; they win over the common ones.
    private let terminalKeys: [[UInt8]: Key]
    private var buffer: [UInt8] = []
    /// What has arrived of a paste; nil outside one.
    private var pasted: [UInt8]?
    /// When the last bytes came.
    private var lastArrival: ContinuousClock.Instant?

    /// Longer pastes than this into a line editor are accidents; the rest is dropped.
    static let longestPaste = 1 << 20
    /// No terminal sends longer key sequences; a longer one is noise.
    static let longestSequence = 64

    /// Silence within a paste after which what a single key sends is that key again, for the end of the paste was lost.
    /// The rest of a paste that a slow connection held up comes in longer pieces.
    static let pastePause = Duration.seconds(1)
    /// Bytes that one key sends at most, a character with its marks included.
    static let longestKey = 16

    /// - Parameter terminalKeys: sequences of this terminal's own description.
    package init(terminalKeys: [[UInt8]: Key] = [:]) {
        self.terminalKeys = terminalKeys
    }

    /// Whether bytes wait for more to make sense: after a short while without any, `flush` says what they were.
    package var isPending: Bool { !buffer.isEmpty }

    /// The keys that are complete.
    /// - Parameter moment: when `bytes`, which are what one read gave, arrived.
    package mutating func decode(_ bytes: some Sequence<UInt8>, at moment: ContinuousClock.Instant) -> [Key] {
        let bytes = Array(bytes)
        var keys: [Key] = []
        if let lastArrival, pasted != nil, lastArrival.duration(to: moment) >= Self.pastePause,
            bytes.count <= Self.longestKey, !Self.endsPaste(buffer + bytes)
        {
            keys.append(abandonPaste())
        }
        lastArrival = moment
        buffer += bytes
        return keys + takeKeys(isFinal: false)
    }

    /// Whether this is the end of a paste or its beginning; a lone escape byte is more likely the key.
    private static func endsPaste(_ bytes: [UInt8]) -> Bool {
        bytes.count > 1 && bytes.starts(with: pasteEnd.prefix(bytes.count))
    }

    /// Takes a paste whose end was lost for over.
    private mutating func abandonPaste() -> Key {
        appendToPaste(buffer[...])
        buffer = []
        let text = String(decoding: pasted ?? [], as: UTF8.self)
        pasted = nil
        return .paste(text)
    }

    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    /// The keys that remain when nothing more comes: a lone escape byte is the escape key.
    package mutating func flush() -> [Key] {
        takeKeys(isFinal: true)
    }

    private mutating func takeKeys(isFinal: Bool) -> [Key] {
        var keys: [Key] = []
        var rest = buffer[...]
        while !rest.isEmpty {
            if pasted != nil {
                guard let key = takePaste(&rest, isFinal: isFinal) else { break }
                keys.append(key)
                continue
            }
            guard let length = takeOne(rest, isFinal: isFinal, into: &keys) else { break }
            rest.removeFirst(min(length, rest.count))
        }
        buffer = Array(rest)
        return keys
    }

    /// Decodes what `bytes` starts with.
    /// - Returns: the bytes used up, or nil when more are needed.
    private mutating func takeOne(_ bytes: ArraySlice<UInt8>, isFinal: Bool, into keys: inout [Key]) -> Int? {
        let start = bytes.startIndex
        switch bytes[start] {
        case 0x1B:
            return takeEscape(bytes, isFinal: isFinal, into: &keys)
        case 0x20..<0x7F:
            keys.append(.character(Character(Unicode.Scalar(bytes[start]))))
            return 1
        case 0x80...:
            return takeText(bytes, isFinal: isFinal, into: &keys)
        default:
            keys.append(terminalKeys[[bytes[start]]] ?? Self.controlKey(bytes[start]))
            return 1
        }
    }

    private mutating func takeEscape(_ bytes: ArraySlice<UInt8>, isFinal: Bool, into keys: inout [Key]) -> Int? {
        if let (length, key) = terminalKey(bytes) {
            keys.append(key)
            return length
        }
        switch EscapeSequence(bytes) {
        case .incomplete where bytes.count > Self.longestSequence:
            return bytes.count
        case .incomplete:
            guard isFinal else { return nil }
            // The start of a sequence that never ended is noise.
            if bytes.count == 1 { keys.append(.escape) }
            if bytes.count == 2 { keys.append(.alt(Character(Unicode.Scalar(bytes[bytes.startIndex + 1])))) }
            return bytes.count
        case .escapeKey:
            keys.append(.escape)
            return 1
        case .alt(let byte):
            keys.append(.alt(Character(Unicode.Scalar(byte))))
            return 2
        case .pasteStart(let length):
            pasted = []
            return length
        case .sequence(let length, let key):
            if let key { keys.append(key) }
            return length
        }
    }

    private func terminalKey(_ bytes: ArraySlice<UInt8>) -> (Int, Key)? {
        guard !terminalKeys.isEmpty else { return nil }
        for length in stride(from: min(bytes.count, 8), to: 1, by: -1) {
            if let key = terminalKeys[Array(bytes.prefix(length))] { return (length, key) }
        }
        return nil
    }

    /// A run of UTF-8 beyond ASCII, so that combined characters stay one key.
    private func takeText(_ bytes: ArraySlice<UInt8>, isFinal: Bool, into keys: inout [Key]) -> Int? {
        let run = bytes.prefix { $0 >= 0x80 }
        var length = run.count
        if length == bytes.count, !isFinal {
            length -= Self.incompleteTail(run)
            guard length > 0 else { return nil }
        }
        for character in String(decoding: run.prefix(length), as: UTF8.self) where Self.isTyped(character) {
            keys.append(.character(character))
        }
        return length
    }

    /// How many bytes at the end begin a character whose other bytes have not come yet.
    private static func incompleteTail(_ run: ArraySlice<UInt8>) -> Int {
        for (offset, byte) in run.suffix(4).reversed().enumerated() where byte >= 0xC0 {
            let needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
            return offset + 1 < needed ? offset + 1 : 0
        }
        return 0
    }

    /// Bytes that are not UTF-8 decode as U+FFFD; C1 controls are no keys.
    private static func isTyped(_ character: Character) -> Bool {
        guard let first = character.unicodeScalars.first else { return false }
        return first.value != 0xFFFD && !(0x80..<0xA0).contains(first.value)
    }

    private mutating func takePaste(_ rest: inout ArraySlice<UInt8>, isFinal: Bool) -> Key? {
        let end = Self.pasteEnd
        if let found = rest.firstRange(of: end) {
            appendToPaste(rest[..<found.lowerBound])
            rest = rest[found.upperBound...]
            let text = String(decoding: pasted ?? [], as: UTF8.self)
            pasted = nil
            return .paste(text)
        }
        // The end may have come in part.
        let kept = (1..<end.count).last { rest.suffix($0).elementsEqual(end.prefix($0)) } ?? 0
        appendToPaste(rest.dropLast(kept))
        rest = rest.suffix(kept)
        return nil
    }

    private mutating func appendToPaste(_ bytes: ArraySlice<UInt8>) {
        let room = Self.longestPaste - (pasted?.count ?? 0)
        pasted?.append(contentsOf: bytes.prefix(room))
    }
}
