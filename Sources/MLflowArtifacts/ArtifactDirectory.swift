import FileAccess
import Glibc
package import RunServices

/// The artifacts of one run in a local directory; texts among them are its logs.
///
/// The directory and what lies in it was made by others: links are not followed, and nothing outside is reached.
package struct ArtifactDirectory: Sendable {
    /// Absolute; an existing directory, which links may lead to.
    let base: String
    /// From there to the artifacts; no links, made when something is written.
    let folders: [String]

    /// - Parameters:
    ///   - base: the absolute path of a directory that exists; never made.
    ///   - folders: single components below it.
    package init(base: String, folders: [String]) {
        self.base = base
        self.folders = folders
    }

    /// Absolute.
    package var path: String { ([base] + folders).joined(separator: "/") }

    /// Files looked at and directories entered at most, since a run may have thousands of checkpoints.
    private static let fileLimit = 1_000
    private static let depthLimit = 4
    /// Bytes at the beginning of a file that tell a text from what is none.
    private static let probeLength = 512

    /// The text artifacts by name, with their sizes; none when there is no directory. `commandLog` is looked for first,
    /// and counts as a text whatever is in it.
    package func texts(commandLog: String? = nil) throws(RunServiceError) -> [LogFile] {
        var (files, seen): ([LogFile], Int) = ([], 0)
        var place = base
        for folder in folders {
            place += "/" + folder
            guard FileStamp(place)?.isDirectory == true else { return [] }
        }
        try collect("", depth: 0, into: &files, &seen)
        if let commandLog, let found = try state(of: commandLog) {
            files.removeAll { $0.name == commandLog }
            files.append(LogFile(name: commandLog, size: found.size, isCommandOutput: true))
        }
        return LogFile.inReadingOrder(files)
    }

    private func collect(
        _ folder: String, depth: Int, into files: inout [LogFile], _ seen: inout Int
    ) throws(RunServiceError) {
        let place = folder.isEmpty ? path : path + "/" + folder
        let names: [String]
        switch FileAccess.names(in: place) {
        case .success(let found): names = found.sorted()
        case .failure(ENOENT), .failure(ENOTDIR): return
        case .failure(let code):
            if folder.isEmpty { throw Self.error(code, "read", place) }
            return
        }
        for name in names where seen < Self.fileLimit {
            seen += 1
            let relative = folder.isEmpty ? name : folder + "/" + name
            guard let found = FileStamp(path + "/" + relative) else { continue }
            if found.isDirectory {
                if depth < Self.depthLimit { try collect(relative, depth: depth + 1, into: &files, &seen) }
            } else if found.isFile, isText(relative, found.size) {
                files.append(LogFile(name: relative, size: found.size))
            }
        }
    }

    /// A text has no NUL and no bytes that UTF-8 does not know where it begins; an empty file is one too.
    private func isText(_ name: String, _ size: Int64) -> Bool {
        if size == 0 { return true }
        guard let chunk = try? read(name, offset: 0, length: Self.probeLength) else { return false }
        if chunk.bytes.contains(0) { return false }
        let text = String(decoding: chunk.bytes, as: UTF8.self)
        // The probe may cut a character at its end, which leaves one replacement, or up to three.
        return !text.unicodeScalars.dropLast(3).contains("\u{fffd}")
    }

    /// Nil when there is no such file.
    package func read(_ name: String, offset: Int64, length: Int) throws(RunServiceError) -> LogChunk? {
        let handle = try open(name, O_RDONLY)
        guard let handle else { return nil }
        defer { close(handle) }
        guard let found = FileStamp(of: handle) else { throw Self.error(errno, "read", name) }
        guard found.isFile else { return nil }
        let size = found.size
        let start = min(size, offset < 0 ? max(0, size + offset) : offset)
        let bytes = FileAccess.read(handle, from: start, length: Int(min(Int64(max(0, length)), size - start)))
        guard let bytes else { throw Self.error(errno, "read", name) }
        return LogChunk(offset: offset < 0 ? start : offset, bytes: bytes, size: size)
    }

    /// Nil when there is no such file, or something that is not to be there with `O_EXCL`, or that cannot be written, or a
    /// link on the way to it. `name` is a path below the directory, or empty for the directory itself.
    func open(_ name: String, _ flags: Int32) throws(RunServiceError) -> Int32? {
        if !name.isEmpty { try Self.check(name) }
        let parts = folders + name.split(separator: "/").map(String.init)
        let handle = FileAccess.open(parts, below: base, flags)
        if handle >= 0 { return handle }
        if [ENOENT, ENOTDIR, ELOOP, EEXIST, EISDIR, ENXIO].contains(errno) { return nil }
        throw Self.error(errno, flags == O_RDONLY ? "read" : "write", name)
    }

    /// Throws `invalid` unless `name` stays inside.
    static func check(_ name: String) throws(RunServiceError) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isInside = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && $0.utf8.count <= Int(NAME_MAX) }
        if isInside && !name.utf8.contains(0) { return }
        throw RunServiceError(
            .invalid, "`\(Shown.text(name))` is no name of an artifact; use a relative path without `..`.")
    }

    static func error(_ code: Int32, _ verb: String, _ name: String) -> RunServiceError {
        let text = String(cString: strerror(code))
        return switch code {
        case ENOSPC, EDQUOT:
            RunServiceError(
                .unavailable, "The disk that holds the artifact \(Shown.text(name)) is full; free some space.",
                underlying: text)
        case EACCES, EPERM, EROFS:
            RunServiceError(
                .forbidden, "You have no permission to \(verb) the artifact \(Shown.text(name)); ask its owner.",
                underlying: text)
        default:
            RunServiceError(
                .unavailable, "It failed to \(verb) the artifact \(Shown.text(name)); try again.", underlying: text)
        }
    }
}
