import FileAccess
import Glibc
import ProcessTable
import RunModel
import RunServices

/// The queues of this user on this host: a private directory with a file for each run that waits or has its share, and
/// one for each queue whose number of slots was chosen.
///
/// Whoever has a place holds a lock on its file, which the kernel takes away with the last process that has it: the
/// supervisor, and once it runs the command and what that starts. So the death of any of them needs no daemon to be
/// noticed, and a command that outlives its supervisor keeps what it has.
package struct QueueDirectory: Sendable {
    /// Nil where this user has no place for such files.
    let directory: PrivateDirectory?

    /// Milliseconds for another process to end what it changes.
    private static let patience = 10_000
    private static let placePrefix = "place-"
    private static let queuePrefix = "queue-"
    private static let sizeMark = "runwatch-slots=1"

    /// An absolute path.
    package init(path: String?) { directory = path.map(PrivateDirectory.init) }

    /// This host's: a home that several machines share holds a directory for each.
    package static var standard: QueueDirectory {
        let host = ProcessTable.hostName.split(separator: "/").joined(separator: "_")
        return QueueDirectory(
            path: PrivateDirectory.inState("queues").map { $0 + "/" + (host.isEmpty ? "host" : host) })
    }

    /// All places and sizes as they are now; nothing where nobody has queued anything.
    ///
    /// Throws where that cannot be told: a place that was passed over would be given away a second time.
    func read() throws(RunServiceError) -> QueueOrder {
        guard let directory else { return QueueOrder([]) }
        guard let folder = directory.open() else {
            if errno == ENOENT { return QueueOrder([]) }
            throw refused(errno)
        }
        defer { close(folder) }
        var members: [QueueOrder.Member] = []
        var capacities: [String: Int] = [:]
        guard let names = PrivateDirectory.names(in: folder) else { throw refused(errno) }
        for name in names where name.hasPrefix(Self.placePrefix) || name.hasPrefix(Self.queuePrefix) {
            guard let file = PrivateDirectory.open(name, in: folder, O_RDONLY) else {
                if errno == ENOENT { continue }
                throw refused(errno, name)
            }
            defer { close(file) }
            guard let text = PrivateDirectory.text(of: file) else { continue }
            if name.hasPrefix(Self.placePrefix) {
                let id = String(name.dropFirst(Self.placePrefix.count))
                guard let place = QueuePlace(text: text, id: id) else { continue }
                members.append(QueueOrder.Member(place: place, condition: Self.condition(of: place, file)))
            } else {
                let queue = String(name.dropFirst(Self.queuePrefix.count))
                guard RunQueue.isName(queue),
                    let slots = RecordFields.values(in: text, mark: Self.sizeMark)?["slots"].flatMap({ Int($0) }),
                    (0...RunQueue.mostSlots).contains(slots)
                else { continue }
                capacities[queue] = slots
            }
        }
        return QueueOrder(members, capacities: capacities)
    }

    private static func condition(of place: QueuePlace, _ file: Int32) -> QueueEntry.Condition {
        // A shared lock, so that two who look do not take each other for the holder.
        let isHeld = flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
        let isAlive = place.supervisor.isAlive
        if isHeld, isAlive != false { return place.supervisor.isStopped ? .stopped : .supervised }
        guard place.grantedAt != nil else { return .gone }
        // What the command has started may have closed the descriptor, and the command itself may not be noted yet.
        let isCommandAlive = place.command?.isGroupAlive
        if isHeld { return isCommandAlive == false ? .leftBehind : .orphaned }
        return isCommandAlive == true ? .orphaned : .gone
    }

    /// Joins the end of a queue.
    func join(_ make: (_ id: String, _ rank: Int64) -> QueuePlace) throws(RunServiceError) -> QueueTicket {
        directory?.make()
        let folder = try openFolder()
        defer { close(folder) }
        let id = RandomText.identifier()
        // Under another name until it is locked and whole: nobody must see it otherwise.
        let draft = ".new-" + id
        let file = openat(
            folder, draft, O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw refused(errno) }
        var isKept = false
        defer {
            if !isKept {
                unlinkat(folder, draft, 0)
                close(file)
            }
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            throw RunServiceError(
                .unsupported,
                "The file system of \(Shown.path(directory?.path ?? "")) knows no locks, which a queue needs; set "
                    + "XDG_STATE_HOME to a directory on a disk of this machine.")
        }
        let place = try locked { () throws(RunServiceError) in
            let order = try read()
            sweep(order, in: folder)
            let last = order.members.last?.place.rank ?? 0
            let place = make(id, last &+ 1)
            guard PrivateDirectory.write(place.text, to: file),
                renameat(folder, draft, folder, Self.placePrefix + id) == 0
            else { throw refused(errno) }
            return place
        }
        isKept = true
        return QueueTicket(directory: self, place: place, file: file)
    }

    /// Takes the share of a place if it is its turn, with these GPUs; nil when it is not. And what was found there.
    func take(
        _ ticket: QueueTicket, at now: Timestamp
    ) throws(RunServiceError) -> (gpus: [Int]?, found: QueueOrder) {
        // Most looks end here, without a lock.
        let first = try read()
        guard first.grants()[ticket.place.id] != nil else { return (nil, first) }
        return try locked { () throws(RunServiceError) in
            let order = try read()
            guard let gpus = order.grants()[ticket.place.id] else { return (nil, order) }
            guard ticket.append(QueuePlace.field(grantedAt: now, gpus: gpus)) else { throw refused(errno) }
            if let folder = directory?.open() {
                sweep(order, in: folder)
                close(folder)
            }
            return (gpus, order)
        }
    }

    /// Chooses how many slots a queue has.
    func resize(_ queue: String, slots: Int) throws(RunServiceError) {
        directory?.make()
        let folder = try openFolder()
        defer { close(folder) }
        try locked { () throws(RunServiceError) in
            let draft = ".new-" + RandomText.identifier()
            let file = openat(folder, draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            guard file >= 0 else { throw refused(errno) }
            defer { close(file) }
            guard PrivateDirectory.write("\(Self.sizeMark)\0slots=\(slots)\0", to: file),
                renameat(folder, draft, folder, Self.queuePrefix + queue) == 0
            else {
                let code = errno
                unlinkat(folder, draft, 0)
                throw refused(code)
            }
        }
    }

    /// Moves a place within its queue.
    func move(_ id: String, by distance: Int) throws(RunServiceError) {
        let folder = try openFolder()
        defer { close(folder) }
        try locked { () throws(RunServiceError) in
            let order = try read()
            guard let moves = order.moving(id, by: distance) else {
                let isThere = order.members.contains { $0.place.id == id && $0.condition != .gone }
                throw isThere
                    ? RunServiceError(.conflict, "The run has started, so it has no place in the line any more.")
                    : Self.noSuchPlace
            }
            for (moved, rank) in moves {
                guard let file = PrivateDirectory.open(Self.placePrefix + moved, in: folder, O_WRONLY | O_APPEND) else {
                    continue
                }
                _ = PrivateDirectory.write(QueuePlace.field(rank: rank) + "\0", to: file)
                close(file)
            }
        }
    }

    /// Takes a place away of which nothing is left, or only what its command has left in the background.
    func forget(_ id: String) throws(RunServiceError) {
        let folder = try openFolder()
        defer { close(folder) }
        try locked { () throws(RunServiceError) in
            guard let member = try read().members.first(where: { $0.place.id == id }) else { throw Self.noSuchPlace }
            guard member.condition.canBeForgotten else {
                throw RunServiceError(.conflict, "The run is not over; cancel it instead.")
            }
            remove(id, in: folder)
        }
    }

    /// Takes away a place that its holder gives up.
    func remove(_ id: String) {
        guard let folder = directory?.open() else { return }
        remove(id, in: folder)
        close(folder)
    }

    private func remove(_ id: String, in folder: Int32) { unlinkat(folder, Self.placePrefix + id, 0) }

    /// Under the lock: nobody makes a place of what is gone.
    private func sweep(_ order: QueueOrder, in folder: Int32) {
        for member in order.members where member.condition == .gone { remove(member.place.id, in: folder) }
    }

    private static let noSuchPlace = RunServiceError(.notFound, "The run is in no queue any more.")

    private func openFolder() throws(RunServiceError) -> Int32 {
        guard let folder = directory?.open() else { throw refused(errno) }
        return folder
    }

    private func refused(_ code: Int32, _ file: String? = nil) -> RunServiceError {
        guard let directory else {
            return RunServiceError(.unavailable, "There is no place for queues: set HOME or XDG_STATE_HOME.")
        }
        return RunServiceError(
            .unavailable,
            "The queues in \(Shown.path(directory.path)) cannot be used (\(file.map { Shown.text($0) + ": " } ?? "")"
                + "\(String(cString: strerror(code)))); the directory and what is in it must be yours alone.")
    }

    private func locked<Value>(
        _ body: () throws(RunServiceError) -> Value
    ) throws(RunServiceError) -> Value {
        let lock: DirectoryLock
        do throws(DirectoryLock.Failure) {
            lock = try DirectoryLock(directory?.path ?? "", patience: Self.patience)
        } catch {
            throw RunServiceError(.timedOut, "Another process keeps the queues locked; is one stopped (ctrl-z)?")
        }
        defer { lock.release() }
        guard lock.isExclusive else { throw refused(ENOLCK) }
        return try body()
    }
}
