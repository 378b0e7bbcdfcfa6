import CNcurses

/// What is known of the terminal without opening it.
package struct TerminalDescription: Sendable {
    /// Whether the dashboard can open on it, were it there: what TERM names is known and can move its cursor.
    package let isUsable: Bool
    /// Whether there is a description of what TERM names.
    package let isKnown: Bool
    /// Colours of the description.
    package let colors: Int
    /// Whether the locale says UTF-8.
    package let isUTF8: Bool

    /// By `TERM` and the locale.
    @MainActor package static func read() -> TerminalDescription {
        var colors: Int32 = 0
        let answer = cn_describe(&colors)
        return TerminalDescription(
            isUsable: answer == Int32(CN_OPENED), isKnown: answer != Int32(CN_UNKNOWN_TERMINAL), colors: Int(colors),
            isUTF8: cn_is_utf8() != 0)
    }
}
