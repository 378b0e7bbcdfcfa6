import Glibc

/// Finds the file that a command name stands for, as execvp(3) does.
///
/// Done before anything starts, because a shell's 126 and 127 tell a person whether to mend a name or a permission.
package enum ExecutableLookup {
    /// What a lookup comes to.
    package enum Outcome: Equatable, Sendable {
        /// The bytes of its path.
        case found([UInt8])
        /// The failure's sentence, and the exit status that a shell gives it.
        case failed(String, status: Int32)
    }

    private static let slash = UInt8(ascii: "/")

    /// `searchPath` is a `PATH`; an empty element in it is the current directory.
    package static func find(_ name: [UInt8], searchPath: [UInt8]?) -> Outcome {
        if name.isEmpty { return .failed("The command's name is empty.", status: 127) }
        if name.contains(slash) {
            return judge(name) ?? .failed("\(text(name)): no such file.", status: 127)
        }
        // The fallback of execvp(3), less the current directory.
        let directories = (searchPath ?? Array("/bin:/usr/bin".utf8)).split(
            separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var refusal: Outcome?
        for directory in directories {
            let candidate = (directory.isEmpty ? [UInt8(ascii: ".")] : Array(directory)) + [slash] + name
            switch judge(candidate) {
            case .found(let path): return .found(path)
            case .failed(let sentence, let status): refusal = refusal ?? .failed(sentence, status: status)
            case nil: continue
            }
        }
        return refusal ?? .failed("\(text(name)): command not found in PATH.", status: 127)
    }

    private static func judge(_ path: [UInt8]) -> Outcome? {
        var status = stat()
        var isExecutable = false
        let code = withCString(path) { pointer -> Int32 in
            isExecutable = access(pointer, X_OK) == 0
            return stat(pointer, &status) == 0 ? 0 : errno
        }
        guard code == 0 else { return code == EACCES ? .failed("\(text(path)): permission denied.", status: 126) : nil }
        if status.st_mode & S_IFMT == S_IFDIR {
            return .failed("\(text(path)): is a directory, not a command.", status: 126)
        }
        guard isExecutable else {
            return .failed("\(text(path)): not executable; give it permission with chmod +x.", status: 126)
        }
        return .found(path)
    }

    /// How a program of no known format is run, as a shell does: by `/bin/sh`, unless it is plainly no text.
    static func shellArguments(for path: [UInt8], _ arguments: [[UInt8]]) -> [[UInt8]]? {
        let file = withCString(path) { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard file >= 0 else { return nil }
        defer { close(file) }
        // As bash judges it: a zero byte in the first line.
        var start = [UInt8](repeating: 0, count: 80)
        let count = max(0, read(file, &start, start.count))
        if start.prefix(count).prefix(while: { $0 != UInt8(ascii: "\n") }).contains(0) { return nil }
        return [Array("/bin/sh".utf8), path] + arguments.dropFirst()
    }

    private static func withCString<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        (path + [0]).withUnsafeBytes { body($0.assumingMemoryBound(to: CChar.self).baseAddress!) }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
