import FileAccess
import Glibc

/// A directory in which this user's supervisors keep small files for each other.
///
/// A file is trusted only when this user owns it and its directory, and no other user may read or write either; links
/// are not followed.
struct PrivateDirectory: Sendable {
    /// Absolute.
    let path: String

    /// Bytes: such a file has some names and numbers.
    static let sizeLimit = 65_536

    /// Where this user's state is; nil where there is no such place.
    static func inState(_ name: String) -> String? {
        FileAccess.stateDirectory(name) { getenv($0).map { String(cString: $0) } }
    }

    /// Mode 0700 throughout.
    func make() { FileAccess.makePrivateDirectory(path) }

    /// Nil unless the directory is this user's alone, and no other user can put another in its place; errno says why,
    /// `ENOENT` where there is none.
    func open() -> Int32? {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            errno = EINVAL
            return nil
        }
        var parent = stat()
        guard lstat(String(path[..<slash]), &parent) == 0 else { return nil }
        guard Self.isOwn(parent, S_IFDIR, forbidding: 0o022) else {
            errno = EPERM
            return nil
        }
        let folder = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard folder >= 0 else { return nil }
        var info = stat()
        guard fstat(folder, &info) == 0, Self.isOwn(info, S_IFDIR, forbidding: 0o077) else {
            close(folder)
            errno = EPERM
            return nil
        }
        return folder
    }

    /// Nil unless it is an ordinary file of this user's alone; errno says why, `ENOENT` for one that is gone.
    static func open(_ name: String, in folder: Int32, _ flags: Int32) -> Int32? {
        let file = openat(folder, name, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return nil }
        var info = stat()
        guard fstat(file, &info) == 0, isOwn(info, S_IFREG, forbidding: 0o077), info.st_nlink == 1,
            info.st_size <= sizeLimit
        else {
            close(file)
            errno = info.st_nlink == 0 ? ENOENT : EPERM
            return nil
        }
        return file
    }

    /// Those that do not begin with a dot; nil, with errno set, where they cannot be listed.
    static func names(in folder: Int32) -> [String]? {
        // A descriptor of its own, since closedir(3) closes it.
        let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { return nil }
        guard let listing = fdopendir(copy) else {
            close(copy)
            return nil
        }
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    /// Nil for an empty file too.
    static func text(of file: Int32) -> String? {
        var info = stat()
        // Most are far smaller than they may be.
        guard fstat(file, &info) == 0, info.st_size > 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: min(Int(info.st_size), sizeLimit))
        let count = pread(file, &bytes, bytes.count, 0)
        return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
    }

    /// In one call, so that a field is there or not.
    static func write(_ text: String, to file: Int32) -> Bool {
        let bytes = Array(text.utf8)
        return Glibc.write(file, bytes, bytes.count) == bytes.count
    }

    private static func isOwn(_ info: stat, _ kind: mode_t, forbidding bits: mode_t) -> Bool {
        info.st_mode & S_IFMT == kind && info.st_uid == geteuid() && info.st_mode & bits == 0
    }
}
