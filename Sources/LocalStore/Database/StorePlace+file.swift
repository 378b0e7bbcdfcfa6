import FileAccess
import Glibc

extension StorePlace {
    var databaseIsReadable: Bool { access(database, R_OK) == 0 }

    /// What tells that the file was written; nil when there is none.
    var fileState: FileStamp? { FileStamp(database, followingLinks: true) }

    /// Nothing waits in a write-ahead log, so the main file alone holds everything.
    var hasNoPendingWrites: Bool {
        guard let log = FileStamp(database + "-wal", followingLinks: true) else { return errno == ENOENT }
        return log.size == 0
    }

    /// The file under SQLite's promise that nothing changes it (sqlite.org/uri.html), without which it wants to create files.
    var immutableURI: String {
        "file:" + PercentEncoding.encoded(database, keeping: PercentEncoding.path) + "?immutable=1"
    }
}
