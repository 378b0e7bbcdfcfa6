import FileAccess
import Glibc
import RunModel
import RunServices

extension LogDirectory {
    /// A run's id as one path component: what is not a letter, a digit, `-`, `_` or an inner `.` is percent-encoded.
    static func component(_ id: RunID) -> String {
        let name = PercentEncoding.encoded(id.text, keeping: ".-_")
        return name.hasPrefix(".") ? "%2E" + name.dropFirst() : name
    }

    /// Throws `invalid` unless `name` is one plain file name.
    static func validated(_ name: String) throws(RunServiceError) -> String {
        let isPlain =
            !name.isEmpty && !name.hasPrefix(".") && name.utf8.count <= Int(NAME_MAX)
            && name.unicodeScalars.allSatisfy { $0 != "/" && $0.value >= 0x20 && $0.value != 0x7f }
        if isPlain { return name }
        throw RunServiceError(
            .invalid,
            "A log's name is one file name: up to 255 bytes, without `/` or control characters, not beginning with a dot."
        )
    }

    static func error(_ code: Int32, _ verb: String, _ path: String) -> RunServiceError {
        let name = StorePlace(directory: path).name
        let text = String(cString: strerror(code))
        return switch code {
        case ENOSPC, EDQUOT:
            RunServiceError(
                .storageFull, "The disk that holds the log \(name) is full; free some space.", underlying: text)
        case EACCES, EPERM, EROFS, ELOOP:
            RunServiceError(
                .forbidden, "You have no permission to \(verb) the log \(name); ask its owner.", underlying: text)
        default:
            RunServiceError(.unavailable, "It failed to \(verb) the log \(name); try again.", underlying: text)
        }
    }
}
