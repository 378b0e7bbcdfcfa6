import FileAccess
import Glibc

/// Looks programs up as a shell does.
package enum ProgramPath {
    /// The first in `PATH`; relative directories are left out, since any folder could then put its own program there.
    package static func find(_ name: String, in path: String?) -> String? {
        (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").filter { $0.hasPrefix("/") }
            .map { "\($0)/\(name)" }.first { file in
                FileStamp(file, followingLinks: true)?.isDirectory == false && access(file, X_OK) == 0
            }
    }
}
