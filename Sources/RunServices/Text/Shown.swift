#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Other people's text inside our sentences: nothing of it steers a terminal, reorders what is around it or hides.
package enum Shown {
    /// An absolute path with the home directory abbreviated; what `isHidden` becomes `?`.
    package static func path(_ path: String) -> String {
        var home = getenv("HOME").map { String(cString: $0) } ?? ""
        while home.hasSuffix("/") { home.removeLast() }
        let isBelow = !home.isEmpty && path.hasPrefix(home + "/")
        let short = isBelow ? "~" + path.dropFirst(home.count) : path
        return visible(short.unicodeScalars)
    }

    /// One line of at most 80 scalars; what `isHidden` becomes `?`, and a longer text ends in an ellipsis.
    package static func text(_ text: String) -> String {
        let kept = text.unicodeScalars.prefix(81)
        return kept.count > 80 ? visible(kept.dropLast()) + "…" : visible(kept)
    }

    /// Sentences of ours on their way out, with whatever of others' is in them: lines stay lines, and all else that
    /// `isHidden` becomes `?`.
    package static func lines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { visible($0.unicodeScalars) }
            .joined(separator: "\n")
    }

    private static func visible(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in scalars { shown.append(isHidden(scalar) ? "?" : scalar) }
        return String(shown)
    }

    /// Control characters, bidi controls, line separators, invisible and unassigned characters: the very ones for which
    /// `TerminalUI` draws a stand-in, which a test compares over all of Unicode.
    package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if (0x20..<0x7F).contains(scalar.value) { return false }
        if scalar.value < 0xA0 { return true }
        let properties = scalar.properties
        if properties.isDefaultIgnorableCodePoint { return true }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return true
        default: return false
        }
    }
}
