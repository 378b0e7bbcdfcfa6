import FileAccess
import Glibc
import RunServices

/// Where event files lie, and sentences about that.
package enum EventPlaces {
    /// Names that are looked at, and folders below each other, before a directory counts as one without event files.
    private static let (nameLimit, depthLimit) = (50_000, 12)

    /// Whether an event file lies in a directory or below it, as far as a bounded look finds one.
    package static func lie(below path: String) -> Bool {
        var level = [path]
        var names = 0
        var known: Set<FileStamp.Identity> = []
        for _ in 0..<depthLimit {
            var next: [String] = []
            for folder in level {
                guard let stamp = FileStamp(folder, followingLinks: true), known.insert(stamp.identity).inserted,
                    case .success(let entries) = FileAccess.entries(in: folder)
                else { continue }
                if entries.contains(where: { $0.kind != .directory && EventFileName($0.name) != nil }) { return true }
                names += entries.count
                if names > nameLimit { return false }
                for entry in entries where !entry.name.hasPrefix(".") {
                    let full = folder + "/" + entry.name
                    if entry.kind == .directory || entry.kind == .link && FileAccess.isDirectory(full) {
                        next.append(full)
                    }
                }
            }
            level = next
        }
        return false
    }

    /// Whether a path is that of an event file, which stands for its directory.
    package static func isEventFile(_ path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        return EventFileName(name) != nil && FileStamp(path, followingLinks: true)?.isFile == true
    }

    /// The path with the home directory abbreviated, control characters made visible.
    package static func name(_ path: String) -> String { Shown.path(FileAccess.absolute(path)) }

    /// What errno says of a directory that could not be read.
    static func unreadable(_ path: String) -> RunServiceError {
        if errno == EACCES || errno == EPERM {
            return RunServiceError(
                .forbidden, "The directory \(name(path)) cannot be read by you; ask its owner for permission.")
        }
        return RunServiceError(
            .notFound, "There is no directory \(name(path)); check the path, or start the run that writes it.")
    }
}
