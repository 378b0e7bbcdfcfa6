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
            return bytes.withUnsafeBytes { Self.writeAll($0, to: handle) }
        }
        guard let code else { return false }
        if code != 0 { throw Self.error(code, "write", file) }
        return true
    }

    /// 0, or the errno of what failed.
    private static func writeAll(_ bytes: UnsafeRawBufferPointer, to handle: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = Glibc.write(handle, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written >= 0 { rest = rest.dropFirst(written) } else if errno != EINTR { return errno }
        }
        return 0
    }

    /// The logs of a run by name, with their sizes; none when it has no directory.
    func files(of id: RunID) throws(RunServiceError) -> [LogFile] {
        let folder = path + "/" + Self.component(id)
        guard let directory = opendir(folder) else {
            if errno == ENOENT || errno == ENOTDIR { return [] }
            throw Self.error(errno, "read", folder)
        }
        defer { closedir(directory) }
        var files: [LogFile] = []
        while let entry = readdir(directory) {
            // NAME_MAX is 255 bytes, and one byte ends the name.
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            var found = stat()
            if lstat(folder + "/" + name, &found) == 0 && found.st_mode & S_IFMT == S_IFREG {
                files.append(
                    LogFile(name: name, size: Int64(found.st_size), isCommandOutput: name == LogFile.output))
            }
        }
        return LogFile.inReadingOrder(files)
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
        var found = stat()
        guard fstat(handle, &found) == 0 else { throw Self.error(errno, "read", file) }
        let size = Int64(found.st_size)
        let start = offset < 0 ? max(0, size + offset) : offset
        let wanted = Int(max(0, min(Int64(length), size - start)))
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            while count < wanted {
                let got = pread(handle, buffer.baseAddress! + count, wanted - count, Int(start) + count)
                if got > 0 {
                    count += got
                } else if got == 0 || errno != EINTR {
                    if got < 0 { code = errno }
                    break
                }
            }
        }
        if code != 0 { throw Self.error(code, "read", file) }
        return LogChunk(offset: start, bytes: bytes, size: size)
    }
}
