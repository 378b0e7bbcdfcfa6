import Glibc

extension FileAccess {
    /// Up to `length` bytes from `start` on; nil, with errno set, when reading fails.
    package static func read(_ handle: Int32, from start: Int64, length: Int) -> [UInt8]? {
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: max(0, length)) { buffer, count in
            while count < length {
                let got = pread(handle, buffer.baseAddress! + count, length - count, Int(start) + count)
                if got > 0 {
                    count += got
                } else if got == 0 || errno != EINTR {
                    if got < 0 { code = errno }
                    break
                }
            }
        }
        if code == 0 { return bytes }
        errno = code
        return nil
    }

    /// Up to `limit` bytes of a regular file from `start` on; nil, with errno set, when it cannot be read.
    ///
    /// A link at the end of the path is not followed.
    package static func contents(_ path: String, from start: Int64 = 0, limit: Int) -> [UInt8]? {
        let handle = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard handle >= 0 else { return nil }
        defer { close(handle) }
        guard let found = FileStamp(of: handle) else { return nil }
        guard found.isFile else {
            errno = EISDIR
            return nil
        }
        return read(handle, from: start, length: Int(max(0, min(Int64(limit), found.size - min(start, found.size)))))
    }

    /// False, with errno set, when not all bytes could be written.
    package static func write(_ bytes: [UInt8], to handle: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let written = Glibc.write(handle, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written >= 0 { rest = rest.dropFirst(written) } else if errno != EINTR { return false }
            }
            return true
        }
    }

    /// Opens a file below a directory step by step, so that no link on the way leads out of it; -1, with errno set, when
    /// that fails. `folder` itself may be reached through links.
    /// - Parameters:
    ///   - parts: the names from `folder` on, each one component.
    ///   - flags: as open(2) takes them, for the last of them; a new file has what the umask leaves of 0666.
    ///   - makingFolders: whether directories on the way are made when they are absent.
    package static func open(
        _ parts: [String], below folder: String, _ flags: Int32, makingFolders: Bool = false
    ) -> Int32 {
        guard parts.allSatisfy({ !["", ".", ".."].contains($0) && !$0.utf8.contains(0x2f) }) else {
            errno = EINVAL
            return -1
        }
        var handle = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        for (index, part) in parts.enumerated() where handle >= 0 {
            let isLast = index == parts.count - 1
            var next: Int32 = -1
            if isLast || !makingFolders || mkdirat(handle, part, 0o777) == 0 || errno == EEXIST {
                let how = isLast ? flags | O_NONBLOCK : O_RDONLY | O_DIRECTORY
                next = openat(handle, part, how | O_NOFOLLOW | O_CLOEXEC, 0o666)
            }
            let code = errno
            close(handle)
            errno = code
            handle = next
        }
        return handle
    }
}
