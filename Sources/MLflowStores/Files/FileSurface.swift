import FileAccess
import Glibc
import RunServices

/// The times and sizes of a run's files, which tell that it changed without reading any.
struct FileSurface {
    private(set) var digest: UInt64
    /// False when a file is so young that a further write in the same tick of the clock would not show.
    private(set) var isSettled = true

    init(_ run: String) {
        var hasher = Hasher()
        var youngest = true
        func add(_ path: String) {
            let stamp = FileStamp(path)
            hasher.combine(stamp)
            if stamp?.isSettled == false { youngest = false }
        }
        for name in ["meta.yaml", "params", "tags", "metrics"] { add(run + "/" + name) }
        // A parameter is never written again, so the times of its directories tell enough.
        for folder in FileKeys(in: run + "/params").folders.sorted() { add(run + "/params/" + folder) }
        for folder in ["tags", "metrics"] {
            for key in FileKeys(in: run + "/" + folder).names {
                hasher.combine(key)
                add(run + "/" + folder + "/" + key)
            }
        }
        digest = UInt64(bitPattern: Int64(hasher.finalize()))
        isSettled = youngest
    }
}

/// The keys that a run has in one of its directories: files by their relative paths, slashes and all.
///
/// Links are left out, for they could lead anywhere, and so is what file systems and editors leave among the files.
struct FileKeys {
    /// Sorted.
    private(set) var names: [String] = []
    /// The directories below, which keys with slashes make, by their relative paths.
    private(set) var folders: [String] = []
    /// What could not be listed, and the errno of why; nil when all was.
    private(set) var trouble: (path: String, code: Int32)?

    /// Keys may nest this deep; MLflow's have at most 250 characters.
    private static let depthLimit = 16

    /// A directory that is not there has no keys.
    init(in folder: String) {
        collect(folder, "", 0)
        names.sort()
    }

    private mutating func collect(_ folder: String, _ prefix: String, _ depth: Int) {
        guard depth < Self.depthLimit else { return }
        switch FileAccess.entries(in: folder, followingLinks: false) {
        case .failure(let code):
            if code != ENOENT && trouble == nil { trouble = (folder, code) }
        case .success(let entries):
            for entry in entries where Self.isKey(entry.name) {
                switch entry.kind {
                case .file: names.append(prefix + entry.name)
                case .directory:
                    folders.append(prefix + entry.name)
                    collect(folder + "/" + entry.name, prefix + entry.name + "/", depth + 1)
                case .link, .other: break
                }
            }
        }
    }

    /// Whether a name is one that a key gives: not `.nfs…`, `.~lock…` and `._…`, nor the `…~` and `#…#` of editors.
    private static func isKey(_ name: String) -> Bool {
        !name.hasPrefix(".") && !name.hasSuffix("~") && !(name.hasPrefix("#") && name.hasSuffix("#"))
    }

    /// Throws `invalid` for a key that would not be found again.
    static func check(_ key: String) throws(RunServiceError) {
        if key.split(separator: "/").allSatisfy({ isKey(String($0)) }) { return }
        throw RunServiceError(
            .invalid,
            "An mlruns directory cannot keep the key `\(Shown.text(key))`: names with a dot in front are the file "
                + "system's own there; use another one.")
    }
}
