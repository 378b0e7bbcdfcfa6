import FileAccess
import Glibc
import RunServices

/// A file that a command writes: there as a whole or not at all.
///
/// What is no regular file, such as a pipe or /dev/null, is written as it comes.
struct FileOutput {
    private let path: String
    /// Beside the file until it is complete; nil where it is written in place.
    private let temporary: String?
    private let descriptor: Int32
    private var output: ByteOutput

    /// Throws for a place that cannot be written.
    init(_ given: String) throws {
        // Of a link, what it leads to is written.
        let resolved = realpath(given, nil)
        defer { free(resolved) }
        path = resolved.map { String(cString: $0) } ?? given
        var existing = stat()
        let isPlain = stat(path, &existing) != 0 || existing.st_mode & S_IFMT == S_IFREG
        temporary = isPlain ? "\(path).\(getpid()).part" : nil
        descriptor =
            temporary.map { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
            ?? open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(path) }
        output = ByteOutput(descriptor)
    }

    mutating func write(_ bytes: [UInt8]) throws { try output.write(bytes) }

    /// Makes the file what was written. Throws when it cannot be kept.
    mutating func finish() throws {
        try output.flush()
        guard let temporary else { return }
        guard fsync(descriptor) == 0, close(descriptor) == 0, rename(temporary, path) == 0 else {
            throw Self.failure(path)
        }
    }

    /// Leaves what was there before.
    func abandon() {
        if let temporary { unlink(temporary) }
    }

    private static func failure(_ path: String) -> ConsoleError {
        ConsoleError("\(Shown.path(path)) cannot be written (\(String(cString: strerror(errno)))).")
    }
}
