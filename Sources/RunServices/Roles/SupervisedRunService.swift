package import RunModel

/// Who owns the lifetime of a run's command: enough to prove, on the same host, that both are gone.
package struct Supervisor: Sendable, Equatable, Codable {
    /// The name of the host that the processes are on.
    package var host: String
    /// The supervising process.
    package var process: ProcessStamp
    /// The leader of the command's process group; nil until it has started.
    package var command: ProcessStamp?

    /// A supervisor with or without a command.
    package init(host: String, process: ProcessStamp, command: ProcessStamp? = nil) {
        self.host = host
        self.process = process
        self.command = command
    }
}

/// A run service that `runwatch exec` can start commands on: it knows supervisors, heartbeats and logs.
package protocol SupervisedRunService: RunService {
    /// What `RUNWATCH_SERVICE` says to open this service again from any directory; never holds a password or token.
    var address: String { get }

    /// The variables by which a command started for `run`, and all that it starts, finds this service and that run.
    ///
    /// A nil value takes a variable away. A password that only this service's address held is among them.
    /// - Parameter inherited: the value that a variable would have otherwise.
    func commandEnvironment(for run: Run, inherited: (String) -> String?) -> [String: String?]

    /// The experiment in which the backend's own client would create a run in this environment; nil when nothing says.
    func experimentName(in environment: [String: String]) async throws(RunServiceError) -> String?

    /// What a person can do about a command that failed with these last words; nil when the backend has nothing to say.
    func advice(onLastWords words: String) -> String?

    /// Declares `supervisor` the owner of the run, replacing what was known of it (again once the command has started).
    func attach(_ supervisor: Supervisor, to id: RunID) async throws(RunServiceError)

    /// Says that the supervisor lives, and returns the run's status: `.cancelRequested` is an order.
    func heartbeat(of id: RunID) async throws(RunServiceError) -> RunStatus

    /// Records how the command ended and applies `transition` as a lifecycle event, in one transaction.
    @discardableResult
    func detach(
        from id: RunID, exit: CommandExit?, applying transition: Transition
    ) async throws(RunServiceError) -> Run

    /// Appends to a log of the run, created when it is absent; bytes are kept as they come.
    ///
    /// Throws `unsupported` when this run's logs cannot be kept at all; otherwise a call that throws has kept nothing.
    func appendLog(_ bytes: [UInt8], named name: String, of id: RunID) async throws(RunServiceError)

    /// Makes what was appended readable for all users, where appending alone does not: now when `isFinal`, else as
    /// often as the backend can bear. Returns whether nothing is left to be published.
    func publishLogs(of id: RunID, isFinal: Bool) async throws(RunServiceError) -> Bool
}

extension SupervisedRunService {
    /// Nothing says by default.
    package func experimentName(in environment: [String: String]) async throws(RunServiceError) -> String? { nil }

    /// Nothing by default.
    package func advice(onLastWords words: String) -> String? { nil }

    /// By default appending alone makes a log readable.
    package func publishLogs(of id: RunID, isFinal: Bool) async throws(RunServiceError) -> Bool { true }
}

/// How often a supervisor says that it lives, and when its silence counts.
package enum Heartbeat {
    /// Milliseconds between heartbeats; also how soon a cancel from elsewhere is noticed at the latest.
    package static let interval: Int64 = 1_000
    /// Milliseconds between the heartbeats that are written down; the others only read.
    package static let writeInterval: Int64 = 5_000
    /// Milliseconds of silence after which a run is NotResponding: four missed writes and a slow disk.
    package static let silenceLimit: Int64 = 25_000

    /// Whether a heartbeat at `moment` is within the limit, before or after `now`.
    package static func isFresh(_ moment: Timestamp, at now: Timestamp) -> Bool {
        now.milliseconds(since: moment).magnitude <= UInt64(silenceLimit)
    }
}
