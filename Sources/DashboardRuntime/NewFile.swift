import FileAccess
import RunServices

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that was not there before: there as a whole, or not at all.
enum NewFile {
    /// Writes a file where none is. Returns why it could not be written, in a sentence, or nil.
    static func write(_ bytes: [UInt8], to given: String) -> String? {
        let path = expanded(given)
        let shown = Shown.path(path)
        let exists = "\(shown) exists already, and is left as it is; choose another name."
        // Told before anything is written; `link` below decides.
        var existing = stat()
        if lstat(path, &existing) == 0 { return exists }
        let temporary = "\(path).\(getpid()).part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { return fault(shown, errno) }
        let isWritten = FileAccess.write(bytes, to: descriptor) && fsync(descriptor) == 0
        let problem = errno
        let isClosed = close(descriptor) == 0
        defer { unlink(temporary) }
        guard isWritten, isClosed else { return fault(shown, isWritten ? errno : problem) }
        // Unlike rename, it never takes the place of what came meanwhile.
        if link(temporary, path) == 0 { return nil }
        if errno == EEXIST { return exists }
        // A file system without hard links.
        if access(path, F_OK) == 0 { return exists }
        return rename(temporary, path) == 0 ? nil : fault(shown, errno)
    }

    /// With `~/` as a shell has it.
    static func expanded(_ path: String) -> String {
        guard path.hasPrefix("~/"), let home = getenv("HOME").map({ String(cString: $0) }), !home.isEmpty else {
            return path
        }
        return home + path.dropFirst(1)
    }

    private static func fault(_ shown: String, _ code: Int32) -> String {
        "\(shown) cannot be written (\(String(cString: strerror(code))))."
    }
}
