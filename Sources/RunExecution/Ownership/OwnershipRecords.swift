import Glibc
import ProcessTable
package import RunModel
package import RunServices

/// The records of this user's supervisors: a private directory with one small file for each command that runs.
///
/// A file is trusted only when this user owns it and its directory, and no other user may read or write either; links
/// are not followed.
package struct OwnershipRecords: Sendable {
    /// An absolute path; nil where this user has no place for records, and so proves nothing.
    package let directory: String?

    /// Bytes: a record has an address, an id and some numbers.
    private static let sizeLimit = 65_536
    /// Seconds after which the record of another host, or one that tells nothing, is taken to be forgotten: 90 days.
    private static let longestLife = 90 * 86_400

    /// Records in `directory`, which is made when the first is written.
    package init(directory: String?) { self.directory = directory }

    /// Keeps and proves nothing.
    package static let none = OwnershipRecords(directory: nil)

    /// `$XDG_STATE_HOME/runwatch/commands`, or in `~/.local/state` when that is unset or not absolute, as XDG demands.
    package static var standard: OwnershipRecords { inState("commands") }

    /// Of servers, which note themselves as supervisors without a command; beside `standard`.
    package static var servers: OwnershipRecords { inState("servers") }

    private static func inState(_ name: String) -> OwnershipRecords {
        func absolute(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        let state = absolute("XDG_STATE_HOME") ?? absolute("HOME").map { $0 + "/.local/state" }
        return OwnershipRecords(directory: state.map { $0 + "/runwatch/" + name })
    }

    /// Notes that `supervisor` is about to start the command of a run; nil where that cannot be noted safely.
    package func begin(
        run: RunID, service: String, supervisor: ProcessStamp, isDetached: Bool = false, stop: StopTerms = StopTerms()
    ) -> OwnershipNote? {
        makeDirectory()
        guard let folder = openDirectory() else { return nil }
        defer { close(folder) }
        let record = OwnershipRecord(
            run: run, service: service, host: ProcessTable.hostName, nonce: RandomText.identifier(),
            supervisor: supervisor, isDetached: isDetached, stop: stop)
        let file = openat(folder, record.nonce, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { return nil }
        defer { close(file) }
        guard Self.write(record.text, to: file) else {
            unlinkat(folder, record.nonce, 0)
            return nil
        }
        return OwnershipNote(records: self, record: record)
    }

    /// Appends a field to a record; false when it is not there any more, or is not to be trusted.
    @discardableResult
    func append(_ field: String, to nonce: String) -> Bool {
        guard let folder = openDirectory() else { return false }
        defer { close(folder) }
        guard let file = open(nonce, in: folder, O_WRONLY | O_APPEND) else { return false }
        defer { close(file) }
        return Self.write(field + "\0", to: file)
    }

    /// Takes a record away.
    func remove(_ nonce: String) {
        guard let folder = openDirectory() else { return }
        defer { close(folder) }
        unlinkat(folder, nonce, 0)
    }

    /// The records of this host that can be trusted.
    package func all() -> [OwnershipRecord] {
        guard let folder = openDirectory() else { return [] }
        defer { close(folder) }
        return names(in: folder).compactMap { record($0, in: folder) }.filter { $0.host == ProcessTable.hostName }
    }

    /// Those of the commands whose runs one service has, however its address is spelled.
    func all(of service: String) -> [OwnershipRecord] {
        let address = ServiceAddress(service)
        return all().filter { $0.service == service || ServiceAddress($0.service) == address }
    }

    /// The processes in `table` that supervise runs which go on by themselves.
    func detachedSupervisors(in table: [ProcessEntry]) -> Set<Int32> {
        let detached = all().filter(\.isDetached).map(\.supervisor)
        if detached.isEmpty { return [] }
        let startOf = Dictionary(table.map { ($0.pid, $0.startTicks) }, uniquingKeysWith: { first, _ in first })
        return Set(detached.filter { startOf[$0.pid] == $0.startTicks }.map(\.pid))
    }

    /// Takes away the records whose supervisor and command are gone, and those that are very old.
    package func clean() {
        guard let folder = openDirectory() else { return }
        defer { close(folder) }
        for name in names(in: folder) {
            var info = stat()
            guard fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            let isOld = time(nil) - info.st_mtim.tv_sec > Self.longestLife
            let record = record(name, in: folder)
            let isHere = record?.host == ProcessTable.hostName
            if let record, isHere, record.supervisor.isAlive == true { continue }
            if isOld || isHere && record?.isOver == true { unlinkat(folder, name, 0) }
        }
    }

    /// A lock on a record, by which one reaper at a time ends its command; nil while another holds it.
    func lock(_ nonce: String) -> OwnershipLock? {
        guard let folder = openDirectory() else { return nil }
        defer { close(folder) }
        guard let file = open(nonce, in: folder, O_RDWR) else { return nil }
        guard flock(file, LOCK_EX | LOCK_NB) == 0, let record = Self.read(file) else {
            close(file)
            return nil
        }
        return OwnershipLock(descriptor: file, record: record)
    }
}

extension OwnershipRecords {
    /// Mode 0700 throughout, as XDG asks for directories that an application makes.
    private func makeDirectory() {
        guard let directory else { return }
        var path = ""
        for name in directory.split(separator: "/") {
            path += "/" + name
            mkdir(path, 0o700)
        }
    }

    /// Nil unless the directory is this user's alone, and no other user can put another in its place.
    private func openDirectory() -> Int32? {
        guard let directory, let slash = directory.lastIndex(of: "/"), slash > directory.startIndex else { return nil }
        var parent = stat()
        guard lstat(String(directory[..<slash]), &parent) == 0, Self.isOwn(parent, S_IFDIR, forbidding: 0o022) else {
            return nil
        }
        let folder = Glibc.open(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard folder >= 0 else { return nil }
        var info = stat()
        guard fstat(folder, &info) == 0, Self.isOwn(info, S_IFDIR, forbidding: 0o077) else {
            close(folder)
            return nil
        }
        return folder
    }

    /// Nil unless it is an ordinary file of this user's alone.
    private func open(_ name: String, in folder: Int32, _ flags: Int32) -> Int32? {
        let file = openat(folder, name, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return nil }
        var info = stat()
        guard fstat(file, &info) == 0, Self.isOwn(info, S_IFREG, forbidding: 0o077), info.st_nlink == 1,
            info.st_size <= Self.sizeLimit
        else {
            close(file)
            return nil
        }
        return file
    }

    private func record(_ name: String, in folder: Int32) -> OwnershipRecord? {
        guard let file = open(name, in: folder, O_RDONLY) else { return nil }
        defer { close(file) }
        guard let record = Self.read(file), record.nonce == name else { return nil }
        return record
    }

    private func names(in folder: Int32) -> [String] {
        // A descriptor of its own, since closedir(3) closes it.
        let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { return [] }
        guard let listing = fdopendir(copy) else {
            close(copy)
            return []
        }
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    private static func isOwn(_ info: stat, _ kind: mode_t, forbidding bits: mode_t) -> Bool {
        info.st_mode & S_IFMT == kind && info.st_uid == geteuid() && info.st_mode & bits == 0
    }

    private static func read(_ file: Int32) -> OwnershipRecord? {
        var bytes = [UInt8](repeating: 0, count: sizeLimit)
        let count = pread(file, &bytes, bytes.count, 0)
        return count > 0 ? OwnershipRecord(text: String(decoding: bytes.prefix(count), as: UTF8.self)) : nil
    }

    /// In one call, so that a field is there or not.
    private static func write(_ text: String, to file: Int32) -> Bool {
        let bytes = Array(text.utf8)
        return Glibc.write(file, bytes, bytes.count) == bytes.count
    }
}
