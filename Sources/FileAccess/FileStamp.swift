import Glibc

/// What tells that a file or directory was written, without reading it.
package struct FileStamp: Hashable, Sendable {
    private let device: UInt64
    private let inode: UInt64
    private let mode: UInt32
    /// Who may use it besides its owner; kept when a file is replaced.
    package let group: UInt32
    /// Bytes.
    package let size: Int64
    private let seconds: Int64
    private let nanoseconds: Int64
    /// When anything of it changed, its name and permissions too; no program can set this time.
    private let changeSeconds: Int64
    private let changeNanoseconds: Int64

    /// Nil, with errno set, when there is nothing at `path` or it cannot be reached.
    ///
    /// A link at the end of the path is described itself, unless `followingLinks`.
    package init?(_ path: String, followingLinks: Bool = false) {
        var found = stat()
        guard (followingLinks ? stat(path, &found) : lstat(path, &found)) == 0 else { return nil }
        self.init(found)
    }

    /// Nil, with errno set, when the descriptor is none.
    package init?(of handle: Int32) {
        var found = stat()
        guard fstat(handle, &found) == 0 else { return nil }
        self.init(found)
    }

    private init(_ found: stat) {
        device = UInt64(found.st_dev)
        inode = UInt64(found.st_ino)
        mode = UInt32(found.st_mode)
        group = UInt32(found.st_gid)
        size = Int64(found.st_size)
        seconds = Int64(found.st_mtim.tv_sec)
        nanoseconds = Int64(found.st_mtim.tv_nsec)
        changeSeconds = Int64(found.st_ctim.tv_sec)
        changeNanoseconds = Int64(found.st_ctim.tv_nsec)
    }

    /// When it was last written, in milliseconds since 1970; cut off at what fits, since a file may claim any year.
    package var milliseconds: Int64 {
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        return overflow ? (seconds < 0 ? .min : .max) : whole + nanoseconds / 1_000_000
    }

    /// Whether it is a directory, and no link to one unless links were followed.
    package var isDirectory: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFDIR) }
    /// Whether it is a regular file.
    package var isFile: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFREG) }
    /// Whether it is a symbolic link.
    package var isLink: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFLNK) }

    /// The permission bits, as chmod(2) takes them.
    package var permissions: UInt32 { mode & 0o7777 }

    /// False for a moment after the last write, in which another one might leave the same time behind.
    ///
    /// File systems count time in ticks of up to 10 ms; some in whole seconds, FAT in two. A time a little in the future
    /// is that of a file server whose clock is ahead, one far ahead was set by a program.
    package var isSettled: Bool {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let (difference, overflow) = Int64(now.tv_sec).subtractingReportingOverflow(seconds)
        if overflow || difference.magnitude > 60 { return true }
        let age = difference * 1_000_000_000 + Int64(now.tv_nsec) - nanoseconds
        return age > (nanoseconds == 0 ? 2_050_000_000 : 50_000_000)
    }

    /// The stamp when it will tell of any further write; nil while it might not.
    package var trusted: FileStamp? { isSettled ? self : nil }

    /// Tells a file or directory from all others that are there at the same time, whatever path leads to it.
    package struct Identity: Hashable, Sendable {
        fileprivate let device: UInt64
        fileprivate let inode: UInt64
    }

    /// Of what the path led to.
    package var identity: Identity { Identity(device: device, inode: inode) }

    /// Whether this is the same file as before, though perhaps longer.
    package func continues(_ earlier: FileStamp) -> Bool { identity == earlier.identity }

    /// Whether nothing was written since `earlier`, though the file may have other names or permissions by now.
    package func isSameWrite(as earlier: FileStamp) -> Bool {
        continues(earlier) && size == earlier.size && seconds == earlier.seconds && nanoseconds == earlier.nanoseconds
    }
}
