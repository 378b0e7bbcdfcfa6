/// What a Python traceback at the end of a command's output says.
struct PythonTraceback: Equatable, Sendable {
    /// The class of the exception, as Python writes it: `ValueError`, `torch.OutOfMemoryError`.
    var exception: String
    /// The line that names it, with its words.
    var line: String
    /// The innermost frame, `train.py:12`; nil where none is told.
    var place: String?
    /// Which of the lines names the exception.
    var index: Int

    /// Lines after a traceback that others may still write: a tracker that says where its files are.
    private static let linesAfter = 10
    private static let longest = 400

    /// The last traceback; nil where none is near the end.
    init?(in lines: [String]) {
        guard let start = lines.lastIndex(where: { $0.contains("Traceback (most recent call last)") }) else {
            return nil
        }
        var place: String?
        for index in lines[(start + 1)...].indices {
            let line = lines[index]
            if let frame = Self.frame(line) { place = frame }
            guard let exception = Self.exception(line) else { continue }
            guard lines.count - index <= Self.linesAfter else { return nil }
            self.exception = exception
            self.line = String(line.prefix(Self.longest))
            self.place = place
            self.index = index
            return
        }
        return nil
    }

    /// `ValueError: bad shape`, which alone stands at the beginning of its line.
    private static func exception(_ line: String) -> String? {
        let name = line.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
        guard let first = name.first, first.isLetter || first == "_", name.count <= 100, name.last != "." else {
            return nil
        }
        let rest = line.dropFirst(name.count)
        return rest.isEmpty || rest.hasPrefix(":") ? String(name) : nil
    }

    /// `  File "/home/ana/train.py", line 12, in step`.
    private static func frame(_ line: String) -> String? {
        let text = line.drop { $0 == " " }
        guard text.hasPrefix("File \""), let end = text.dropFirst(6).firstIndex(of: "\"") else { return nil }
        let file = text.dropFirst(6)[..<end].split(separator: "/").last ?? ""
        let rest = text[end...].dropFirst()
        guard rest.hasPrefix(", line ") else { return nil }
        let number = rest.dropFirst(7).prefix(while: \.isNumber)
        return number.isEmpty || file.isEmpty ? nil : "\(file):\(number)"
    }
}
