import Glibc

/// A lock on what lies in a directory: of the processes that take it, one at a time has it.
///
/// The lock is flock(2) on the directory itself, so nothing is written for it and it ends with its holder. Where a
/// directory cannot be locked, as on NFS, it is taken on a file in it whose name begins with a dot.
package struct DirectoryLock: Sendable {
    /// Nil where the file system knows no locks.
    private let handle: Int32?

    /// Why there is no lock.
    package enum Failure: Error {
        /// Another process kept it for the whole time.
        case busy
    }

    /// The file that is locked where directories cannot be.
    package static let fileName = ".runwatch.lock"

    /// Whether others that lock are kept out; false where the file system knows no locks, or lets us make no file.
    package var isExclusive: Bool { handle != nil }

    /// Takes the lock, and waits up to `patience` milliseconds for another holder; blocks its thread meanwhile.
    /// Kept until `release`.
    /// - Parameter usingFile: whether the file is locked at once, as where directories cannot be.
    package init(_ directory: String, patience: Int, usingFile: Bool = false) throws(Failure) {
        if !usingFile {
            let (handle, code) = try Self.lock(Glibc.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC), patience)
            if code == 0 {
                self.handle = handle
                return
            }
        }
        let file = directory + "/" + Self.fileName
        let (handle, code) = try Self.lock(
            Glibc.open(file, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666), patience)
        self.handle = code == 0 ? handle : nil
    }

    /// Lets others have it; once.
    package func release() {
        guard let handle else { return }
        // A program that is being started has a copy of the descriptor for a moment, which would keep the lock.
        flock(handle, LOCK_UN)
        close(handle)
    }

    /// The descriptor while it is locked, or the errno of what failed.
    private static func lock(_ handle: Int32, _ patience: Int) throws(Failure) -> (handle: Int32, code: Int32) {
        guard handle >= 0 else { return (-1, errno) }
        // Asked again and again instead of waited for: a holder may have been stopped, and that would be for ever.
        for _ in 0...max(0, patience / 5) {
            if flock(handle, LOCK_EX | LOCK_NB) == 0 { return (handle, 0) }
            if errno != EWOULDBLOCK && errno != EINTR {
                let code = errno
                close(handle)
                return (-1, code)
            }
            usleep(5_000)
        }
        close(handle)
        throw .busy
    }
}
