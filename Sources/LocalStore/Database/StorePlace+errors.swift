import FileAccess
import GRDB
import Glibc
import RunServices

extension StorePlace {
    /// Any failure of the database as a sentence about this place.
    func error(_ error: any Error) -> RunServiceError {
        if error is CancellationError { return cancelled }
        guard let error = error as? DatabaseError else {
            return RunServiceError(
                .unexpectedResponse, "The run store \(databaseName) failed; try again.", underlying: "\(error)")
        }
        // SQLite gives an interrupted preparation of json_each a code of its own, SQLITE_ERROR.
        if error.resultCode == .SQLITE_ERROR, Task.isCancelled { return cancelled }
        return RunServiceError(code(of: error), sentence(for: error), underlying: error.message)
    }

    private var cancelled: RunServiceError { RunServiceError(.cancelled, cancelledSentence) }

    private var cancelledSentence: String { "The question to the run store \(name) was cancelled." }

    private func code(of error: DatabaseError) -> RunServiceError.Code {
        switch error.resultCode {
        case .SQLITE_FULL: .storageFull
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_IOERR, .SQLITE_PROTOCOL, .SQLITE_NOMEM: .unavailable
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: .forbidden
        case .SQLITE_CANTOPEN: openProblem.code
        case .SQLITE_INTERRUPT, .SQLITE_ABORT: .cancelled
        case .SQLITE_TOOBIG: .invalid
        default: .unexpectedResponse
        }
    }

    private func sentence(for error: DatabaseError) -> String {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL:
            "The run store \(databaseName) stayed locked by another process; try again, or end the process that holds it."
        case .SQLITE_FULL:
            "The disk that holds the run store \(databaseName) is full; free some space and try again."
        case .SQLITE_IOERR:
            "Reading or writing the run store \(databaseName) failed; check its disk and free space, then try again."
        case .SQLITE_NOMEM:
            "There is not enough memory to use the run store \(databaseName); end something and try again."
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            "The run store \(databaseName) cannot be written by you; ask its owner for permission."
        case .SQLITE_CANTOPEN: openProblem.sentence
        case .SQLITE_CORRUPT:
            "The run store \(databaseName) is damaged; move it away to start afresh, or restore it from a backup."
        case .SQLITE_NOTADB: "\(databaseName) is not a run store; move it away, or choose another directory."
        case .SQLITE_INTERRUPT, .SQLITE_ABORT: cancelledSentence
        case .SQLITE_TOOBIG: "A text is too long for the run store \(databaseName); shorten it."
        default:
            "The run store \(databaseName) gave an answer that makes no sense; check it with `sqlite3`'s integrity_check."
        }
    }

    /// Why the file cannot be opened, which SQLite does not say.
    private var openProblem: (code: RunServiceError.Code, sentence: String) {
        if FileStamp(database, followingLinks: true) == nil && errno == ENOENT && access(directory, W_OK) == 0 {
            return (.notFound, missing)
        }
        return (
            .forbidden,
            "The run store \(databaseName) cannot be opened by you; check the permissions of it and its directory."
        )
    }

    private var missing: String {
        "There is no run store in \(name) yet; `runwatch exec` starts a first run and creates it."
    }

    /// Throws `notFound` when there is no database file and `mustExist`, `invalid` when a directory is in its place.
    func checkDatabase(mustExist: Bool) throws(RunServiceError) {
        if let found = FileStamp(database, followingLinks: true) {
            if found.isDirectory { throw RunServiceError(.invalid, directoryInTheWay) }
        } else if mustExist && (errno == ENOENT || errno == ENOTDIR) {
            throw RunServiceError(.notFound, missing)
        }
    }

    private var directoryInTheWay: String {
        "\(databaseName) is a directory, not a run store; move it away, or choose another directory."
    }

    func newerSchema(_ found: Int64) -> RunServiceError {
        RunServiceError(
            .unsupported,
            "The run store \(databaseName) was written by a newer runwatch (schema \(found), this one knows "
                + "\(StoreSchema.version)); update runwatch. Nothing was changed.")
    }

    func olderSchema(_ found: Int64) -> RunServiceError {
        RunServiceError(
            .unsupported,
            "The run store \(databaseName) has an old schema (\(found)) and cannot be written; open it once with write access."
        )
    }

    func foreignDatabase() -> RunServiceError {
        RunServiceError(
            .unexpectedResponse,
            "\(databaseName) is a database of another program, not a run store; move it away, or choose another directory."
        )
    }
}

extension DatabaseError {
    /// Opening failed because something could not be written or created.
    var deniesWriting: Bool {
        [.SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM].contains(resultCode)
    }
}
