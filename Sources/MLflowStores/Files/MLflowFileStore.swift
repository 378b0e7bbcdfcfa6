import FileAccess
import Glibc
import MLflowArtifacts
package import RunModel
package import RunServices
import Synchronization

/// The run service over an `mlruns` directory, which MLflow itself refuses since 3.17.
///
/// Nothing of it is ever created or converted; what others write into it while it is open shows within 30 seconds, what
/// a run logs at once.
package final class MLflowFileStore: RecordStore {
    /// Fixed when the store is opened: writing needs the permission and no request for read-only.
    package let capabilities: Capabilities
    /// The location is the path as a person would write it.
    package let description: ServiceDescription
    let clock: @Sendable () -> Timestamp
    /// Absolute.
    let root: String
    let logFiles = ArtifactLogFiles()
    private let state: Mutex<State>
    private let queue = BlockingQueue(label: "runwatch.mlruns")
    private let lockQueue = BlockingQueue(label: "runwatch.mlruns.lock")
    /// Milliseconds for which another process of ours may keep the store locked, as long as a database's.
    private static let lockPatience = 5_000
    /// Attempts at a change that another program's writes come in between of, and the pause after each: about as long
    /// as a lock is waited for.
    private static let (attempts, attemptPause) = (200, Duration.milliseconds(20))

    private struct State {
        var ledger = ChangeLedger()
        let session: FileSession
    }

    /// Opens the directory at `path`. Throws `notFound` when there is none, `forbidden`, and `unexpectedResponse` when
    /// no experiment of MLflow's lies in it.
    package init(
        at path: String, readOnly: Bool = false, clock: @escaping @Sendable () -> Timestamp
    ) throws(RunServiceError) {
        let root = FileAccess.absolute(path)
        guard let found = FileStamp(root, followingLinks: true) else { throw FilePlace.unreadable(root) }
        guard found.isDirectory else { throw FilePlace.foreign(root) }
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
        _ body: @escaping @Sendable (FileSession) throws -> Value
    ) async throws(RunServiceError) -> Value {
        try await locked { state in try body(state.session) }
    }

    /// Writes while no other process of ours does. MLflow locks nothing: when it wrote what was read for this change,
    /// the change is decided anew.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (FileSession) throws -> Value
    ) async throws(RunServiceError) -> Value {
        // On another thread than what reads, which goes on while a lock is waited for.
        let place = root
        let attempt = await lockQueue.run { () -> DirectoryLock? in
            try? DirectoryLock(place, patience: Self.lockPatience)
        }
        guard let lock = attempt else {
            throw RunServiceError(
                .unavailable, "The store \(description.location) stayed locked by another runwatch; try again.")
        }
        defer { lock.release() }
        for _ in 0..<Self.attempts {
            let isExclusive = lock.isExclusive
            let value = try await locked { state in try state.session.change(isExclusive: isExclusive, body) }
            if let value { return value }
            do {
                try await Task.sleep(for: Self.attemptPause)
            } catch {
                throw RunServiceError(.cancelled, "The change of \(description.location) was cancelled.")
            }
        }
        throw RunServiceError(
            .unavailable, "Another program keeps writing to this run in \(description.location); try again.")
    }

    func poll<Value: Sendable>(
        _ body: @escaping @Sendable (inout ChangeLedger, FileSession) throws -> Value
    ) async throws(RunServiceError) -> Value {
        let now = clock()
        return try await locked { state in
            try state.session.freshen(.bounded)
            try state.session.watch.refresh(&state.ledger, state.session, at: now)
            return try body(&state.ledger, state.session)
        }
    }

    /// Runs `body` alone, on a thread that may block.
    private func locked<Value: Sendable>(
        _ body: @escaping @Sendable (inout State) throws -> Value
    ) async throws(RunServiceError) -> Value {
        let place = description.location
        let result = await queue.run { [self] () -> Result<Value, RunServiceError> in
            do {
                return .success(
                    try state.withLock { state in
                        state.session.begin()
                        return try body(&state)
                    })
            } catch let error as RunServiceError {
                return .failure(error)
            } catch {
                return .failure(
                    RunServiceError(
                        .unexpectedResponse, "The store \(place) failed; try again.", underlying: "\(error)"))
            }
        }
        return try result.get()
    }
}
