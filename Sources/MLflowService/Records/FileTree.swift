import Glibc
import RunModel

/// What tells that a file or directory was written, without reading it; links are not followed.
struct FileStamp: Hashable {
    private let inode: UInt64
    private let mode: UInt32
    /// Bytes.
    let size: Int64
    private let seconds: Int64
    private let nanoseconds: Int64

    /// Nil when there is nothing at `path`.
    init?(_ path: String) {
        var found = stat()
        guard lstat(path, &found) == 0 else { return nil }
        inode = UInt64(found.st_ino)
        mode = UInt32(found.st_mode)
        size = Int64(found.st_size)
        seconds = Int64(found.st_mtim.tv_sec)
        nanoseconds = Int64(found.st_mtim.tv_nsec)
    }

    /// When it was last written, since 1970; bounded as all moments are, for a file system holds any date.
    var milliseconds: Int64 { Timestamp(seconds: seconds, nanoseconds: nanoseconds).milliseconds }

    var isDirectory: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFDIR) }
    var isFile: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFREG) }

    /// False for a moment after the last write, in which another one might leave the same time behind: file systems
    /// count time in ticks of up to 10 ms.
    var isSettled: Bool {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let (apart, overflow) = Int64(now.tv_sec).subtractingReportingOverflow(seconds)
        // Years apart, in nanoseconds, would overflow.
        guard !overflow, (0...1).contains(apart) else { return true }
        let age = apart * 1_000_000_000 + Int64(now.tv_nsec) - nanoseconds
        return age > 50_000_000 || age < 0
    }

    /// The stamp when it will tell of any further write; nil while it might not.
    var trusted: FileStamp? { isSettled ? self : nil }

    /// Whether this is the same file as before, though perhaps longer.
    func continues(_ earlier: FileStamp) -> Bool { inode == earlier.inode }
}

/// The system's file calls with Swift values.
enum FileTree {
    enum Listing<Element> {
        case success([Element])
        /// The errno of what failed.
        case failure(Int32)
    }

    /// The names in a directory, without `.` and `..`, in no order.
    static func names(in path: String) -> Listing<String> {
        switch entries(in: path) {
        case .success(let entries): .success(entries.map(\.name))
        case .failure(let code): .failure(code)
        }
    }

    struct Entry {
        enum Kind {
            case file, directory, other
        }
        var name: String
        var kind: Kind
    }

    static func entries(in path: String) -> Listing<Entry> {
        guard let directory = opendir(path) else { return .failure(errno) }
        defer { closedir(directory) }
        var entries: [Entry] = []
        while let entry = readdir(directory) {
            // NAME_MAX is 255 bytes, and one byte ends the name.
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            var kind = Entry.Kind.other
            switch Int32(entry.pointee.d_type) {
            case Int32(DT_REG): kind = .file
            case Int32(DT_DIR): kind = .directory
            case Int32(DT_UNKNOWN):
                // Some file systems do not say.
                let stamp = FileStamp(path + "/" + name)
                if stamp?.isFile == true { kind = .file } else if stamp?.isDirectory == true { kind = .directory }
            default: break
            }
            entries.append(Entry(name: name, kind: kind))
        }
        return .success(entries)
    }

    /// Up to `length` bytes; nil, with errno set, when reading fails.
    static func read(_ handle: Int32, from start: Int64, length: Int) -> [UInt8]? {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            while count < length {
                let got = pread(handle, buffer.baseAddress! + count, length - count, Int(start) + count)
                if got > 0 {
                    count += got
                } else if got == 0 || errno != EINTR {
                    failed = got < 0
                    break
                }
            }
        }
        return failed ? nil : bytes
    }

    /// Up to `limit` bytes of a regular file; nil, with errno set, when it cannot be read.
    static func contents(_ path: String, from start: Int64 = 0, limit: Int) -> [UInt8]? {
        let handle = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard handle >= 0 else { return nil }
        defer { close(handle) }
        var found = stat()
        guard fstat(handle, &found) == 0 else { return nil }
        guard found.st_mode & S_IFMT == S_IFREG else {
            errno = EISDIR
            return nil
        }
        return read(handle, from: start, length: max(0, min(limit, Int(found.st_size) - Int(start))))
    }

    /// False, with errno set, when not all bytes could be written.
    static func write(_ bytes: [UInt8], to handle: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let written = Glibc.write(handle, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written >= 0 { rest = rest.dropFirst(written) } else if errno != EINTR { return false }
            }
            return true
        }
    }

    /// Makes a directory and those above it; false, with errno set, when that fails.
    static func makeDirectories(_ path: String) -> Bool {
        var prefix = ""
        for part in path.split(separator: "/") {
            prefix += "/" + part
            if mkdir(prefix, 0o755) != 0 && errno != EEXIST && FileStamp(prefix) == nil { return false }
        }
        return true
    }

    /// Removes a file or a directory with all in it; what cannot be removed stays.
    static func remove(_ path: String) {
        if FileStamp(path)?.isDirectory == true {
            if case .success(let names) = names(in: path) {
                for name in names { remove(path + "/" + name) }
            }
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}
