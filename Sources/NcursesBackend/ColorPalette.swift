import CNcurses
import TerminalUI

/// Turns styles into what ncurses takes: attribute bits and colour pairs, which are limited and made when first needed.
struct ColorPalette {
    /// Colours in use: 0, 8, 16 or 256.
    let colors: Int
    private let hasDefaultColors: Bool
    private let maximumPairs: Int
    /// By foreground and background: those that have been made.
    private var pairs: [UInt16: Int32] = [:]
    private var pairCount: Int32 = 0

    /// Needs an open terminal.
    init() {
        let offered = Int(cn_colors())
        colors = offered >= 256 ? 256 : offered >= 16 ? 16 : offered >= 8 ? 8 : 0
        hasDefaultColors = cn_has_default_colors() != 0
        maximumPairs = Int(cn_pairs())
    }

    mutating func attributes(of style: Style) -> (attributes: Int32, pair: Int32) {
        var attributes = Int32(style.attributes.rawValue)
        guard colors > 0 else { return (attributes, 0) }
        var foreground = style.foreground
        var background = style.background
        if colors < 256 {
            foreground = foreground.ansi
            background = background.ansi
        }
        if colors == 8 {
            // Bright black as bold black is black on many terminals: dim says the same and can be read.
            if foreground == .brightBlack {
                foreground = .standard
                attributes |= Int32(CN_DIM)
            } else if foreground.isBright {
                attributes |= Int32(CN_BOLD)
            }
            foreground = foreground.dark
            background = background.dark
        }
        return (attributes, pair(foreground, background))
    }

    private mutating func pair(_ foreground: Color, _ background: Color) -> Int32 {
        guard foreground != .standard || background != .standard else { return 0 }
        let index = UInt16(foreground.rawValue) << 8 | UInt16(background.rawValue)
        if let pair = pairs[index] { return pair }
        guard Int(pairCount) < maximumPairs else { return 0 }
        pairCount += 1
        cn_define_pair(pairCount, number(foreground, otherwise: .white), number(background, otherwise: .black))
        pairs[index] = pairCount
        return pairCount
    }

    private func number(_ color: Color, otherwise: Color) -> Int32 {
        if let number = color.number { return Int32(number) }
        return hasDefaultColors ? -1 : Int32(otherwise.number ?? 0)
    }
}
