import Glibc

/// Files that this user's processes keep for each other.
extension FileAccess {
    /// `$XDG_STATE_HOME/runwatch/NAME`, or the same in `~/.local/state` when that is unset or not absolute, as XDG demands; nil
    /// where this user has neither.
    package static func stateDirectory(_ name: String, variable: (String) -> String?) -> String? {
        func absolute(_ name: String) -> String? { variable(name).flatMap { $0.hasPrefix("/") ? $0 : nil } }
        let state = absolute("XDG_STATE_HOME") ?? absolute("HOME").map { $0 + "/.local/state" }
        return state.map { $0 + "/runwatch/" + name }
    }

    /// Makes a directory and those above it as far as they are absent, with mode 0700, as XDG asks for directories that an
    /// application makes. What cannot be made shows when it is used.
    package static func makePrivateDirectory(_ path: String) {
        var made = ""
        for name in path.split(separator: "/") {
            made += "/" + name
            mkdir(made, 0o700)
        }
    }

    /// Gives a file other content, with mode 0600: written beside it and renamed, so that it is whole at all times and the last
    /// of several writers counts. False, with errno set and the file as it was, when that fails.
    @discardableResult
    package static func replacePrivately(_ path: String, with bytes: [UInt8]) -> Bool {
        let draft = "\(path).\(getpid())"
        unlink(draft)
        let handle = Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard handle >= 0 else { return false }
        let isWhole = write(bytes, to: handle)
        var code = errno
        close(handle)
        if isWhole {
            if rename(draft, path) == 0 { return true }
            code = errno
        }
        unlink(draft)
        errno = code
        return false
    }

    /// Makes a file for a while, in `$TMPDIR` or `/tmp`, that only this user can read; the path, or nil with errno set.
    /// - Parameters:
    ///   - name: what its name begins with.
    ///   - suffix: what its name ends with.
    package static func makeTemporary(_ name: String, suffix: String, with bytes: [UInt8]) -> String? {
        let folder = getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        // mkstemps(3) puts other letters for these six.
        var template = Array("\(folder)/\(name)-XXXXXX\(suffix)".utf8CString)
        let handle = mkstemps(&template, Int32(suffix.utf8.count))
        guard handle >= 0 else { return nil }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let isWhole = write(bytes, to: handle)
        let code = errno
        close(handle)
        if isWhole { return path }
        unlink(path)
        errno = code
        return nil
    }
}
