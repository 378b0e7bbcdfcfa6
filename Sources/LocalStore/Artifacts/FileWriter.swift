import FileAccess
import Glibc
import RunServices
import Synchronization

/// A file that is written beside where it belongs, and put there whole.
final class FileWriter: ArtifactWriter {
    private struct State {
        var size: Int64 = 0
        var isFinished = false
    }

    private let handle: Int32
    /// Where it is written, under `name`.
    private let folder: Int32
    private let name: String
    private let target: [String]
    private let path: String
    private let files: ArtifactFiles
    private let state = Mutex(State())

    /// Takes over both descriptors.
    init(handle: Int32, folder: Int32, name: String, target: [String], path: String, files: ArtifactFiles) {
        self.handle = handle
        self.folder = folder
        self.name = name
        self.target = target
        self.path = path
        self.files = files
    }

    deinit {
        if !state.withLock({ $0.isFinished }) { unlinkat(folder, name, 0) }
        close(handle)
        close(folder)
    }

    func write(_ bytes: [UInt8]) async throws(RunServiceError) {
        if bytes.isEmpty { return }
        try await BlockingCall.run { [self] () throws(RunServiceError) in
            try requireOpen()
            guard FileAccess.write(bytes, to: handle) else { throw ArtifactFiles.error(errno, "write", target) }
            state.withLock { $0.size += Int64(bytes.count) }
        }
    }

    @discardableResult
    func finish() async throws(RunServiceError) -> Artifact {
        try await BlockingCall.run { [self] () throws(RunServiceError) in
            try requireOpen()
            guard fsync(handle) == 0, let last = target.last else { throw ArtifactFiles.error(errno, "write", target) }
            let place = files.open(folder: Array(target.dropLast()), making: true)
            guard place >= 0 else {
                // Not a folder that is missing, since each is made, but something else of its name.
                throw ArtifactFiles.error(errno == ELOOP ? ENOTDIR : errno, "write", target)
            }
            defer { close(place) }
            guard renameat(folder, name, place, last) == 0 else { throw ArtifactFiles.error(errno, "write", target) }
            _ = fsync(place)
            let size = state.withLock { state in
                state.isFinished = true
                return state.size
            }
            return Artifact(path: path, isFolder: false, size: size)
        }
    }

    private func requireOpen() throws(RunServiceError) {
        if state.withLock({ !$0.isFinished }) { return }
        throw RunServiceError(.conflict, "The artifact \(Shown.text(path)) is finished; begin it again to replace it.")
    }
}
