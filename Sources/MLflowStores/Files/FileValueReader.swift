import FileAccess
import Glibc
import RunServices

/// Reads the values that a run has in its directories, and keeps what could not be read of it.
struct FileValueReader {
    /// The first thing that could not be read, as a sentence.
    private(set) var trouble: RunServiceError?

    /// The keys of a directory with their texts, each cut off at `limit` bytes; keys whose file just vanished are not.
    mutating func values(in folder: String, limit: Int) -> [(key: String, value: String)] {
        keys(in: folder).compactMap { key in
            let file = folder + "/" + key
            if let bytes = FileAccess.contents(file, limit: limit) {
                return (key, String(decoding: bytes, as: UTF8.self))
            }
            note(file, errno)
            return nil
        }
    }

    mutating func keys(in folder: String) -> [String] {
        let found = FileKeys(in: folder)
        if let (path, code) = found.trouble { note(path, code) }
        return found.names
    }

    /// Takes note of why a file or directory could not be read; one that is gone is no trouble.
    mutating func note(_ path: String, _ code: Int32) {
        if code == ENOENT || trouble != nil { return }
        errno = code
        trouble = FilePlace.unreadableFile(path)
    }
}
