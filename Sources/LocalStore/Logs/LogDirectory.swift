import FileAccess
import Glibc
import RunModel
import RunServices
import Synchronization

/// The files of `logs/RUN/`, one directory for each run, one file for each log.
final class LogDirectory: Sendable {
    private let path: String
    private let handles = Mutex(LogHandles())

    init(path: String) { self.path = path }

    /// Appends all bytes; `check` runs before the file is first opened, to refuse runs that do not exist.
    func append(
        _ bytes: [UInt8], named name: String, of id: RunID, checking check: () async throws(RunServiceError) -> Void
    ) async throws(RunServiceError) {
        let file = path + "/" + Self.component(id) + "/" + (try Self.validated(name))
        if try appendIfOpen(bytes, to: file) { return }
        try await check()
        for directory in [path, path + "/" + Self.component(id)] where mkdir(directory, 0o700) != 0 && errno != EEXIST {
            throw Self.error(errno, "create", directory)
        }
        let handle = Glibc.open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard handle >= 0 else { throw Self.error(errno, "write", file) }
        handles.withLock { $0.insert(handle, for: file) }
        _ = try appendIfOpen(bytes, to: file)
    }

    private func appendIfOpen(_ bytes: [UInt8], to file: String) throws(RunServiceError) -> Bool {
        let code = handles.withLock { handles -> Int32? in
            guard let handle = handles.handle(for: file) else { return nil }
            return FileAccess.write(bytes, to: handle) ? 0 : errno
        }
        guard let code else { return false }
        if code != 0 { throw Self.error(code, "write", file) }
        return true
    }

    /// The logs of a run by name, with their sizes; none when it has no directory.
    func files(of id: RunID) throws(RunServiceError) -> [LogFile] {
        let folder = path + "/" + Self.component(id)
        switch FileAccess.names(in: folder) {
        case .success(let names):
            // What could not be read by its name, such as a file server's `.nfs…`, is no log.
            let files = names.filter { (try? Self.validated($0)) != nil }.compactMap { name in
                FileStamp(folder + "/" + name).flatMap {
                    $0.isFile ? LogFile(name: name, size: $0.size, isCommandOutput: name == LogFile.output) : nil
                }
            }
            return LogFile.inReadingOrder(files)
        case .failure(ENOENT), .failure(ENOTDIR): return []
        case .failure(let code): throw Self.error(code, "read", folder)
        }
    }

    /// Removes all logs of a run; one that has none succeeds.
    func remove(_ id: RunID) throws(RunServiceError) {
        let folder = path + "/" + Self.component(id)
        FileAccess.remove(folder)
        if FileStamp(folder) != nil { throw Self.error(errno, "remove", folder) }
    }

    /// A log to be read like any artifact; nil when the run has none of this name.
    func open(_ name: String, of id: RunID) throws(RunServiceError) -> FileReader? {
        guard let name = try? Self.validated(name) else { return nil }
        let handle = Glibc.open(path + "/" + Self.component(id) + "/" + name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard handle >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw Self.error(errno, "read", name)
        }
        guard let stamp = FileStamp(of: handle), stamp.isFile else {
            close(handle)
            return nil
        }
        return FileReader(handle: handle, stamp: stamp, name: name)
    }

    /// Nil when the run has no such log.
    func read(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) throws(RunServiceError) -> LogChunk? {
        let file = path + "/" + Self.component(id) + "/" + (try Self.validated(name))
        let handle = Glibc.open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard handle >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw Self.error(errno, "read", file)
        }
        defer { close(handle) }
        guard let found = FileStamp(of: handle) else { throw Self.error(errno, "read", file) }
        let size = found.size
        let start = offset < 0 ? max(0, size + offset) : offset
        let wanted = Int(max(0, min(Int64(length), size - min(start, size))))
        guard let bytes = FileAccess.read(handle, from: start, length: wanted) else {
            throw Self.error(errno, "read", file)
        }
        return LogChunk(offset: start, bytes: bytes, size: size)
    }
}
