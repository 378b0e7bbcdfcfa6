import TerminalUI

/// Places of run services where room is short.
enum PlaceText {
    /// At most `width` cells; of a path its end is kept, of an address its beginning.
    static func fitted(_ place: String, to width: Int, _ glyphs: Glyphs) -> String {
        let text = TerminalText.sanitized(place)
        guard TerminalText.width(of: text) > width, place.hasPrefix("/") || place.hasPrefix("~") else {
            return TerminalText.truncated(place, to: max(0, width), ellipsis: glyphs.ellipsis)
        }
        return ending(of: text, width: width, glyphs)
    }

    /// At most `width` cells of the end of a text, with an ellipsis before it where it is cut.
    static func ending(of place: String, width: Int, _ glyphs: Glyphs) -> String {
        let text = TerminalText.sanitized(place)
        guard TerminalText.width(of: text) > width else { return text }
        let room = max(0, width - TerminalText.width(of: glyphs.ellipsis))
        var tail = text.suffix(room)
        while TerminalText.width(of: tail) > room { tail = tail.dropFirst() }
        return width > 0 ? glyphs.ellipsis + tail : ""
    }
}
