/// How a cell looks: two colours and attributes. Three bytes, since every cell holds one.
package struct Style: Hashable, Sendable {
    /// Of the text.
    package var foreground: Color
    /// Behind the text.
    package var background: Color
    /// Bold and the like.
    package var attributes: Attributes

    /// The terminal's own colours where none are given.
    package init(foreground: Color = .standard, background: Color = .standard, attributes: Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// The terminal's default colours without attributes.
    package static let plain = Style()

    /// Attributes that terminals of the last decades share.
    package struct Attributes: OptionSet, Hashable, Sendable {
        /// One bit for each attribute.
        package let rawValue: UInt8

        /// Bits of the constants below.
        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Brighter or thicker.
        package static let bold = Attributes(rawValue: 1)
        /// Fainter.
        package static let dim = Attributes(rawValue: 2)
        /// The two colours exchanged.
        package static let reverse = Attributes(rawValue: 4)
        /// With a line below.
        package static let underline = Attributes(rawValue: 8)
        /// Slanted; not on every terminal.
        package static let italic = Attributes(rawValue: 16)
    }

    /// The same with more attributes.
    package func adding(_ attributes: Attributes) -> Style {
        var style = self
        style.attributes.formUnion(attributes)
        return style
    }

    /// The same in bold.
    package func bold() -> Style { adding(.bold) }
    /// The same, fainter.
    package func dim() -> Style { adding(.dim) }
    /// The same with a line below.
    package func underlined() -> Style { adding(.underline) }
    /// The same, slanted.
    package func italic() -> Style { adding(.italic) }

    /// Reverse video switched on; it stays on when it already is, so that selecting twice still shows.
    package func reversed() -> Style { adding(.reverse) }

    /// The same with another colour of text.
    package func foreground(_ color: Color) -> Style {
        var style = self
        style.foreground = color
        return style
    }

    /// The same with another colour behind the text.
    package func background(_ color: Color) -> Style {
        var style = self
        style.background = color
        return style
    }
}
