/// How a cell looks: two colours and attributes. Three bytes, since every cell holds one.
package struct Style: Hashable, Sendable {
    package var foreground: Color
    package var background: Color
    package var attributes: Attributes

    package init(foreground: Color = .standard, background: Color = .standard, attributes: Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// The terminal's default colours without attributes.
    package static let plain = Style()

    /// Attributes that terminals of the last decades share.
    package struct Attributes: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let bold = Attributes(rawValue: 1)
        package static let dim = Attributes(rawValue: 2)
        package static let reverse = Attributes(rawValue: 4)
        package static let underline = Attributes(rawValue: 8)
        package static let italic = Attributes(rawValue: 16)
    }

    package func adding(_ attributes: Attributes) -> Style {
        var style = self
        style.attributes.formUnion(attributes)
        return style
    }

    package func bold() -> Style { adding(.bold) }
    package func dim() -> Style { adding(.dim) }
    package func underlined() -> Style { adding(.underline) }
    package func italic() -> Style { adding(.italic) }

    /// Reverse video switched on; it stays on when it already is, so that selecting twice still shows.
    package func reversed() -> Style { adding(.reverse) }

    package func foreground(_ color: Color) -> Style {
        var style = self
        style.foreground = color
        return style
    }

    package func background(_ color: Color) -> Style {
        var style = self
        style.background = color
        return style
    }
}
