import RunModel
import RunServices
import Synchronization
import TestSupport

/// A run service that refuses what a supervisor asks of it while told to, as a locked database does.
final class RefusingService: ForwardingService {
    let base: any SupervisedRunService
    private let refusing = Mutex(false)
    private let refusals = Mutex(0)

    init(_ base: any SupervisedRunService) { self.base = base }

    var isRefusing: Bool {
        get { refusing.withLock { $0 } }
        set { refusing.withLock { $0 = newValue } }
    }

    var refusalCount: Int { refusals.withLock { $0 } }

    private func consider() throws(RunServiceError) {
        guard isRefusing else { return }
        refusals.withLock { $0 += 1 }
        throw RunServiceError(.unavailable, "The database is locked; try again.")
    }

    func attach(_ supervisor: Supervisor, to id: RunID) async throws(RunServiceError) {
        try consider()
        try await base.attach(supervisor, to: id)
    }

    func heartbeat(of id: RunID) async throws(RunServiceError) -> RunStatus {
        try consider()
        return try await base.heartbeat(of: id)
    }

    func detach(
        from id: RunID, exit: CommandExit?, applying transition: Transition
    ) async throws(RunServiceError) -> Run {
        try consider()
        return try await base.detach(from: id, exit: exit, applying: transition)
    }

    func appendLog(_ bytes: [UInt8], named name: String, of id: RunID) async throws(RunServiceError) {
        try consider()
        try await base.appendLog(bytes, named: name, of: id)
    }
}
