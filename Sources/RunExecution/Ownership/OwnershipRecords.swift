import Glibc
import ProcessTable
package import RunModel
package import RunServices

/// The records of this user's supervisors: a private directory with one small file for each command that runs.
/// They are trusted as `PrivateDirectory` says.
package struct OwnershipRecords: Sendable {
    /// An absolute path; nil where this user has no place for records, and so proves nothing.
    package let directory: String?

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
        OwnershipRecords(directory: PrivateDirectory.inState(name))
    }

    /// Notes that `supervisor` is about to start the command of a run; nil where that cannot be noted safely.
    package func begin(
        run: RunID, service: String, supervisor: ProcessStamp, isDetached: Bool = false, isWatched: Bool = false,
        stop: StopTerms = StopTerms()
    ) -> OwnershipNote? {
        place?.make()
        guard let folder = place?.open() else { return nil }
        defer { close(folder) }
        let record = OwnershipRecord(
            run: run, service: service, host: ProcessTable.hostName, nonce: RandomText.identifier(),
            supervisor: supervisor, isDetached: isDetached, isWatched: isWatched, stop: stop)
        let file = openat(folder, record.nonce, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { return nil }
        defer { close(file) }
        guard PrivateDirectory.write(record.text, to: file) else {
            unlinkat(folder, record.nonce, 0)
            return nil
        }
        return OwnershipNote(records: self, record: record)
    }

    /// Appends a field to a record; false when it is not there any more, or is not to be trusted.
    @discardableResult
    func append(_ field: String, to nonce: String) -> Bool {
        guard let folder = place?.open() else { return false }
        defer { close(folder) }
        guard let file = PrivateDirectory.open(nonce, in: folder, O_WRONLY | O_APPEND) else { return false }
        defer { close(file) }
        return PrivateDirectory.write(field + "\0", to: file)
    }

    /// Takes a record away.
    func remove(_ nonce: String) {
        guard let folder = place?.open() else { return }
        defer { close(folder) }
        unlinkat(folder, nonce, 0)
    }

    /// The records of this host that can be trusted.
    package func all() -> [OwnershipRecord] {
        guard let folder = place?.open() else { return [] }
        defer { close(folder) }
        return (PrivateDirectory.names(in: folder) ?? []).compactMap { record($0, in: folder) }.filter {
            $0.host == ProcessTable.hostName
        }
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
        guard let folder = place?.open() else { return }
        defer { close(folder) }
        for name in PrivateDirectory.names(in: folder) ?? [] {
            var info = stat()
            guard fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            let age = time(nil) - info.st_mtim.tv_sec
            let record = record(name, in: folder)
            // What a cluster will say of a command's end must come first.
            let isOld = age > Self.longestLife
            if record?.isWatched == true, age < 86_400 { continue }
            let isHere = record?.host == ProcessTable.hostName
            if let record, isHere, record.supervisor.isAlive == true { continue }
            if isOld || isHere && record?.isOver == true { unlinkat(folder, name, 0) }
        }
    }

    /// A lock on a record, by which one reaper at a time ends its command; nil while another holds it.
    func lock(_ nonce: String) -> OwnershipLock? {
        guard let folder = place?.open() else { return nil }
        defer { close(folder) }
        guard let file = PrivateDirectory.open(nonce, in: folder, O_RDWR) else { return nil }
        guard flock(file, LOCK_EX | LOCK_NB) == 0, let record = Self.read(file) else {
            close(file)
            return nil
        }
        return OwnershipLock(descriptor: file, record: record)
    }
}

extension OwnershipRecords {
    private var place: PrivateDirectory? { directory.map(PrivateDirectory.init) }

    private func record(_ name: String, in folder: Int32) -> OwnershipRecord? {
        guard let file = PrivateDirectory.open(name, in: folder, O_RDONLY) else { return nil }
        defer { close(file) }
        guard let record = Self.read(file), record.nonce == name else { return nil }
        return record
    }

    private static func read(_ file: Int32) -> OwnershipRecord? {
        PrivateDirectory.text(of: file).flatMap(OwnershipRecord.init)
    }
}
