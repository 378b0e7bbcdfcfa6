import FileAccess
import Glibc
import RunServices

/// Which directories below a log directory hold event files, kept up by the times of directories.
///
/// Links to directories are followed, as TensorBoard does; a directory that two paths lead to counts once, so that a loop
/// of links ends.
struct LogTree {
    private struct Folder {
        var stamp: FileStamp?
        var identity: FileStamp.Identity
        var folders: Set<String> = []
        var files: [EventFileName] = []
    }

    let root: String
    /// By their paths from the root on; the root's own is empty.
    private var folders: [String: Folder] = [:]
    private var known: Set<FileStamp.Identity> = []
    /// Further paths to directories that are known by another one, which they outlive when a directory is moved.
    private var aliases: [FileStamp.Identity: Set<String>] = [:]
    /// Such paths whose directory is known by no other any more.
    private var freed: [String] = []
    /// Folders that were found and not listed yet.
    private var unlisted: [String] = []
    private var turn: ArraySlice<String> = []
    /// Runs whose files came or went, since they were asked for last.
    private var touched: Set<String> = []

    /// Folders that are listed in one look, and looked at for changes; all in all; below each other.
    private static let (listLimit, watchLimit, folderLimit, depthLimit) = (2_000, 500, 100_000, 32)

    init(root: String) { self.root = root }

    /// Whether more is found when looked at again.
    var isBusy: Bool { !unlisted.isEmpty }

    /// The event files of a folder, in their order.
    func files(in path: String) -> [EventFileName] { folders[path]?.files ?? [] }

    /// The names of the folders in a folder.
    func folders(in path: String) -> Set<String> { folders[path]?.folders ?? [] }

    func absolute(_ path: String) -> String { path.isEmpty ? root : root + "/" + path }

    /// Folders whose event files came, went or changed in number, since the last call.
    mutating func takeTouched() -> Set<String> {
        defer { touched = [] }
        return touched
    }

    /// Looks for folders and files that came or went. Throws when the root cannot be read.
    /// - Parameter lively: folders that are looked at each time.
    mutating func look(lively: some Sequence<String>) throws(RunServiceError) {
        guard let top = FileStamp(root, followingLinks: true), top.isDirectory else {
            throw EventPlaces.unreadable(root)
        }
        if folders[""] == nil {
            guard access(root, R_OK | X_OK) == 0 else { throw EventPlaces.unreadable(root) }
            add("", top)
        } else {
            check("")
            for path in lively { check(path) }
            if turn.isEmpty { turn = Array(folders.keys)[...] }
            for path in turn.prefix(Self.watchLimit) { check(path) }
            turn = turn.dropFirst(Self.watchLimit)
        }
        for path in freed.sorted() where isListed(path) {
            if let stamp = FileStamp(absolute(path), followingLinks: true), stamp.isDirectory { add(path, stamp) }
        }
        freed = []
        for _ in 0..<Self.listLimit {
            guard let next = unlisted.popLast() else { break }
            list(next)
        }
    }

    private mutating func add(_ path: String, _ stamp: FileStamp) {
        guard folders.count < Self.folderLimit, folders[path] == nil else { return }
        guard known.insert(stamp.identity).inserted else {
            if aliases.count < Self.folderLimit { aliases[stamp.identity, default: []].insert(path) }
            return
        }
        folders[path] = Folder(identity: stamp.identity)
        unlisted.append(path)
    }

    /// Whether the folder above has it.
    private func isListed(_ path: String) -> Bool {
        let slash = path.lastIndex(of: "/")
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        return folders[slash.map { String(path[..<$0]) } ?? ""]?.folders.contains(name) == true
    }

    private mutating func check(_ path: String) {
        guard let folder = folders[path] else { return }
        guard let stamp = FileStamp(absolute(path), followingLinks: true), stamp.isDirectory,
            stamp.identity == folder.identity
        else {
            remove(path)
            return
        }
        if stamp != folder.stamp { list(path) }
    }

    private mutating func list(_ path: String) {
        guard var folder = folders[path], let stamp = FileStamp(absolute(path), followingLinks: true) else { return }
        // What was known of a folder that cannot be listed stays, rather than look deleted.
        guard case .success(let entries) = FileAccess.entries(in: absolute(path)) else { return }
        folder.stamp = stamp.trusted
        let files = entries.filter { $0.kind == .file || $0.kind == .link }.compactMap { EventFileName($0.name) }
            .sorted()
        let depth = path.isEmpty ? 0 : path.utf8.count { $0 == 0x2f } + 1
        var below: [String: FileStamp] = [:]
        for entry in entries where depth < Self.depthLimit && !entry.name.hasPrefix(".") {
            guard entry.kind == .directory || entry.kind == .link else { continue }
            let full = absolute(path) + "/" + entry.name
            guard let stamp = FileStamp(full, followingLinks: true), stamp.isDirectory else { continue }
            below[entry.name] = stamp
        }
        let gone = folder.folders.subtracting(below.keys)
        folder.folders = Set(below.keys)
        if files != folder.files {
            folder.files = files
            touched.insert(path)
        }
        folders[path] = folder
        for name in gone { remove(Self.join(path, name)) }
        // In this order each time, whatever order the directory has.
        for (name, stamp) in below.sorted(by: { $0.key > $1.key }) where folders[Self.join(path, name)] == nil {
            add(Self.join(path, name), stamp)
        }
    }

    private mutating func remove(_ path: String) {
        guard let folder = folders.removeValue(forKey: path) else { return }
        known.remove(folder.identity)
        freed += aliases.removeValue(forKey: folder.identity) ?? []
        if !folder.files.isEmpty { touched.insert(path) }
        for name in folder.folders { remove(Self.join(path, name)) }
    }

    static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : path + "/" + name }
}
