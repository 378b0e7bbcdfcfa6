import Glibc
import RunReports

/// Writes a log as it is into a pipe or file, and line by line, made harmless, onto a terminal.
struct LogPrinter {
    private var output = ByteOutput()
    private var lines = LineSplitter()
    private let isTerminal = isatty(STDOUT_FILENO) == 1

    mutating func write(_ bytes: [UInt8]) throws {
        guard isTerminal else {
            try output.write(bytes)
            return try output.flush()
        }
        var text = ""
        lines.split(bytes, at: 0) { line, _ in text += LogLine.shown(line) + "\n" }
        try output.write(text)
        try output.flush()
    }

    /// Writes a last line without a line feed.
    mutating func end() throws {
        guard isTerminal, !lines.rest.isEmpty else { return }
        try output.write(LogLine.shown(lines.rest[...]) + "\n")
        try output.flush()
    }
}
