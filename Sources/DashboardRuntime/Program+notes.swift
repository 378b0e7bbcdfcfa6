import DashboardCore
import RunServices

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A run's note in a person's editor.
extension Program {
    func edit(_ draft: NoteDraft) {
        Task { [weak self] in
            guard let self else { return }
            let outcome = await edited(draft)
            send(.noteEdited(draft, outcome))
        }
    }

    private func edited(_ draft: NoteDraft) async -> NoteOutcome {
        guard let file = NoteFile(draft.text) else {
            return .failed("There is no room for a note to be edited in (\(String(cString: strerror(errno)))).")
        }
        defer { file.remove() }
        let editor = Self.editor
        // By the shell, since it may have arguments: `code --wait`.
        let end = await lend(to: ForegroundCommand(["sh", "-c", "\(editor) \"$1\"", "sh", file.path]))
        switch end {
        case .exited(0): return file.read()
        // What a shell says of a program that it does not find or cannot run.
        case .exited(126), .exited(127):
            return .failed("The editor “\(Shown.text(editor))” cannot be started; name another one in EDITOR.")
        default:
            return .failed("The editor \(end.fault ?? "ended"), so the note was left as it is.")
        }
    }

    /// As other programs choose it.
    private static var editor: String {
        for name in ["VISUAL", "EDITOR"] {
            let value = getenv(name).map { String(cString: $0) } ?? ""
            if !value.isEmpty { return value }
        }
        return "vi"
    }
}
