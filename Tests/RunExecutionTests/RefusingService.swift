import RunModel
import RunServices
import Synchronization
import TestSupport

/// A run service that refuses what a supervisor asks of it while told to, as a locked database does.
final class RefusingService: ForwardingService {
    let base: any SupervisedRunService
    private let refusing = Mutex(false)
    private let refusals = Mutex(0)
    private let refusingStart = Mutex(false)

    init(_ base: any SupervisedRunService) { self.base = base }

    var isRefusing: Bool {
        get { refusing.withLock { $0 } }
        set { refusing.withLock { $0 = newValue } }
    }

    /// How often details were asked for, and how often at once at the most.
    struct Questions {
        var total = 0
        var open = 0
        var atOnce = 0
    }

    private let asked = Mutex(Questions())
    private let delay = Mutex(0)

    var questions: Questions { asked.withLock { $0 } }

    /// Milliseconds before details are answered.
    var answerDelay: Int {
        get { delay.withLock { $0 } }
        set { delay.withLock { $0 = newValue } }
    }

    func details(of id: RunID) async throws(RunServiceError) -> RunDetails {
        asked.withLock {
            $0.total += 1
            $0.open += 1
            $0.atOnce = max($0.atOnce, $0.open)
        }
        defer { asked.withLock { $0.open -= 1 } }
        if answerDelay > 0 { try? await Task.sleep(for: .milliseconds(answerDelay)) }
        return try await base.details(of: id)
    }

    /// Refuses to say that a run has started, as for a run that is over already.
    var refusesStart: Bool {
        get { refusingStart.withLock { $0 } }
        set { refusingStart.withLock { $0 = newValue } }
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

    func edit(_ id: RunID, _ edit: RunEdit) async throws(RunServiceError) -> Run {
        if refusesStart && edit.transition == .start { throw RunServiceError(.conflict, "The run is Canceled.") }
        return try await base.edit(id, edit)
    }
}
