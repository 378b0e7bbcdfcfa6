import TerminalUI
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A screen as text: its rows, then the same rows with a letter for each cell's style, then what the letters mean.
///
/// `RECORD_SNAPSHOTS=1 swift test --filter SnapshotTests` writes the files anew; read the diff before committing it.
enum Snapshot {
    static func text(of canvas: Canvas) -> String {
        var letters: [Style: Character] = [.plain: "."]
        var legend: [String] = []
        var masks: [String] = []
        let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        for y in 0..<canvas.size.rows {
            var mask = ""
            for x in 0..<canvas.size.columns {
                let style = canvas[x, y].style
                if letters[style] == nil {
                    letters[style] = alphabet[letters.count - 1]
                    legend.append("\(alphabet[letters.count - 2]) \(describe(style))")
                }
                mask.append(letters[style] ?? "?")
            }
            while mask.last == "." { mask.removeLast() }
            masks.append(mask)
        }
        let cursor = canvas.cursor.map { ["cursor \($0.x),\($0.y)"] } ?? []
        let size = "\(canvas.size.columns)x\(canvas.size.rows)"
        return (["== \(size)"] + canvas.textRows + ["== styles"] + masks + ["=="] + legend + cursor)
            .joined(separator: "\n") + "\n"
    }

    private static func describe(_ style: Style) -> String {
        var words: [String] = []
        if style.foreground != .standard { words.append("\(style.foreground)") }
        if style.background != .standard { words.append("on \(style.background)") }
        let attributes: [(Style.Attributes, String)] = [
            (.bold, "bold"), (.dim, "dim"), (.reverse, "reverse"), (.underline, "underline"), (.italic, "italic"),
        ]
        words += attributes.filter { style.attributes.contains($0.0) }.map(\.1)
        return words.joined(separator: " ")
    }

    /// Compares a screen with the file of that name beside the tests.
    static func check(_ canvas: Canvas, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let directory = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Snapshots"
        let path = "\(directory)/\(name).txt"
        let text = text(of: canvas)
        let isRecording = getenv("RECORD_SNAPSHOTS") != nil
        guard let recorded = contents(ofFile: path) else {
            write(text, to: path, in: directory)
            Issue.record(
                "\(name): recorded for the first time; look at it, then run again", sourceLocation: sourceLocation)
            return
        }
        guard recorded != text else { return }
        if isRecording {
            write(text, to: path, in: directory)
        } else {
            Issue.record("\(name) has changed:\n\(difference(recorded, text))", sourceLocation: sourceLocation)
        }
    }

    /// Row by row: what was expected, and what is there.
    private static func difference(_ expected: String, _ actual: String) -> String {
        let expected = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let actual = actual.split(separator: "\n", omittingEmptySubsequences: false)
        var lines: [String] = []
        for index in 0..<max(expected.count, actual.count) {
            let old = index < expected.count ? expected[index] : "(nothing)"
            let new = index < actual.count ? actual[index] : "(nothing)"
            if old != new { lines += ["\(index): - \(old)", "\(index): + \(new)"] }
        }
        return lines.joined(separator: "\n")
    }

    private static func write(_ text: String, to path: String, in directory: String) {
        mkdir(directory, 0o755)
        guard let file = fopen(path, "w") else { return }
        fputs(text, file)
        fclose(file)
    }

    static func contents(ofFile path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
