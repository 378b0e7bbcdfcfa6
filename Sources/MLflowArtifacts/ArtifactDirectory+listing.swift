import Glibc
package import RunServices

extension ArtifactDirectory {
    /// Names read of one folder at most; people who keep more files in one do not look for one by its name.
    private static let nameLimit = 50_000

    /// A page of a folder by name, the top one when nil, from after the name `last` on. Links are left out.
    package func page(of folder: String?, after last: PageToken?) throws(RunServiceError) -> Page<Artifact> {
        if let folder, folder.isEmpty { try Self.check(folder) }
        guard let handle = try open(folder ?? "", O_RDONLY | O_DIRECTORY) else {
            return Page([])
        }
        guard let directory = fdopendir(handle) else {
            close(handle)
            throw Self.error(errno, "read", folder ?? path)
        }
        defer { closedir(directory) }
        let rest = Self.names(directory).filter { name in last.map { name > $0.text } ?? true }.sorted()
        var page = Page<Artifact>([])
        for name in rest.prefix(Artifact.pageLimit) {
            var found = stat()
            guard fstatat(dirfd(directory), name, &found, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            let isFolder = found.st_mode & S_IFMT == S_IFDIR
            guard isFolder || found.st_mode & S_IFMT == S_IFREG else { continue }
            page.items.append(
                Artifact(
                    path: folder.map { $0 + "/" + name } ?? name, isFolder: isFolder,
                    size: isFolder ? nil : Int64(found.st_size)))
        }
        if rest.count > Artifact.pageLimit { page.next = PageToken(rest[Artifact.pageLimit - 1]) }
        return page
    }

    private static func names(_ directory: OpaquePointer) -> [String] {
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
}
