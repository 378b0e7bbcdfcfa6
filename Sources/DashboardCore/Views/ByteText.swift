import TerminalUI

/// Sizes as people read them.
enum ByteText {
    static func brief(_ bytes: Int64) -> String {
        if bytes < 1_000 { return "\(bytes) B" }
        var value = Double(bytes)
        for unit in ["kB", "MB", "GB"] {
            value /= 1_000
            if value < 1_000 || unit == "GB" { return "\(NumberText.compact(value)) \(unit)" }
        }
        return "\(bytes) B"
    }
}
