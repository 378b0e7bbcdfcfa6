import FileAccess
import Glibc
package import RunModel
package import RunServices
import Synchronization

/// The run service over a directory of TensorBoard's event files, which it only reads.
///
/// A directory with event files is a run, and one below it a child run; numbers are metrics, and what the hparams plugin
/// noted are parameters. Files are followed from where they were read to, and no more than a sample of their points is kept.
package final class TensorBoardDirectory: SupervisedRunService {
    /// Everything that would write is unavailable.
    package let capabilities: Capabilities
    /// The location is the path as a person would write it.
    package let description: ServiceDescription
    let clock: @Sendable () -> Timestamp
    /// Absolute.
    let root: String
    let samples = SampleMemory()
    let readings = BlockingQueue(label: "runwatch.tensorboard.series")
    private let shelf: Mutex<LogShelf>
    private let queue = BlockingQueue(label: "runwatch.tensorboard")

    /// Why nothing is changed.
    private static let readOnly =
        "TensorBoard's event files are only read here; runs there are changed by the programs that write them."

    /// Opens the directory at `path`, which need not hold event files yet. Throws `notFound` and `forbidden`.
    package init(at path: String, clock: @escaping @Sendable () -> Timestamp) throws(RunServiceError) {
        let root = FileAccess.absolute(path)
        guard FileAccess.isDirectory(root), access(root, R_OK | X_OK) == 0 else { throw EventPlaces.unreadable(root) }
        var capabilities = Capabilities(
            keyOnlyTags: .unavailable(because: Self.readOnly),
            readLogs: .unavailable(because: "TensorBoard's event files hold no output of the run's command."))
        capabilities = capabilities.readOnly(because: Self.readOnly)
        self.capabilities = capabilities
        description = ServiceDescription(kind: "tensorboard", location: EventPlaces.name(root))
        self.clock = clock
        self.root = root
        shelf = Mutex(LogShelf(root: root))
    }

    /// How `RUNWATCH_SERVICE` and a person name this service.
    package static func uri(of path: String) -> String { "tensorboard:" + path }

    /// Runs `body` alone, on a thread that may block.
    func withShelf<Value: Sendable>(
        _ body: @escaping @Sendable (inout LogShelf) throws(RunServiceError) -> Value
    ) async throws(RunServiceError) -> Value {
        let result = await queue.run { [self] () -> Result<Value, RunServiceError> in
            shelf.withLock { shelf in
                do throws(RunServiceError) {
                    return .success(try body(&shelf))
                } catch {
                    return .failure(error)
                }
            }
        }
        if Task.isCancelled {
            throw RunServiceError(.cancelled, "Reading \(description.location) was cancelled.")
        }
        return try result.get()
    }

    /// Looks at the folders until nothing is left to be found, without reading any file to its end.
    func lookEverywhere() async throws(RunServiceError) {
        while try await withShelf({ [clock] shelf throws(RunServiceError) in
            try shelf.look(at: clock(), reading: 0)
            return shelf.tree.isBusy
        }) {}
    }

    /// Finds the runs that there are, unless that was done before.
    func lookOnce() async throws(RunServiceError) {
        if try await !withShelf({ shelf throws(RunServiceError) in shelf.isKnown }) { try await lookEverywhere() }
    }

    /// Reads all that there is, with pauses in which other calls get their answers.
    func readEverything() async throws(RunServiceError) {
        while try await withShelf({ [clock] shelf throws(RunServiceError) in
            try shelf.look(at: clock())
            return shelf.isBusy
        }) {}
    }

    /// Reads all of one run, with the same pauses.
    func finish(_ path: String) async throws(RunServiceError) {
        while try await withShelf({ [clock] shelf throws(RunServiceError) in !shelf.finish(path, at: clock()) }) {}
    }
}
