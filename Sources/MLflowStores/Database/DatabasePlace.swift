import FileAccess
import GRDB
import Glibc
import RunServices

/// Where a database of MLflow's lies, and how it is named to a person.
struct DatabasePlace: Sendable {
    /// Absolute.
    let path: String

    init(path: String) {
        self.path = FileAccess.absolute(path)
    }

    var directory: String {
        let end = path.lastIndex(of: "/") ?? path.startIndex
        return end == path.startIndex ? "" : String(path[..<end])
    }

    /// The path with the home directory abbreviated, control characters made visible.
    var name: String { Shown.path(path) }

    /// The file as SQLite's URI (sqlite.org/uri.html), under which it is never created.
    func uri(readOnly: Bool) -> String { escapedURI + (readOnly ? "?mode=ro" : "?mode=rw") }

    /// The same for a file that is read without any lock, since no program writes to it.
    var immutableURI: String { escapedURI + "?mode=ro&immutable=1" }

    private var escapedURI: String { "file:" + PercentEncoding.encoded(path, keeping: PercentEncoding.path) }

    /// Whether the file's header says write-ahead mode (sqlite.org/fileformat.html, bytes 18 and 19).
    var isInWriteAheadMode: Bool {
        let handle = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard handle >= 0 else { return false }
        defer { close(handle) }
        return FileAccess.read(handle, from: 18, length: 2) == [2, 2]
    }

    /// The file is not there any more, though it was opened.
    var vanished: RunServiceError {
        RunServiceError(
            .unavailable,
            "The MLflow database \(name) was deleted or moved away while it was open; it is read again once it is back."
        )
    }

    /// Throws `notFound` when there is no file, `unexpectedResponse` when something else lies in its place.
    func check() throws(RunServiceError) {
        guard let found = FileStamp(path, followingLinks: true) else {
            if errno == ENOENT || errno == ENOTDIR {
                throw RunServiceError(
                    .notFound, "There is no MLflow database \(name); check the path, or log a run with MLflow first.")
            }
            throw RunServiceError(
                .forbidden, "The MLflow database \(name) cannot be reached by you; ask its owner for permission.",
                underlying: String(cString: strerror(errno)))
        }
        guard found.isFile else {
            throw RunServiceError(.unexpectedResponse, "\(name) is not a file, so it is no MLflow database.")
        }
        if found.size == 0 {
            throw RunServiceError(
                .unexpectedResponse, "\(name) is empty, so it is no MLflow database yet; log a run with MLflow first.")
        }
    }

    func foreign(lacking what: String) -> RunServiceError {
        RunServiceError(
            .unexpectedResponse,
            "\(name) is a database, but not one of MLflow's since 2022-08: it has no \(what). Nothing was changed.")
    }

    /// Any failure of the database as a sentence about this place.
    func error(_ error: any Error) -> RunServiceError {
        if let error = error as? RunServiceError { return error }
        if error is CancellationError {
            return RunServiceError(.cancelled, "The question to the MLflow database \(name) was cancelled.")
        }
        guard let error = error as? DatabaseError else {
            return RunServiceError(
                .unexpectedResponse, "The MLflow database \(name) failed; try again.", underlying: "\(error)")
        }
        let (code, sentence) = meaning(of: error)
        return RunServiceError(code, sentence, underlying: error.message)
    }

    private func meaning(of error: DatabaseError) -> (RunServiceError.Code, String) {
        if error.isOfHalfDoneWrite {
            return (
                .forbidden,
                "\(name) was left half written by a process that died; open it once where you may write to it."
            )
        }
        return switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL:
            (.unavailable, "The MLflow database \(name) stayed locked by another process; try again.")
        case .SQLITE_FULL: (.unavailable, "The disk that holds \(name) is full; free some space and try again.")
        case .SQLITE_IOERR, .SQLITE_NOMEM:
            (.unavailable, "Reading or writing \(name) failed; check its disk and free memory, then try again.")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_CANTOPEN:
            (.forbidden, "The MLflow database \(name) cannot be opened for that by you; ask its owner for permission.")
        case .SQLITE_NOTADB: (.unexpectedResponse, "\(name) is not a database, so it is no MLflow store.")
        case .SQLITE_CORRUPT:
            (.unexpectedResponse, "The MLflow database \(name) is damaged; restore it from a backup.")
        case .SQLITE_INTERRUPT, .SQLITE_ABORT:
            (.cancelled, "The question to the MLflow database \(name) was cancelled.")
        case .SQLITE_TOOBIG: (.invalid, "A text is too long for the MLflow database \(name); shorten it.")
        case .SQLITE_CONSTRAINT:
            (.conflict, "The MLflow database \(name) refuses this change; read the run again and try once more.")
        default:
            (
                .unexpectedResponse,
                "The MLflow database \(name) is not as MLflow makes it; run `mlflow db upgrade` on it."
            )
        }
    }
}
