import FileAccess
import Glibc
import RunModel
import RunServices

/// The directory that holds all artifacts: `EXPERIMENT/RUN/artifacts/…` as MLflow's servers lay them out, and what is being
/// uploaded in a folder beside. No link is followed below it.
struct ArtifactFiles: Sendable {
    /// Absolute; made when something is written.
    let base: String

    /// Holds unfinished files and parts of uploads; no client can name it.
    static let uploads = ".uploads"

    /// The folders of a path below the root. Throws `invalid` for one that leads out, or to what is no client's.
    static func parts(of path: String, isFromTop: Bool = false) throws(RunServiceError) -> [String] {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let isInside = parts.allSatisfy { part in
            !part.isEmpty && part != "." && part != ".." && part.utf8.count <= Int(NAME_MAX)
                && !part.utf8.contains(0)
        }
        // Longer ones cannot be named in one call by any program.
        let isShort = path.utf8.count < Int(PATH_MAX) && parts.count <= 256
        if isInside && isShort && !(isFromTop && parts[0].hasPrefix(".")) { return parts }
        throw RunServiceError(
            .invalid, "`\(Shown.text(path))` is no path of an artifact; use a relative one without `..`.")
    }

    /// A descriptor of a folder; -1, with errno set, when there is none or a link is on the way.
    func open(folder parts: [String], making: Bool = false) -> Int32 {
        if making && mkdir(base, 0o777) != 0 && errno != EEXIST { return -1 }
        var handle = Glibc.open(base, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        for part in parts where handle >= 0 {
            var next: Int32 = -1
            if !making || mkdirat(handle, part, 0o777) == 0 || errno == EEXIST {
                next = openat(handle, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            }
            let code = errno
            close(handle)
            errno = code
            handle = next
        }
        return handle
    }

    /// Opens a file for reading. Throws `notFound` for what is no regular file.
    func open(file parts: [String]) throws(RunServiceError) -> FileReader {
        let handle = FileAccess.open(parts, below: base, O_RDONLY)
        guard handle >= 0 else { throw Self.error(errno, "read", parts) }
        guard let stamp = FileStamp(of: handle), stamp.isFile else {
            close(handle)
            throw Self.error(ENOENT, "read", parts)
        }
        return FileReader(handle: handle, stamp: stamp, name: parts.last ?? "")
    }

    /// Begins a file that nobody sees until it is finished.
    func begin(file parts: [String], path: String) throws(RunServiceError) -> FileWriter {
        let folder = open(folder: [Self.uploads], making: true)
        guard folder >= 0 else { throw Self.error(errno, "write", parts) }
        let name = "." + RandomText.identifier()
        let handle = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard handle >= 0 else {
            let code = errno
            close(folder)
            throw Self.error(code, "write", parts)
        }
        return FileWriter(handle: handle, folder: folder, name: name, target: parts, path: path, files: self)
    }

    /// Appends all bytes or none.
    func append(_ bytes: [UInt8], to parts: [String]) throws(RunServiceError) {
        if mkdir(base, 0o777) != 0 && errno != EEXIST { throw Self.error(errno, "write", parts) }
        let handle = FileAccess.open(parts, below: base, O_WRONLY | O_APPEND | O_CREAT, makingFolders: true)
        guard handle >= 0 else { throw Self.error(errno, "write", parts) }
        defer { close(handle) }
        guard let before = FileStamp(of: handle), before.isFile else { throw Self.error(EISDIR, "write", parts) }
        if FileAccess.write(bytes, to: handle) { return }
        let code = errno
        // Who offers the same bytes again must not find half of them there.
        _ = ftruncate(handle, off_t(before.size))
        throw Self.error(code, "write", parts)
    }

    static func error(_ code: Int32, _ verb: String, _ parts: [String]) -> RunServiceError {
        let name = Shown.text(parts.joined(separator: "/"))
        let text = String(cString: strerror(code))
        return switch code {
        case ENOENT,
            ENOTDIR where verb == "read", ELOOP where verb == "read":
            RunServiceError(.notFound, "There is no artifact \(name).", underlying: text)
        case EISDIR, ENOTDIR, EEXIST, ENOTEMPTY:
            RunServiceError(
                .conflict, "The artifact \(name) cannot be written: a file or a folder is in its way.", underlying: text
            )
        case ENOSPC, EDQUOT:
            RunServiceError(
                .storageFull, "The disk that holds the artifact \(name) is full; free some space.", underlying: text)
        case ENAMETOOLONG: RunServiceError(.invalid, "The artifact's name \(name) is too long.", underlying: text)
        case EACCES, EPERM, EROFS, ELOOP:
            RunServiceError(
                .forbidden, "You have no permission to \(verb) the artifact \(name); ask its owner.", underlying: text)
        default:
            RunServiceError(.unavailable, "It failed to \(verb) the artifact \(name); try again.", underlying: text)
        }
    }
}
