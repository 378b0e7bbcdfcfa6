import Glibc
package import RunModel
package import RunServices
import Synchronization

/// The run service over an `mlruns` directory, which MLflow itself refuses since 3.17.
///
/// Nothing of it is ever created or converted; what others write into it while it is open shows within 30 seconds, what
/// a run logs at once.
package final class MLflowFileStore: RecordStore {
    package let capabilities: Capabilities
    package let description: ServiceDescription
    let clock: @Sendable () -> Timestamp
    /// Absolute.
    let root: String
    let logFiles = ArtifactLogFiles()
    private let state: Mutex<State>

    private struct State {
        var ledger = ChangeLedger()
        let session: FileSession
    }

    /// Opens the directory at `path`. Throws `notFound` when there is none, `forbidden`, and `unexpectedResponse` when
    /// no experiment of MLflow's lies in it.
    package init(
        at path: String, readOnly: Bool = false, clock: @escaping @Sendable () -> Timestamp
    ) throws(RunServiceError) {
        var root = DatabasePlace(path: path).path
        while root.count > 1 && root.hasSuffix("/") { root.removeLast() }
        var found = stat()
        guard stat(root, &found) == 0 else { throw FilePlace.unreadable(root) }
        guard found.st_mode & S_IFMT == S_IFDIR else { throw FilePlace.foreign(root) }
        let session = FileSession(root: root)
        try session.index.scan()
        // A store whose experiments are all deleted still has their folders in `.trash`.
        if session.index.experiments.isEmpty && FileStamp(root + "/.trash") == nil { throw FilePlace.foreign(root) }
        var reason: String?
        if readOnly {
            reason = StoredCapabilities.readOnlyByChoice
        } else if access(root, W_OK) != 0 {
            reason = "The directory \(FilePlace.name(root)) can be read but not written by you; ask its owner."
        }
        capabilities = StoredCapabilities.make(readOnlyReason: reason)
        description = ServiceDescription(kind: "mlflow", location: FilePlace.name(root))
        self.clock = clock
        self.root = root
        state = Mutex(State(session: session))
    }

    func read<Value: Sendable>(
        _ body: @Sendable (FileSession) throws -> Value
    ) async throws(RunServiceError) -> Value {
        try locked { state in try body(state.session) }
    }

    func write<Value: Sendable>(
        _ body: @Sendable (FileSession) throws -> Value
    ) async throws(RunServiceError) -> Value {
        try locked { state in
            state.session.made = []
            do {
                return try body(state.session)
            } catch {
                state.session.undo()
                throw error
            }
        }
    }

    func poll<Value: Sendable>(
        _ body: @Sendable (inout ChangeLedger, FileSession) throws -> Value
    ) async throws(RunServiceError) -> Value {
        let now = clock()
        return try locked { state in
            try state.session.watch.refresh(&state.ledger, state.session, at: now)
            return try body(&state.ledger, state.session)
        }
    }

    private func locked<Value: Sendable>(
        _ body: (inout State) throws -> Value
    ) throws(RunServiceError) -> Value {
        do {
            return try state.withLock { state in
                try state.session.index.scan()
                return try body(&state)
            }
        } catch let error as RunServiceError {
            throw error
        } catch {
            throw RunServiceError(
                .unexpectedResponse, "The store \(description.location) failed; try again.", underlying: "\(error)")
        }
    }
}
