import FileAccess
import Glibc
import RunServices

/// What tells that a file is still as we left it.
struct ArtifactState: Sendable, Equatable {
    fileprivate let device: UInt64
    fileprivate let inode: UInt64
    /// Bytes.
    fileprivate(set) var size: Int64

    fileprivate init(_ found: stat) {
        device = UInt64(found.st_dev)
        inode = UInt64(found.st_ino)
        size = Int64(found.st_size)
    }
}

extension ArtifactDirectory {
    /// Nil unless `name` is a file.
    func state(of name: String) throws(RunServiceError) -> ArtifactState? {
        guard let handle = try open(name, O_RDONLY) else { return nil }
        defer { close(handle) }
        return Self.state(handle)
    }

    private static func state(_ handle: Int32) -> ArtifactState? {
        var found = stat()
        guard fstat(handle, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return nil }
        return ArtifactState(found)
    }

    /// Makes a folder directly below, and the directory itself when it is absent. False when something has that name.
    func claim(_ folder: String) throws(RunServiceError) -> Bool {
        // The folders on the way are made, and no link is followed; the last one is made below.
        let handle = FileAccess.open(folders, below: base, O_RDONLY | O_DIRECTORY, makingFolders: true)
        if handle >= 0 {
            defer { close(handle) }
            if mkdirat(handle, folder, 0o777) == 0 { return true }
            if errno == EEXIST { return false }
            throw Self.error(errno, "create", folder)
        }
        if errno != ENOENT { throw Self.error(errno, "create", path) }
        guard let last = folders.last else { throw Self.gone(base) }
        let parent = FileAccess.open(folders.dropLast(), below: base, O_RDONLY | O_DIRECTORY)
        guard parent >= 0 else { throw Self.gone(base) }
        defer { close(parent) }
        guard mkdirat(parent, last, 0o777) == 0 || errno == EEXIST else { throw Self.error(errno, "create", path) }
        return try claim(folder)
    }

    private static func gone(_ base: String) -> RunServiceError {
        RunServiceError(
            .notFound, "The directory \(Shown.path(base)) for the run's artifacts is gone, or a link is in its way.")
    }

    /// Makes an empty file. Nil when something has that name, or its folder is gone.
    func create(_ name: String) throws(RunServiceError) -> ArtifactState? {
        guard let handle = try open(name, O_WRONLY | O_CREAT | O_EXCL) else { return nil }
        defer { close(handle) }
        return Self.state(handle)
    }

    /// Appends all bytes or none to a file that is still as `state` says, and returns how it is then.
    ///
    /// Nil when it is another file by now, or another program wrote to it.
    func append(
        _ bytes: [UInt8], to name: String, in state: ArtifactState
    ) throws(RunServiceError) -> ArtifactState? {
        guard let handle = try open(name, O_WRONLY | O_APPEND) else { return nil }
        defer { close(handle) }
        guard Self.state(handle) == state else { return nil }
        if !FileAccess.write(bytes, to: handle) {
            let code = errno
            // Who offers the same bytes again must not find half of them there.
            _ = ftruncate(handle, off_t(state.size))
            throw Self.error(code, "write", name)
        }
        var after = state
        after.size += Int64(bytes.count)
        return after
    }
}
