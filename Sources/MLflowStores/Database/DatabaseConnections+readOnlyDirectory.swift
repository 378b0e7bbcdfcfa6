import FileAccess
import GRDB
import Glibc
import RunServices

/// How a database is read.
enum DatabaseReading: Sendable {
    /// With SQLite's own locks, beside others who write.
    case shared
    /// The main file alone: it is in write-ahead mode, its log is empty, and SQLite may not make the files by which it
    /// shares such a database. Whatever is written to it is noticed, and it is opened again then.
    case mainFile
    /// A copy with the log's content in it, made again whenever the files change.
    case copy

    /// What a person is to know of it; nil where nothing is limited.
    func limitation(of place: DatabasePlace) -> String? {
        switch self {
        case .shared: nil
        case .mainFile:
            """
            The MLflow database \(place.name) is in WAL mode in a directory that takes no files of yours, so it can be \
            read but not changed; ask its owner for permission.
            """
        case .copy:
            """
            The MLflow database \(place.name) is in WAL mode in a directory that takes no files of yours, so a copy of it \
            is read and nothing can be changed; ask its owner for permission.
            """
        }
    }
}

extension DatabaseConnections {
    /// Opens a database in write-ahead mode where SQLite can make neither of the files that go with it.
    static func connectAlone(
        _ place: DatabasePlace, _ files: DatabaseFiles
    ) throws -> (reader: DatabaseQueue, reading: DatabaseReading) {
        if !files.hasLog { return (try connect(place.immutableURI), .mainFile) }
        for _ in 0..<3 {
            let copy = try DatabaseCopy.make(of: place)
            // Another one when a program wrote meanwhile: half of this and half of that is no database.
            if DatabaseFiles(place.path) == files { return (try copy.open(), .copy) }
        }
        throw RunServiceError(
            .unavailable, "The MLflow database \(place.name) changes while it is copied to be read; try again.")
    }
}

/// A private copy of a database and its log, which goes with the last reference or with this process.
private final class DatabaseCopy {
    private let directory: String
    private var path: String { directory + "/copy.db" }

    /// In the first directory for temporary files that takes it.
    static func make(of place: DatabasePlace) throws(RunServiceError) -> DatabaseCopy {
        let chosen = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        var failure: Int32 = 0
        for base in [chosen, "/tmp", "/var/tmp"] where base.hasPrefix("/") {
            var template = Array((base + "/runwatch-XXXXXX").utf8CString)
            // 0700, so that other users cannot read what only this one may.
            guard mkdtemp(&template) != nil else {
                failure = errno
                continue
            }
            let copy = DatabaseCopy(
                directory: String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self))
            failure = copy.fill(from: place)
            if failure == 0 { return copy }
        }
        throw error(failure, place)
    }

    private init(directory: String) { self.directory = directory }

    /// 0, or the errno of what failed.
    private func fill(from place: DatabasePlace) -> Int32 {
        let code = Self.copy(place.path, to: path)
        return code == 0 ? Self.copy(place.path + "-wal", to: path + "-wal") : code
    }

    deinit { FileAccess.remove(directory) }

    /// Takes the log in, and opens the copy so that it needs no name any more.
    func open() throws -> DatabaseQueue {
        let place = DatabasePlace(path: path)
        let queue = try DatabaseConnections.connect(place.uri(readOnly: false))
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try queue.close()
        return try DatabaseConnections.connect(place.immutableURI)
    }

    /// 0, or the errno of what failed.
    private static func copy(_ path: String, to other: String) -> Int32 {
        let source = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        if source < 0 { return errno }
        defer { close(source) }
        let target = Glibc.open(other, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if target < 0 { return errno }
        defer { close(target) }
        while true {
            // As much as one call may copy.
            let count = sendfile(target, source, nil, 0x7fff_f000)
            if count == 0 { return 0 }
            if count < 0 && errno != EINTR { return errno }
        }
    }

    private static func error(_ code: Int32, _ place: DatabasePlace) -> RunServiceError {
        let text = String(cString: strerror(code))
        if code == ENOSPC || code == EDQUOT {
            return RunServiceError(
                .unavailable,
                "There is no room to copy the MLflow database \(place.name), which can be read in no other way here; "
                    + "free some space, or set TMPDIR to a directory that has it.", underlying: text)
        }
        return RunServiceError(
            .forbidden, "The MLflow database \(place.name) can be read by a copy only, and copying it failed.",
            underlying: text)
    }
}
