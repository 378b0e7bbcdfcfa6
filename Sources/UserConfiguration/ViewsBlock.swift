import RunModel
import RunServices

/// The `views:` part of a configuration as text: one view is put in, replaced or taken out, and every other line stays as
/// it is, comments too.
struct ViewsBlock {
    private var lines: [String]
    /// The line `views:`, and those below it that belong to it; nil without one.
    private var block: Range<Int>?
    /// Where each view begins and ends; comments behind a view belong to what follows them.
    private var entries: [Range<Int>] = []
    private var indent = 2

    init(_ text: String) {
        // By scalars, since a carriage return and a line feed are one character to Swift.
        lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        if lines.last?.isEmpty == true { lines.removeLast() }
        find()
    }

    var text: String { lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n" }

    /// - Parameter known: the views that the text has by now, in its order.
    mutating func save(_ view: NamedView, known: [NamedView]) {
        guard let block else {
            if lines.last.map({ !Self.isBlank($0) }) ?? false { lines.append("") }
            lines += ["views:"] + Self.entry(view, indent: 2)
            return
        }
        let isListed = entries.count == known.count
        if isListed, let index = known.firstIndex(where: { $0.name == view.name }) {
            lines.replaceSubrange(entries[index], with: Self.entry(view, indent: indent))
        } else if isListed, !entries.isEmpty {
            lines.insert(contentsOf: Self.entry(view, indent: indent), at: entries[entries.count - 1].upperBound)
        } else {
            rewrite(block, with: known.filter { $0.name != view.name } + [view])
        }
    }

    mutating func delete(_ name: String, known: [NamedView]) {
        guard let block, let index = known.firstIndex(where: { $0.name == name }) else { return }
        if entries.count == known.count, entries.count > 1 {
            lines.removeSubrange(entries[index])
        } else {
            rewrite(block, with: known.filter { $0.name != name })
        }
    }

    /// All of the block anew: it was written in braces, or nothing of it stays.
    private mutating func rewrite(_ block: Range<Int>, with views: [NamedView]) {
        let entries = views.flatMap { Self.entry($0, indent: 2) }
        lines.replaceSubrange(block, with: entries.isEmpty ? [] : ["views:"] + entries)
    }

    private mutating func find() {
        let name = "views:"
        guard
            let start = lines.firstIndex(where: { line in
                line.hasPrefix(name)
                    && (line.utf8.dropFirst(name.utf8.count).first.map { " \t\r".utf8.contains($0) } ?? true)
            })
        else { return }
        var end = start + 1
        while end < lines.count, Self.isBlank(lines[end]) || Self.isComment(lines[end]) || Self.indent(lines[end]) > 0 {
            end += 1
        }
        end = trimmed(start + 1..<end).upperBound
        block = start..<end
        let rest = lines[start].dropFirst(name.count).drop { " \t\r".contains($0) }
        guard rest.isEmpty || rest.first == "#" else { return }
        guard let first = (start + 1..<end).first(where: { !Self.isBlank(lines[$0]) && !Self.isComment(lines[$0]) })
        else { return }
        indent = Self.indent(lines[first])
        let starts = (first..<end).filter {
            !Self.isBlank(lines[$0]) && !Self.isComment(lines[$0]) && Self.indent(lines[$0]) == indent
        }
        for (index, start) in starts.enumerated() {
            entries.append(trimmed(start..<(index + 1 < starts.count ? starts[index + 1] : end)))
        }
    }

    /// Without the comments and blank lines at the end.
    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var end = range.upperBound
        while end > range.lowerBound, Self.isBlank(lines[end - 1]) || Self.isComment(lines[end - 1]) { end -= 1 }
        return range.lowerBound..<end
    }

    private static func isBlank(_ line: String) -> Bool { line.allSatisfy { $0 == " " || $0 == "\t" || $0 == "\r" } }
    private static func isComment(_ line: String) -> Bool { line.drop { $0 == " " || $0 == "\t" }.first == "#" }
    private static func indent(_ line: String) -> Int { line.prefix { $0 == " " || $0 == "\t" }.count }

    private static func entry(_ view: NamedView, indent: Int) -> [String] {
        let outer = String(repeating: " ", count: indent)
        var lines = [outer + YAMLText.scalar(view.name) + ":"]
        func add(_ key: String, _ value: String) { lines.append("\(outer)  \(key): \(value)") }
        if let experiment = view.experiment { add("experiment", YAMLText.scalar(experiment)) }
        if !view.filter.isEmpty { add("filter", YAMLText.scalar(view.filter)) }
        if let sort = view.sort { add("sort", YAMLText.scalar(sort.text)) }
        if !view.columns.isEmpty {
            add("columns", "[" + view.columns.map(YAMLText.scalar).joined(separator: ", ") + "]")
        }
        if lines.count == 1 { lines[0] += " {}" }
        return lines
    }
}

/// Texts as YAML holds them.
enum YAMLText {
    /// Plain where nothing in it could mean something else, in double quotes otherwise.
    static func scalar(_ text: String) -> String {
        isPlain(text) ? text : "\"" + escaped(text) + "\""
    }

    private static func isPlain(_ text: String) -> Bool {
        func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }
        guard let first = text.utf8.first, isLetter(first), text.utf8.last != UInt8(ascii: " ") else { return false }
        let isWord = text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || " ._-/".utf8.contains($0) }
        return isWord && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    }

    /// `&` and `*` are written as numbers where the check for anchors and aliases would take them for such.
    private static func escaped(_ text: String) -> String {
        var result = ""
        var last: Character = "\""
        for character in text {
            switch character {
            case "\"", "\\": result += "\\" + String(character)
            case "&",
                "*" where " [{,:-?".contains(last):
                result += character == "&" ? "\\x26" : "\\x2A"
            default:
                for scalar in character.unicodeScalars {
                    if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
                        let digits = String(scalar.value, radix: 16, uppercase: true)
                        result += "\\x" + (digits.count < 2 ? "0" : "") + digits
                    } else if [0x85, 0x2028, 0x2029, 0xFEFF].contains(scalar.value) {
                        let digits = String(scalar.value, radix: 16, uppercase: true)
                        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                    } else {
                        result.unicodeScalars.append(scalar)
                    }
                }
            }
            last = character
        }
        return result
    }
}
