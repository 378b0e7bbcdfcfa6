import Glibc

/// Finds the file that a command name stands for, as execvp(3) does.
///
/// Done here rather than by the subprocess library because it reports a file without execute permission as missing,
/// and a shell's 126 and 127 tell a person which of the two to mend.
package enum ExecutableLookup {
    /// What a lookup comes to.
    package enum Outcome: Equatable, Sendable {
        case found(String)
        /// The failure's sentence, and the exit status that a shell gives it.
        case failed(String, status: Int32)
    }

    /// `searchPath` is a `PATH`; an empty element in it is the current directory.
    package static func find(_ name: String, searchPath: String?) -> Outcome {
        if name.isEmpty { return .failed("The command's name is empty.", status: 127) }
        if name.utf8.contains(UInt8(ascii: "/")) {
            return judge(name) ?? .failed("\(name): no such file.", status: 127)
        }
        // The fallback of execvp(3), less the current directory.
        let directories = (searchPath ?? "/bin:/usr/bin").split(separator: ":", omittingEmptySubsequences: false)
        var refusal: Outcome?
        for directory in directories {
            let candidate = directory.isEmpty ? "./\(name)" : "\(directory)/\(name)"
            switch judge(candidate) {
            case .found(let path): return .found(path)
            case .failed(let sentence, let status): refusal = refusal ?? .failed(sentence, status: status)
            case nil: continue
            }
        }
        return refusal ?? .failed("\(name): command not found in PATH.", status: 127)
    }

    private static func judge(_ path: String) -> Outcome? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == EACCES else { return nil }
            return .failed("\(path): permission denied.", status: 126)
        }
        if status.st_mode & S_IFMT == S_IFDIR { return .failed("\(path): is a directory, not a command.", status: 126) }
        guard access(path, X_OK) == 0 else {
            return .failed("\(path): not executable; give it permission with chmod +x.", status: 126)
        }
        return .found(path)
    }
}
