import FileAccess
package import RunModel
package import RunServices
import Yams

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension ConfigurationPlace {
    /// The views that the file has now.
    package func views() throws(RunServiceError) -> [NamedView] { try loaded().views.map(\.value) }

    /// Puts a view into the file, or another one in the place of the one of its name; returns all that there are then.
    package func save(_ view: NamedView) throws(RunServiceError) -> [NamedView] {
        try change { block, known in
            block.save(view, known: known)
            if let index = known.firstIndex(where: { $0.name == view.name }) {
                known[index] = view
            } else {
                known.append(view)
            }
        }
    }

    /// Takes a view out of the file; returns those that are left.
    package func deleteView(named name: String) throws(RunServiceError) -> [NamedView] {
        try change { block, known in
            block.delete(name, known: known)
            known.removeAll { $0.name == name }
        }
    }

    private func loaded() throws(RunServiceError) -> ConfigurationFile {
        do throws(ConfigurationFaults) { return try load() } catch { throw RunServiceError(.invalid, "\(error)") }
    }

    /// Changes the text of the file, and nothing that means anything else in it: what comes out is read again before it
    /// takes the place of what was there.
    private func change(
        _ edit: (inout ViewsBlock, inout [NamedView]) -> Void
    ) throws(RunServiceError) -> [NamedView] {
        let shown = Shown.path(path)
        guard path != "/dev/null", let slash = path.lastIndex(of: "/") else {
            throw RunServiceError(.unsupported, "There is no configuration file to keep views in.")
        }
        let real = realpath(path, nil).map { pointer in
            defer { free(pointer) }
            return String(cString: pointer)
        }
        let target = real ?? path
        let folder = String(target[..<(target.lastIndex(of: "/") ?? slash)])
        FileAccess.makePrivateDirectory(folder.isEmpty ? "/" : folder)
        let lock: DirectoryLock
        do throws(DirectoryLock.Failure) {
            lock = try DirectoryLock(folder.isEmpty ? "/" : folder, patience: 1_000)
        } catch {
            throw RunServiceError(.unavailable, "Another program is writing \(shown); try again.")
        }
        defer { lock.release() }

        let known = real == nil ? [] : try loaded().views.map(\.value)
        let before = real == nil ? [] : FileAccess.contents(target, limit: Self.sizeLimit) ?? []
        guard let text = String(validating: before, as: UTF8.self) else {
            throw RunServiceError(.invalid, "\(shown) is not text in UTF-8.")
        }
        var block = ViewsBlock(text)
        var wanted = known
        edit(&block, &wanted)
        let after = Array(block.text.utf8)
        guard after.count <= Self.sizeLimit else {
            throw RunServiceError(.invalid, "\(shown) would be longer than \(Self.sizeLimit >> 10) KiB; delete views.")
        }
        guard Self.says(after, wanted), Self.withoutViews(after) == Self.withoutViews(before) else {
            throw RunServiceError(
                .invalid,
                "\(shown) is written in a way that views cannot be put into; write `views:` on a line of its own there."
            )
        }
        if after != before { try Self.replace(target, with: after, shown) }
        return wanted
    }

    private static func says(_ bytes: [UInt8], _ views: [NamedView]) -> Bool {
        guard let file = try? ConfigurationFile(bytes, path: "", name: "") else { return false }
        return file.views.map(\.value) == views
    }

    /// Everything else that a file says, for comparing.
    private static func withoutViews(_ bytes: [UInt8]) -> [[Node]]? {
        guard let root = try? ConfigurationYAML.root(bytes) else { return [] }
        return root.mapping.map { mapping in
            mapping.filter { $0.key.scalar?.string != "views" }.map { [$0.key, $0.value] }
        }
    }

    /// Gives another file its name, so that it is whole at all times; its permissions stay.
    private static func replace(_ path: String, with bytes: [UInt8], _ shown: String) throws(RunServiceError) {
        let draft = "\(path).\(getpid())"
        let permissions = FileStamp(path)?.permissions ?? 0o600
        unlink(draft)
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode_t(permissions))
        var isDone = file >= 0
        if isDone {
            isDone = fchmod(file, mode_t(permissions)) == 0 && FileAccess.write(bytes, to: file) && fsync(file) == 0
            let code = errno
            close(file)
            errno = code
        }
        if isDone, rename(draft, path) == 0 { return }
        let reason = String(cString: strerror(errno))
        unlink(draft)
        throw RunServiceError(.forbidden, "\(shown) cannot be written (\(reason)), so the view is not kept.")
    }
}
