import Glibc

/// What of the terminal behind the standard output a table needs to know.
enum ScreenWidth {
    /// Cells of a line; nil where the output is no terminal, whose lines have no end.
    static var current: Int? {
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// What stands where a cell was cut.
    static var ellipsis: String {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(Environment.value).first?.lowercased() ?? ""
        return locale.contains("utf-8") || locale.contains("utf8") ? "…" : "~"
    }
}
