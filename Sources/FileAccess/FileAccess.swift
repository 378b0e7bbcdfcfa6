import Glibc

/// The system's calls for files and directories, with Swift values; what fails leaves errno set.
package enum FileAccess {
    /// What a directory holds, or why that cannot be told.
    package enum Listing<Element> {
        case success([Element])
        /// The errno of what failed.
        case failure(Int32)
    }

    /// One name in a directory.
    package struct Entry: Equatable, Sendable {
        /// What the name stands for; a link is not followed.
        package enum Kind: Sendable {
            case file, directory, link, other
        }
        /// One component of a path.
        package var name: String
        /// As the directory itself tells it.
        package var kind: Kind
    }

    /// The names in a directory, without `.` and `..`, in no order.
    package static func names(in path: String) -> Listing<String> {
        switch entries(in: path) {
        case .success(let entries): .success(entries.map(\.name))
        case .failure(let code): .failure(code)
        }
    }

    /// What a directory holds, without `.` and `..`, in no order; all of it, or a failure.
    /// - Parameter followingLinks: whether `path` itself may be a link to a directory.
    package static func entries(in path: String, followingLinks: Bool = true) -> Listing<Entry> {
        let handle = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followingLinks ? 0 : O_NOFOLLOW))
        guard handle >= 0 else { return .failure(errno) }
        guard let directory = fdopendir(handle) else {
            let code = errno
            close(handle)
            return .failure(code)
        }
        defer { closedir(directory) }
        var entries: [Entry] = []
        while true {
            errno = 0
            guard let entry = readdir(directory) else {
                // Half a listing would make the other half look deleted.
                return errno == 0 ? .success(entries) : .failure(errno)
            }
            // NAME_MAX is 255 bytes, and one byte ends the name.
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            entries.append(Entry(name: name, kind: kind(Int32(entry.pointee.d_type), path + "/" + name)))
        }
    }

    private static func kind(_ type: Int32, _ path: String) -> Entry.Kind {
        switch type {
        case Int32(DT_REG): return .file
        case Int32(DT_DIR): return .directory
        case Int32(DT_LNK): return .link
        case Int32(DT_UNKNOWN):
            // Some file systems do not say.
            guard let stamp = FileStamp(path) else { return .other }
            return stamp.isFile ? .file : stamp.isDirectory ? .directory : stamp.isLink ? .link : .other
        default: return .other
        }
    }

    /// Whether there is a directory, or a link to one.
    package static func isDirectory(_ path: String) -> Bool {
        FileStamp(path, followingLinks: true)?.isDirectory == true
    }

    /// `path` from the root on: a relative one begins in the current directory. Slashes at the end are dropped.
    package static func absolute(_ path: String) -> String {
        var full = path
        if !path.hasPrefix("/"), let current = getcwd(nil, 0) {
            full = String(cString: current) + "/" + path
            free(current)
        }
        while full.utf8.count > 1 && full.hasSuffix("/") { full.removeLast() }
        return full
    }

    /// Removes a file or a directory with all in it; what cannot be removed stays.
    package static func remove(_ path: String) {
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
