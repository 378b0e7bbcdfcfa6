import RunServices

/// The times and sizes of a run's files, which tell that it changed without reading any.
struct FileSurface {
    private(set) var digest: UInt64
    /// False when a file is so young that a further write in the same tick of the clock would not show.
    private(set) var isSettled = true

    /// Keys may nest this deep; MLflow's have at most 250 characters.
    private static let depthLimit = 16

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
        for folder in Self.folders(in: run + "/params") { add(run + "/params/" + folder) }
        for folder in ["tags", "metrics"] {
            for key in Self.keys(in: run + "/" + folder) {
                hasher.combine(key)
                add(run + "/" + folder + "/" + key)
            }
        }
        digest = UInt64(bitPattern: Int64(hasher.finalize()))
        isSettled = youngest
    }

    /// The files of a directory by their relative paths, slashes and all; links and what begins with a dot left out.
    static func keys(in folder: String) -> [String] {
        var (keys, folders): ([String], [String]) = ([], [])
        collect(folder, "", 0, &keys, &folders)
        return keys.sorted()
    }

    /// The directories below a directory, which keys with slashes make, by their relative paths.
    private static func folders(in folder: String) -> [String] {
        var (keys, folders): ([String], [String]) = ([], [])
        collect(folder, "", 0, &keys, &folders)
        return folders.sorted()
    }

    private static func collect(
        _ folder: String, _ prefix: String, _ depth: Int, _ keys: inout [String], _ folders: inout [String]
    ) {
        guard depth < depthLimit, case .success(let names) = FileTree.entries(in: folder) else { return }
        for entry in names {
            switch entry.kind {
            case .file: keys.append(prefix + entry.name)
            case .directory:
                folders.append(prefix + entry.name)
                collect(folder + "/" + entry.name, prefix + entry.name + "/", depth + 1, &keys, &folders)
            case .other: break
            }
        }
    }
}
