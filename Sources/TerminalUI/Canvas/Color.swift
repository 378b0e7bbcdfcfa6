/// The terminal's own default colour, or one of the sixteen ANSI colours, whose shades the terminal's owner chose.
package enum Color: UInt8, Sendable, CaseIterable {
    /// Whatever the terminal uses when no colour is asked for; readable on light and on dark backgrounds.
    case standard
    case black, red, green, yellow, blue, magenta, cyan, white
    case brightBlack, brightRed, brightGreen, brightYellow, brightBlue, brightMagenta, brightCyan, brightWhite

    /// The ANSI number, 0 to 15; nil for the default colour.
    package var ansiNumber: Int? { self == .standard ? nil : Int(rawValue) - 1 }
}

extension Color {
    /// Whether it is one of the second eight.
    package var isBright: Bool { rawValue >= Color.brightBlack.rawValue }

    /// The colour of the same name among the first eight, for terminals that have no more.
    package var dark: Color {
        isBright ? Color(rawValue: rawValue - 8) ?? self : self
    }
}
