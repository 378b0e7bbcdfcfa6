import FileAccess
import Glibc
import RunServices

/// Another program wrote a file between our reading it and our replacing it; what was decided is to be decided again.
struct ForeignWrite: Error {}

/// What one change of an `mlruns` directory did so far, which is kept or taken back as a whole.
///
/// What is replaced or removed stays beside it under a name of ours until the change is kept, so that taking it back
/// needs no room on the disk.
final class FileChange {
    private enum Step {
        /// A file or directory that was made, with all in it.
        case made(String)
        /// A directory that was made for keys; kept when another program has put something in it by now.
        case madeFolder(String)
        /// A file that was replaced, or removed when there is no stamp of the new one; with what was noted of it.
        case replaced(String, backup: String, by: FileStamp?, noted: [UInt8]?)
        /// A file that was `from` bytes long and is `to` by now; one that was made has no `from`.
        case grew(String, from: Int64?, to: Int64)
    }

    /// Whether another program was met in the middle of writing a `meta.yaml`.
    var sawHalfFile = false
    private var steps: [Step] = []
    /// What the change read of files that it may replace.
    private var read: [String: [UInt8]] = [:]
    /// Runs' directories in which nothing of an earlier change is left.
    private var cleared: Set<String> = []
    /// Whether no other process of ours can be writing, so that what looks like a draft is left from one that died.
    private let isExclusive: Bool

    private static let prefix = ".runwatch-"

    init(isExclusive: Bool) { self.isExclusive = isExclusive }

    /// Remembers what a decision is founded on.
    func note(_ bytes: [UInt8], of file: String) { if read[file] == nil { read[file] = bytes } }

    func noted(_ file: String) -> [UInt8]? { read[file] }

    func makeDirectory(_ path: String) throws {
        if mkdir(path, 0o777) != 0 { throw FilePlace.unwritable(path) }
        steps.append(.made(path))
    }

    /// The path of a file below `path`, its directories made; refuses a link on the way, which could lead anywhere.
    func folder(for name: String, in path: String) throws -> String {
        var place = path
        for part in name.split(separator: "/").dropLast() {
            if part == ".." || part == "." { throw FilePlace.unwritable(place) }
            place += "/" + part
            if mkdir(place, 0o777) == 0 {
                steps.append(.madeFolder(place))
            } else if errno != EEXIST {
                throw FilePlace.unwritable(place)
            }
            guard FileStamp(place)?.isDirectory == true else {
                errno = ENOTDIR
                throw FilePlace.unwritable(place)
            }
        }
        return path + "/" + name
    }

    /// Writes a file as a whole in one step, with the permissions and group of the one that it replaces.
    ///
    /// Throws `ForeignWrite` when the file is not as it was noted, or is there although it must be new.
    func put(_ bytes: [UInt8], at name: String, in path: String, mustBeNew: Bool = false) throws {
        clear(path)
        let file = try folder(for: name, in: path)
        let old = FileStamp(file)
        if let old, !old.isFile {
            errno = old.isDirectory ? EISDIR : ELOOP
            throw FilePlace.unwritable(file)
        }
        if old != nil && mustBeNew { throw ForeignWrite() }
        let noted = read[file]
        let draft = Self.name(in: path)
        do {
            try Self.write(bytes, to: draft, replacing: old)
            if mustBeNew, try Self.linked(draft, file) {
                unlink(draft)
                steps.append(.made(file))
                return
            }
            let backup = try old.map { try Self.backup(of: file, $0, in: path) }
            do {
                // The last look before the name changes hands; `keep` has another one at what lost it.
                if let noted, FileAccess.contents(file, limit: MetaFile.sizeLimit) != noted { throw ForeignWrite() }
                if rename(draft, file) != 0 { throw FilePlace.unwritable(file) }
            } catch {
                if let backup { unlink(backup) }
                throw error
            }
            let step = backup.map { Step.replaced(file, backup: $0, by: FileStamp(file), noted: noted) }
            steps.append(step ?? .made(file))
        } catch {
            unlink(draft)
            throw error
        }
        if noted != nil { read[file] = bytes }
    }

    /// False where the file system knows no second names. Throws `ForeignWrite` when there is such a file.
    private static func linked(_ draft: String, _ file: String) throws -> Bool {
        if link(draft, file) == 0 { return true }
        if errno == EEXIST { throw ForeignWrite() }
        return false
    }

    private static func write(_ bytes: [UInt8], to draft: String, replacing old: FileStamp?) throws {
        let handle = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard handle >= 0 else { throw FilePlace.unwritable(draft) }
        defer { close(handle) }
        if let old {
            // Allowed to the owner only; the file is usable without.
            _ = fchown(handle, uid_t.max, old.group)
            fchmod(handle, mode_t(old.permissions))
        }
        guard FileAccess.write(bytes, to: handle) else { throw FilePlace.unwritable(draft) }
        // After a power failure there is the old file or the new one, not an empty one.
        if old != nil && fsync(handle) != 0 && errno != EINVAL { throw FilePlace.unwritable(draft) }
    }

    /// A second name for a file that is about to be replaced.
    private static func backup(of file: String, _ stamp: FileStamp, in path: String) throws -> String {
        let backup = name(in: path)
        if link(file, backup) == 0 { return backup }
        // Where the file system knows no second names, a copy does.
        guard let bytes = FileAccess.contents(file, limit: .max) else { throw FilePlace.unwritable(file) }
        do {
            try write(bytes, to: backup, replacing: stamp)
        } catch {
            unlink(backup)
            throw error
        }
        return backup
    }

    /// Removes a file of a run; one that is not there is no error.
    func remove(_ name: String, in path: String) throws {
        clear(path)
        let file = path + "/" + name
        let backup = Self.name(in: path)
        guard let old = FileStamp(file) else {
            if errno == ENOENT || errno == ENOTDIR { return }
            throw FilePlace.unwritable(file)
        }
        if old.isDirectory {
            errno = EISDIR
            throw FilePlace.unwritable(file)
        }
        if rename(file, backup) == 0 {
            steps.append(.replaced(file, backup: backup, by: nil, noted: nil))
        } else if errno != ENOENT {
            throw FilePlace.unwritable(file)
        }
    }

    /// Appends whole lines to a file, which is made when it is absent.
    func append(_ text: String, to name: String, in path: String) throws {
        let file = try folder(for: name, in: path)
        let isNew = FileStamp(file) == nil
        let handle = open(file, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard handle >= 0 else { throw FilePlace.unwritable(file) }
        defer { close(handle) }
        guard let before = FileStamp(of: handle), before.isFile else {
            errno = EISDIR
            throw FilePlace.unwritable(file)
        }
        // What was left of a line when a disk was full must not swallow ours.
        let last = before.size > 0 ? FileAccess.read(handle, from: before.size - 1, length: 1)?.first : nil
        let isTorn = last.map { $0 != UInt8(ascii: "\n") } == true && before.isSettled
        let bytes = Array(((isTorn ? "\n" : "") + text).utf8)
        let isWritten = FileAccess.write(bytes, to: handle)
        let error = FilePlace.unwritable(file)
        let size = FileStamp(of: handle)?.size ?? before.size
        steps.append(.grew(file, from: isNew ? nil : before.size, to: min(size, before.size + Int64(bytes.count))))
        if !isWritten { throw error }
    }

    /// Ends the change with all that it did.
    ///
    /// Throws `ForeignWrite` when another program wrote into a file that had just been replaced: it had opened it before,
    /// so what it wrote would be gone. The change is to be taken back then, which gives that file its name again.
    func keep() throws {
        for case .replaced(_, let backup, _, .some(let noted)) in steps
        where FileAccess.contents(backup, limit: MetaFile.sizeLimit) != noted {
            throw ForeignWrite()
        }
        for case .replaced(_, let backup, _, _) in steps { unlink(backup) }
        steps = []
    }

    /// Ends the change with nothing of it left.
    func takeBack() {
        for step in steps.reversed() {
            switch step {
            case .made(let path): FileAccess.remove(path)
            case .madeFolder(let path): rmdir(path)
            case .replaced(let file, let backup, let stamp, _):
                // What another program put there meanwhile is not ours to take away; nor are its lines below.
                let now = FileStamp(file)
                let isOurs = stamp.map { now?.isSameWrite(as: $0) == true } ?? (now == nil)
                if isOurs { rename(backup, file) } else { unlink(backup) }
            case .grew(let file, let from, let to):
                guard FileStamp(file)?.size == to else { break }
                if let from { truncate(file, off_t(from)) } else { unlink(file) }
            }
        }
        steps = []
    }

    private static func name(in path: String) -> String { path + "/" + prefix + RandomText.identifier() }

    /// Removes what a process that died in the middle of a change left in a run's directory.
    private func clear(_ path: String) {
        guard cleared.insert(path).inserted, isExclusive, case .success(let names) = FileAccess.names(in: path) else {
            return
        }
        for name in names where name.hasPrefix(Self.prefix) { unlink(path + "/" + name) }
    }
}
