import Glibc

extension StorePlace {
    var databaseIsReadable: Bool { access(database, R_OK) == 0 }

    /// What tells that the file was written.
    struct FileState: Equatable {
        var inode: UInt
        var size: Int
        var seconds: Int
        var nanoseconds: Int
    }

    /// Nil when there is no file.
    var fileState: FileState? {
        var found = stat()
        guard stat(database, &found) == 0 else { return nil }
        return FileState(
            inode: UInt(found.st_ino), size: Int(found.st_size), seconds: found.st_mtim.tv_sec,
            nanoseconds: found.st_mtim.tv_nsec)
    }

    /// Nothing waits in a write-ahead log, so the main file alone is the whole truth.
    var hasNoPendingWrites: Bool {
        var found = stat()
        return stat(database + "-wal", &found) != 0 ? errno == ENOENT : found.st_size == 0
    }

    /// The file under SQLite's promise that nothing changes it (sqlite.org/uri.html), without which it wants to create files.
    var immutableURI: String {
        let digits = Array("0123456789ABCDEF".utf8)
        var path: [UInt8] = []
        for byte in database.utf8 {
            if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
                || (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
            {
                path.append(byte)
            } else {
                path += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return "file:" + String(decoding: path, as: UTF8.self) + "?immutable=1"
    }
}
