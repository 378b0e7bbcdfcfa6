import Glibc

/// What lies at a database's path, and in the log beside it that SQLite's write-ahead mode keeps (sqlite.org/wal.html).
struct DatabaseFiles: Sendable, Equatable {
    struct File: Sendable, Equatable {
        private let device: UInt64
        private let inode: UInt64
        /// Bytes.
        let size: Int64
        private let seconds: Int
        private let nanoseconds: Int

        /// Nil when there is nothing; links are followed, as SQLite follows them.
        init?(_ path: String) {
            var found = stat()
            guard stat(path, &found) == 0 else { return nil }
            (device, inode, size) = (UInt64(found.st_dev), UInt64(found.st_ino), Int64(found.st_size))
            (seconds, nanoseconds) = (found.st_mtim.tv_sec, found.st_mtim.tv_nsec)
        }

        /// Whether it is the same file, though perhaps written to since.
        func continues(_ earlier: File) -> Bool { device == earlier.device && inode == earlier.inode }
    }

    let main: File?
    let log: File?

    init(_ path: String) {
        log = File(path + "-wal")
        main = File(path)
    }

    /// Whether the log holds anything that the main file lacks, as far as its size tells.
    var hasLog: Bool { log.map { $0.size > 0 } ?? false }

    func isSameDatabase(as earlier: DatabaseFiles) -> Bool {
        guard let main, let before = earlier.main else { return false }
        return main.continues(before)
    }
}
