import Glibc
import RunServices
import Synchronization

/// A place in a queue, kept while this process or the command that it started lives.
final class QueueTicket: Sendable {
    private let directory: QueueDirectory
    /// As it was when it was made.
    let place: QueuePlace
    /// The locked file; -1 once it was given up.
    private let file: Mutex<Int32>

    init(directory: QueueDirectory, place: QueuePlace, file: Int32) {
        self.directory = directory
        self.place = place
        self.file = Mutex(file)
    }

    deinit { release() }

    /// Adds a field in one write.
    func append(_ field: String) -> Bool {
        file.withLock { $0 >= 0 && PrivateDirectory.write(field + "\0", to: $0) }
    }

    /// Whether somebody has taken the file away.
    var isTakenAway: Bool {
        file.withLock { file in
            var info = stat()
            return file < 0 || fstat(file, &info) == 0 && info.st_nlink == 0
        }
    }

    /// What the command inherits, so that the place is taken while any of its processes lives; nil once it was given up.
    var descriptor: Int32? { file.withLock { $0 >= 0 ? $0 : nil } }

    /// Gives the place up, for the command's processes too: those may have its descriptor for as long as they like.
    func release() {
        file.withLock { file in
            guard file >= 0 else { return }
            directory.remove(place.id)
            flock(file, LOCK_UN)
            close(file)
            file = -1
        }
    }
}
