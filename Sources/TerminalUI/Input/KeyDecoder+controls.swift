extension KeyDecoder {
    /// The key of a control byte. ctrl-h and ctrl-j, ctrl-i and ctrl-m cannot be told from the keys that send the same.
    static func controlKey(_ byte: UInt8) -> Key {
        switch byte {
        case 0x00: return .control(" ")
        case 0x08, 0x7F: return .backspace
        case 0x09: return .tab
        case 0x0A, 0x0D: return .enter
        case 0x01...0x1A: return .control(Character(Unicode.Scalar(byte + 0x60)))
        default: return .control(Character(Unicode.Scalar(byte + 0x40)))
        }
    }
}
