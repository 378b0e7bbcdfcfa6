import FileAccess
import Glibc
package import RunServices

/// Sentences about an `mlruns` directory and what lies in it.
package enum FilePlace {
    /// The path with the home directory abbreviated, control characters made visible.
    package static func name(_ path: String) -> String { Shown.path(FileAccess.absolute(path)) }

    static func missing(_ path: String) -> RunServiceError {
        RunServiceError(
            .notFound, "There is no directory \(name(path)); check the path, or log a run with MLflow first.")
    }

    static func foreign(_ path: String) -> RunServiceError {
        RunServiceError(
            .unexpectedResponse,
            "\(name(path)) is no `mlruns` directory of MLflow's: no folder in it has a `meta.yaml` of an experiment.")
    }

    /// What errno says of a directory that could not be read.
    package static func unreadable(_ path: String) -> RunServiceError {
        let text = String(cString: strerror(errno))
        if errno == ENOENT || errno == ENOTDIR { return missing(path) }
        return RunServiceError(
            .forbidden, "The directory \(name(path)) cannot be read by you; ask its owner for permission.",
            underlying: text)
    }

    /// What errno says of a file, or a directory within the store, that could not be read.
    static func unreadableFile(_ path: String) -> RunServiceError {
        let text = String(cString: strerror(errno))
        return switch errno {
        case EACCES, EPERM:
            RunServiceError(
                .forbidden, "\(name(path)) cannot be read by you; ask its owner for permission.", underlying: text)
        case ELOOP, ENOTDIR:
            RunServiceError(
                .unexpectedResponse,
                "\(name(path)) is not a directory of files, so the run cannot be read; put MLflow's own there.",
                underlying: text)
        default: RunServiceError(.unavailable, "Reading \(name(path)) failed; try again.", underlying: text)
        }
    }

    /// What errno says of a write that failed.
    static func unwritable(_ path: String) -> RunServiceError {
        let text = String(cString: strerror(errno))
        return switch errno {
        case ENOSPC, EDQUOT:
            RunServiceError(
                .unavailable, "The disk that holds \(name(path)) is full; free some space.", underlying: text)
        case EACCES, EPERM, EROFS:
            RunServiceError(
                .forbidden, "\(name(path)) cannot be written by you; ask its owner for permission.", underlying: text)
        case ENOTDIR, EISDIR, EEXIST, ELOOP:
            RunServiceError(
                .conflict, "\(name(path)) cannot be written: something else has that name; use another key.",
                underlying: text)
        default: RunServiceError(.unavailable, "Writing \(name(path)) failed; try again.", underlying: text)
        }
    }
}
