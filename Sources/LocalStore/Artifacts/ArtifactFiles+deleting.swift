import FileAccess
import Glibc
import RunServices

extension ArtifactFiles {
    /// Deletes a file, or a folder with all in it. Throws `notFound` when there is neither.
    func delete(_ parts: [String]) throws(RunServiceError) {
        guard let last = parts.last else { throw Self.error(EISDIR, "delete", parts) }
        let folder = open(folder: Array(parts.dropLast()))
        guard folder >= 0 else { throw Self.error([ENOTDIR, ELOOP].contains(errno) ? ENOENT : errno, "delete", parts) }
        defer { close(folder) }
        guard Self.remove(last, from: folder) else { throw Self.error(errno, "delete", parts) }
    }

    /// Depth first, by descriptors, so that no link leads out; false, with errno set, when something could not be removed.
    private static func remove(_ name: String, from folder: Int32, depth: Int = 0) -> Bool {
        if unlinkat(folder, name, 0) == 0 { return true }
        // Linux answers EISDIR for a directory, POSIX allows EPERM.
        guard errno == EISDIR || errno == EPERM, depth < 256 else { return false }
        let handle = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard handle >= 0 else { return false }
        guard let directory = fdopendir(handle) else {
            close(handle)
            return false
        }
        let names = names(directory)
        let isEmpty = names.allSatisfy { remove($0, from: dirfd(directory), depth: depth + 1) }
        let code = errno
        closedir(directory)
        errno = code
        return isEmpty && unlinkat(folder, name, AT_REMOVEDIR) == 0
    }

    /// Removes what uploads left behind that ended half way, some days ago.
    func removeOldUploads(at now: Int64) {
        let folder = open(folder: [Self.uploads])
        guard folder >= 0, let directory = fdopendir(folder) else {
            if folder >= 0 { close(folder) }
            return
        }
        defer { closedir(directory) }
        for name in Self.names(directory) {
            var found = stat()
            guard fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            if now / 1_000 - Int64(found.st_mtim.tv_sec) > Self.uploadAge { _ = Self.remove(name, from: folder) }
        }
    }

    /// Seconds: three days, longer than any upload goes on without a write.
    private static let uploadAge: Int64 = 3 * 86_400
}
