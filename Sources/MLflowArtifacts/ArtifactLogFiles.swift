import FileAccess
import MLflowMeaning
package import RunModel
package import RunServices
import Synchronization

/// The log of a run's command, as an adapter is asked to keep it.
package struct ArtifactLogKey: Hashable, Sendable {
    /// The run whose supervisor writes the log.
    package var run: RunID
    /// What the supervisor calls it.
    package var name: String

    /// The log of `run` that its supervisor calls `name`.
    package init(run: RunID, name: String) {
        self.run = run
        self.name = name
    }
}

/// The logs that one instance of an adapter appends to in directories of artifacts, each in a folder of its own.
///
/// A file that another program made, or wrote to since, is never appended to: the log then goes on in another folder.
package final class ArtifactLogFiles: Sendable {
    private struct File: Sendable {
        var path: String
        var state: ArtifactState
        /// Whether the run's tags say that this is its log.
        var isMarked: Bool
    }

    /// Of runs whose supervisor has not published the end of its log yet.
    private let files = Mutex<[ArtifactLogKey: File]>([:])

    /// Without any log yet.
    package init() {}

    /// Appends all bytes or none; for one caller at a time for each log.
    /// - Parameter stated: the artifact that the run's tags call its log.
    /// - Parameter mark: has the tags call an artifact the run's log.
    package func append(
        _ bytes: [UInt8], to key: ArtifactLogKey, in directory: ArtifactDirectory, stated: String?,
        mark: (String) async throws(RunServiceError) -> Void
    ) async throws(RunServiceError) {
        var file = files.withLock { $0[key] }
        if file == nil {
            file = try await BlockingCall.run { () throws(RunServiceError) in
                try Self.continued(stated, key, directory)
            }
        }
        while true {
            var current: File
            if let file {
                current = file
            } else {
                current = try await BlockingCall.run { () throws(RunServiceError) in try Self.begun(key, directory) }
            }
            // Kept before it is marked, so that a mark that fails is tried again on the same file.
            files.withLock { [current] in $0[key] = current }
            if !current.isMarked {
                try await mark(current.path)
                current.isMarked = true
            }
            let after = try await BlockingCall.run { [current] () throws(RunServiceError) in
                try directory.append(bytes, to: current.path, in: current.state)
            }
            if let after {
                current.state = after
                files.withLock { [current] in $0[key] = current }
                return
            }
            file = nil
        }
    }

    /// The supervisor of this run will append no more.
    package func forget(_ run: RunID) {
        files.withLock { files in files = files.filter { $0.key.run != run } }
    }

    /// What an earlier instance wrote for the same supervisor.
    private static func continued(
        _ stated: String?, _ key: ArtifactLogKey, _ directory: ArtifactDirectory
    ) throws(RunServiceError) -> File? {
        guard let stated, MLflowCommandLog.isInOwnFolder(stated), stated.hasSuffix("/" + key.name),
            let state = try directory.state(of: stated)
        else { return nil }
        return File(path: stated, state: state, isMarked: true)
    }

    /// Throws `unsupported` when every name is taken.
    private static func begun(
        _ key: ArtifactLogKey, _ directory: ArtifactDirectory
    ) throws(RunServiceError) -> File {
        for attempt in 1...MLflowCommandLog.folderLimit {
            let folder = MLflowCommandLog.folder(attempt)
            let path = folder + "/" + key.name
            if try directory.claim(folder), let state = try directory.create(path) {
                return File(path: path, state: state, isMarked: false)
            }
        }
        throw MLflowCommandLog.noRoom
    }
}

extension MLflowCommandLog {
    /// Every folder that the log could have belongs to another program.
    package static let noRoom = RunServiceError(
        .unsupported,
        "among the run's artifacts the folders `\(folder(1))` to `\(folder(folderLimit))` are all taken by others.")
}
