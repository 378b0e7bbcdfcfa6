import DashboardCore
import FileAccess
import RunServices

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A note in a file of its own while an editor has it; only its owner can read it.
struct NoteFile {
    let path: String

    /// More would be no note: services keep far less of one.
    private static let limit = 1 << 20

    /// Nil where none can be made, with the reason in `errno`.
    init?(_ text: String) {
        let bytes = Array((text.isEmpty ? "" : text + "\n").utf8)
        guard let path = FileAccess.makeTemporary("runwatch-note", suffix: ".md", with: bytes) else { return nil }
        self.path = path
    }

    /// What the editor left in it. Editors end the last line, or lines: those ends are no part of the note.
    func read() -> NoteOutcome {
        guard let bytes = FileAccess.contents(path, limit: Self.limit + 1) else {
            return .failed("What the editor wrote cannot be read (\(String(cString: strerror(errno)))).")
        }
        guard bytes.count <= Self.limit else { return .failed("A note has room for 1 MB; this one is longer.") }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            return .failed("What the editor wrote is no UTF-8 text, so the note was left as it is.")
        }
        while text.last?.isNewline == true { text.removeLast() }
        return .text(text)
    }

    func remove() { unlink(path) }
}
