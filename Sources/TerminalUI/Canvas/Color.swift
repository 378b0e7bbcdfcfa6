/// The terminal's own default colour, or one of the 256 of most terminals' palettes; the shades of the first sixteen are
/// its owner's choice.
///
/// One byte, since every cell holds two.
package struct Color: Hashable, Sendable {
    /// 0 for the default, one more than the ANSI number for the first sixteen, and the number itself from 17 on: number
    /// 16 is black again.
    package let rawValue: UInt8

    private init(raw: UInt8) { rawValue = raw }

    /// Whatever the terminal uses when no colour is asked for; readable on light and on dark backgrounds.
    package static let standard = Color(raw: 0)
    /// Number 0.
    package static let black = Color(raw: 1)
    /// Number 1.
    package static let red = Color(raw: 2)
    /// Number 2.
    package static let green = Color(raw: 3)
    /// Number 3.
    package static let yellow = Color(raw: 4)
    /// Number 4.
    package static let blue = Color(raw: 5)
    /// Number 5.
    package static let magenta = Color(raw: 6)
    /// Number 6.
    package static let cyan = Color(raw: 7)
    /// Number 7.
    package static let white = Color(raw: 8)
    /// Number 8.
    package static let brightBlack = Color(raw: 9)
    /// Number 9.
    package static let brightRed = Color(raw: 10)
    /// Number 10.
    package static let brightGreen = Color(raw: 11)
    /// Number 11.
    package static let brightYellow = Color(raw: 12)
    /// Number 12.
    package static let brightBlue = Color(raw: 13)
    /// Number 13.
    package static let brightMagenta = Color(raw: 14)
    /// Number 14.
    package static let brightCyan = Color(raw: 15)
    /// Number 15.
    package static let brightWhite = Color(raw: 16)

    /// A colour of the palette by its number.
    package init(number: UInt8) { rawValue = number < 16 ? number + 1 : number == 16 ? 1 : number }

    /// 0 to 255; nil for the default colour.
    package var number: Int? { rawValue == 0 ? nil : rawValue <= 16 ? Int(rawValue) - 1 : Int(rawValue) }

    /// A colour by its name, such as `red`, `bright-red`, `gray` or `default`, or by its number; nil for anything else.
    package init?(named name: String) {
        let plain = name.lowercased()
        if let number = UInt8(plain) {
            self.init(number: number)
        } else if plain == "default" {
            self = .standard
        } else if plain == "gray" || plain == "grey" {
            self = .brightBlack
        } else if let index = Self.names.firstIndex(of: plain.hasPrefix("bright-") ? String(plain.dropFirst(7)) : plain)
        {
            self.init(number: UInt8(index) + (plain.hasPrefix("bright-") ? 8 : 0))
        } else {
            return nil
        }
    }

    /// The names of the first eight, in the order of their numbers.
    package static let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
}

extension Color {
    /// Whether it is one of the second eight.
    package var isBright: Bool { (9...16).contains(rawValue) }

    /// The colour of the same name among the first eight, for terminals that have no more.
    package var dark: Color { isBright ? Color(raw: rawValue - 8) : self }

    /// The nearest of the first sixteen, for terminals that have no more.
    package var ansi: Color {
        guard let number, number >= 16 else { return self }
        if number >= 232 {
            let level = number - 232
            return Color(number: level < 5 ? 0 : level < 12 ? 8 : level < 20 ? 7 : 15)
        }
        let cube = number - 16
        let parts = [cube / 36, cube / 6 % 6, cube % 6]
        let most = parts.max() ?? 0
        guard most > 0 else { return .black }
        var index = most >= 4 ? 8 : 0
        for (bit, part) in parts.enumerated() where part * 2 > most { index |= 1 << bit }
        return Color(number: UInt8(index))
    }
}

extension Color: CustomStringConvertible {
    /// As it is written in code, where it has a name there: `brightRed`.
    package var description: String {
        guard let number else { return "standard" }
        guard number < 16 else { return "color\(number)" }
        let name = Self.names[number % 8]
        return number < 8 ? name : "bright" + name.prefix(1).uppercased() + name.dropFirst()
    }
}
