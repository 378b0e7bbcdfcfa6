import FileAccess
import Glibc
import RunServices

/// Where a store lives, and how its place is named to a person.
struct StorePlace: Sendable {
    /// Absolute, without a trailing slash.
    let directory: String

    init(directory: String) {
        self.directory = FileAccess.absolute(directory)
    }

    var database: String { directory + "/runs.db" }

    /// The directory with the home directory abbreviated, control characters made visible.
    var name: String { Shown.path(directory) }

    var databaseName: String { name + "/runs.db" }

    /// `given`, or what the user database says; `/` for a user without either.
    static func home(_ given: String?) -> String {
        if let given, given.hasPrefix("/") { return given }
        guard let user = getpwuid(getuid()), let directory = user.pointee.pw_dir else { return "/" }
        return String(cString: directory)
    }

    /// Makes the directory and those above it, ours alone; one that exists is left as it is.
    func createDirectory() throws(RunServiceError) {
        var prefix = ""
        for part in directory.split(separator: "/") {
            prefix += "/" + part
            if mkdir(prefix, 0o700) != 0 && errno != EEXIST && errno != EISDIR {
                let code = errno
                if FileStamp(prefix, followingLinks: true) != nil { continue }
                throw cannotCreate(code)
            }
        }
        guard FileAccess.isDirectory(directory) else { throw cannotCreate(ENOTDIR) }
    }

    private func cannotCreate(_ code: Int32) -> RunServiceError {
        let text = String(cString: strerror(code))
        return switch code {
        case EACCES, EPERM, EROFS:
            RunServiceError(
                .forbidden,
                "The run store's directory \(name) cannot be created: no permission; choose another place or ask its owner.",
                underlying: text)
        case ENOSPC, EDQUOT:
            RunServiceError(
                .storageFull, "The run store's directory \(name) cannot be created: the disk is full; free some space.",
                underlying: text)
        default:
            RunServiceError(
                .invalid, "The run store's directory \(name) cannot be created; choose another place.", underlying: text
            )
        }
    }
}
