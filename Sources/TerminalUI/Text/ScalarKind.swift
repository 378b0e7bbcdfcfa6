/// What a Unicode scalar means for a terminal cell.
///
/// Names, tags and logs come from others. Whatever could steer the terminal, reorder text, hide in it or has no known
/// width is shown as a stand-in: control pictures for C0 and DEL (ESC becomes ␛), U+FFFD for the rest.
enum ScalarKind: Equatable {
    /// Takes 1 or 2 cells as it is.
    case spacing(width: UInt8)
    /// Joins the character before it and takes no cell.
    case mark
    /// Is shown as another scalar, one cell wide.
    case replaced(by: UInt32)

    static let standIn = ScalarKind.replaced(by: 0xFFFD)

    init(_ scalar: Unicode.Scalar) {
        let value = scalar.value
        switch value {
        case 0x20..<0x7F, 0xA1..<0xAD, 0xAE..<0x300:
            self = .spacing(width: 1)
        case 0..<0x20:
            self = .replaced(by: 0x2400 + value)
        case 0x7F:
            self = .replaced(by: 0x2421)
        case 0x80..<0xA0, 0xAD:
            self = .standIn
        case 0x2500...0x25FC, 0x2800...0x28FF:
            self = .spacing(width: 1)
        case 0x4E00...0x9FFF, 0xAC00...0xD7A3:
            self = .spacing(width: 2)
        case 0x1F1E6...0x1F1FF:
            // A flag is two of these. Terminals disagree whether that takes 1, 2 or 4 cells; its two letters take 2.
            self = .replaced(by: value - 0x1F1E6 + 0x41)
        default:
            self = Self.classified(scalar)
        }
    }

    private static func classified(_ scalar: Unicode.Scalar) -> ScalarKind {
        let properties = scalar.properties
        // Zero-width and filler characters: text that looks the same must be the same.
        if properties.isDefaultIgnorableCodePoint { return .standIn }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark:
            return .mark
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            return .standIn
        case .spaceSeparator where scalar.value != 0x3000:
            return .replaced(by: 0x20)
        default:
            // glibc gives vowels and final consonants of conjoining Hangul no width: they join the initial's cell.
            if isConjoiningHangul(scalar.value) { return .mark }
            return .spacing(width: WideScalars.contains(scalar.value) ? 2 : 1)
        }
    }

    private static func isConjoiningHangul(_ value: UInt32) -> Bool {
        (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FB).contains(value)
    }
}
