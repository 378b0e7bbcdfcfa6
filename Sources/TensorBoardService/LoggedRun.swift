import FileAccess
import Glibc
import RunModel
import RunServices
import TensorBoardFiles

/// A directory with event files: how far they were read, and what they say.
struct LoggedRun {
    /// One event file.
    struct File {
        let name: EventFileName
        /// As it was when it could be looked at last; nil before.
        var stamp: FileStamp?
        /// Where the next record begins.
        var position: Int64 = 0
        /// Records passed over since their checksum was wrong.
        var corrupt = 0
        var isDamaged = false
        /// The errno of what keeps it from being read.
        var fault: Int32?
        /// Whether it was read as far as it goes.
        var isRead = false
    }

    /// Absolute.
    let path: String
    /// In their order.
    private(set) var files: [File] = []
    private(set) var summary = EventSummary()
    /// Counts how often everything was read anew: samples of the points before are of no use then.
    private(set) var generation = 0

    init(path: String) { self.path = path }

    /// Whether nothing is left to be read.
    var isRead: Bool { files.allSatisfy(\.isRead) && !summary.isOutdated }

    /// When a file was written last.
    var written: Timestamp? {
        files.compactMap { $0.stamp.map { Timestamp(milliseconds: $0.milliseconds) } }.max()
    }

    /// Takes in which event files there are now.
    mutating func setFiles(_ names: [EventFileName]) {
        if files.contains(where: { !names.contains($0.name) }) { reset(knowing: Restarts()) }
        let known = Dictionary(files.map { ($0.name, $0) }) { $1 }
        files = names.sorted().map { known[$0] ?? File(name: $0) }
        _ = watch()
    }

    /// Looks at the files; returns whether there is something new to be read.
    mutating func watch() -> Bool {
        var isReplaced = false
        for index in files.indices {
            let file = files[index]
            guard let stamp = FileStamp(path + "/" + file.name.text, followingLinks: true), stamp.isFile else {
                files[index].fault = errno
                files[index].isRead = true
                continue
            }
            if let before = file.stamp {
                if !stamp.continues(before) || stamp.size < file.position { isReplaced = true }
                // What kept it from being read may be over.
                if file.fault != nil {
                    files[index].isRead = false
                } else if stamp != before {
                    files[index].isRead = stamp.size == file.position
                }
            } else {
                files[index].isRead = false
            }
            files[index].stamp = stamp
        }
        if isReplaced { reset(knowing: Restarts()) }
        return !isRead
    }

    /// Reads on; returns whether anything was read.
    mutating func read(_ budget: inout Int64, sharing pool: inout TextPool) -> Bool {
        if summary.isOutdated && files.allSatisfy(\.isRead) { reset(knowing: summary.restarts) }
        var isChange = false
        for index in files.indices where !files[index].isRead && budget > 0 {
            // Opening a file takes as long as reading some of it.
            budget -= 16 << 10
            let before = files[index]
            var file = before
            read(&file, &budget, &pool)
            files[index] = file
            if file.position != before.position || file.isDamaged != before.isDamaged || file.fault != before.fault {
                isChange = true
            }
        }
        return isChange
    }

    private mutating func read(_ file: inout File, _ budget: inout Int64, _ pool: inout TextPool) {
        guard let stamp = file.stamp else { return }
        let handle = Glibc.open(path + "/" + file.name.text, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard handle >= 0 else {
            (file.fault, file.isRead) = (errno, true)
            return
        }
        defer { close(handle) }
        guard FileStamp(of: handle)?.continues(stamp) == true else { return file.isRead = true }
        let name = file.name
        let outcome = EventFileReader.read(
            handle, from: &file.position, to: stamp.size, budget: &budget, corrupt: &file.corrupt
        ) { event, offset in
            summary.take(event, at: EventPlace(file: name, offset: offset), sharing: &pool)
        }
        file.isRead = outcome != .more
        file.isDamaged = outcome == .damaged
        if case .failed(let code) = outcome { file.fault = code } else { file.fault = nil }
    }

    /// Begins anew.
    private mutating func reset(knowing restarts: Restarts) {
        summary = EventSummary(restarts: restarts)
        generation += 1
        for index in files.indices {
            (files[index].position, files[index].corrupt, files[index].isRead) = (0, 0, false)
        }
    }
}
