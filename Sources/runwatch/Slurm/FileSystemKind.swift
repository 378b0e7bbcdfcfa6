import FileAccess
import Glibc

/// What kind of file system a path is on, as far as it matters to a store that several machines open.
enum FileSystemKind: Equatable {
    /// Of this machine alone; others may reach the same files by a network of which this machine knows nothing.
    case local
    /// Files that other machines have as well.
    case shared(name: String, hasLocks: Bool)

    /// The kinds in the kernel's list of mounts; those of FUSE have a dot in them.
    private static let networks: Set<String> = [
        "9p", "afs", "beegfs", "ceph", "cifs", "fhgfs", "fuse", "gfs2", "gpfs", "lustre", "nfs", "nfs4", "ocfs2",
        "orangefs",
        "panfs", "smb3", "wekafs",
    ]

    /// Of a path, or of the nearest directory above it that exists.
    init(of path: String) {
        var place = path
        var real = realpath(place, nil)
        while real == nil, let slash = place.lastIndex(of: "/"), slash > place.startIndex {
            place = String(place[..<slash])
            real = realpath(place, nil)
        }
        if let real {
            place = String(cString: real)
            free(real)
        }
        let mounts = FileAccess.contents("/proc/mounts", limit: 1 << 22).map { String(decoding: $0, as: UTF8.self) }
        self.init(of: place, mounts: mounts ?? "") { Self.takesLock(at: $0) }
    }

    /// - Parameters:
    ///   - path: without links in it.
    ///   - mounts: the text of `/proc/mounts`.
    ///   - takesLock: whether a lock is granted there.
    init(of path: String, mounts: String, takesLock: (String) -> Bool) {
        var best: (length: Int, kind: String, options: [Substring])?
        for line in mounts.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 3 else { continue }
            let point = fields[1].replacing("\\040", with: " ")
            guard path == point || path.hasPrefix(point == "/" ? "/" : point + "/"),
                point.utf8.count >= best?.length ?? 0
            else { continue }
            best = (point.utf8.count, String(fields[2]), fields[3].split(separator: ","))
        }
        guard let best, Self.networks.contains(best.kind) || best.kind.hasPrefix("fuse.") else {
            self = .local
            return
        }
        // Such locks are granted, and no other machine sees them.
        let isAlone = best.options.contains { ["nolock", "local_lock=all", "local_lock=posix"].contains($0) }
        self = .shared(name: best.kind, hasLocks: !isAlone && takesLock(path))
    }

    private static func takesLock(at path: String) -> Bool {
        let isDirectory = FileAccess.isDirectory(path)
        let directory = isDirectory ? path : String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
        var template = Array("\(directory)/.runwatch-lock-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        // Where nothing can be written the store says so itself.
        guard file >= 0 else { return true }
        defer {
            unlink(template)
            close(file)
        }
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        return fcntl(file, F_SETLK, &lock) == 0
    }
}
