import FileAccess
import Glibc
import RunServices

extension ArtifactFiles {
    /// Names read of one folder at most.
    private static let nameLimit = 200_000

    /// A page of a folder by name, from after the name `last` on; empty where there is no such folder. Links are left out.
    /// - Parameter extra: files that are listed with those of the folder, as logs are with those of a run.
    func page(
        of parts: [String], named folder: String?, after last: String?, with extra: [Artifact] = []
    ) throws(RunServiceError) -> Page<Artifact> {
        let known = Dictionary(extra.map { ($0.path, $0) }) { first, _ in first }
        let directory = try opened(parts)
        defer { if let directory { closedir(directory) } }
        let names = directory.map(Self.names) ?? []
        let wanted = Set(names.filter { !(parts.isEmpty && $0.hasPrefix(".")) } + known.keys)
        var page = Page<Artifact>([])
        for name in wanted.filter({ name in last.map { name > $0 } ?? true }).sorted() {
            if page.items.count == Artifact.pageLimit {
                page.next = page.items.last.map { PageToken(String($0.name)) }
                break
            }
            let artifact = known[name] ?? directory.flatMap { Self.artifact(name, in: $0, folder) }
            if let artifact { page.items.append(artifact) }
        }
        return page
    }

    /// Nil where there is no such folder.
    private func opened(_ parts: [String]) throws(RunServiceError) -> OpaquePointer? {
        let handle = open(folder: parts)
        guard handle >= 0 else {
            if [ENOENT, ENOTDIR, ELOOP].contains(errno) { return nil }
            throw Self.error(errno, "read", parts)
        }
        if let directory = fdopendir(handle) { return directory }
        close(handle)
        throw Self.error(errno, "read", parts)
    }

    /// Nil for what is neither a file nor a folder.
    private static func artifact(_ name: String, in directory: OpaquePointer, _ folder: String?) -> Artifact? {
        var found = stat()
        guard fstatat(dirfd(directory), name, &found, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        let isFolder = found.st_mode & S_IFMT == S_IFDIR
        guard isFolder || found.st_mode & S_IFMT == S_IFREG else { return nil }
        return Artifact(
            path: folder.map { $0 + "/" + name } ?? name, isFolder: isFolder,
            size: isFolder ? nil : Int64(found.st_size))
    }

    static func names(_ directory: OpaquePointer) -> [String] {
        var names: [String] = []
        while names.count < nameLimit, let entry = readdir(directory) {
            // NAME_MAX is 255 bytes, and one byte ends the name.
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Files below a folder that are named as texts are, with their sizes: what a person may want to read of a run.
    func texts(below parts: [String], in folder: String? = nil, depth: Int = 0) throws(RunServiceError) -> [LogFile] {
        var texts: [LogFile] = []
        for artifact in try page(of: parts, named: folder, after: nil).items where texts.count < Self.textLimit {
            if !artifact.isFolder {
                let file = LogFile(name: artifact.path, size: artifact.size ?? 0)
                if file.isNamedAsLog || artifact.path.hasSuffix(".txt") { texts.append(file) }
            } else if depth < Self.textDepth {
                texts += try self.texts(below: parts + [String(artifact.name)], in: artifact.path, depth: depth + 1)
            }
        }
        return texts
    }

    private static let textLimit = 200
    private static let textDepth = 3
}
