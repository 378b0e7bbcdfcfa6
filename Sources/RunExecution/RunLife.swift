import Glibc
import ProcessTable
import RunModel
import RunServices

/// Keeps the run service informed of one command's life, through all its moods.
struct RunLife: Sendable {
    /// Milliseconds for which the end of a command is offered again to a run service that refuses: a long vacuum or backup.
    private static let patienceAtEnd: Int64 = 60_000
    private static let retryInterval = 500

    let service: any SupervisedRunService
    let run: RunID
    let control: CommandControl

    /// Tells the service which process group to look for should this process die; false when it did not take it.
    @discardableResult
    func attachCommand() async -> Bool {
        guard let leader = await control.leader, let own = CommandSupervisor.stamp(of: getpid()),
            let command = CommandSupervisor.stamp(of: leader)
        else { return false }
        let supervisor = Supervisor(host: ProcessTable.hostName, process: own, command: command)
        do throws(RunServiceError) {
            try await service.attach(supervisor, to: run)
            await control.commandAttached()
            return true
        } catch {
            return false
        }
    }

    /// Beats until cancelled, and obeys a cancel.
    func keepBeating() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(Heartbeat.interval))
            if Task.isCancelled { return }
            if await control.needsAttaching { await attachCommand() }
            if await isCancelRequested() { await control.cancel() }
        }
    }

    /// False while nobody can be asked.
    func isCancelRequested() async -> Bool {
        do throws(RunServiceError) {
            let status = try await service.heartbeat(of: run)
            // Canceled outright: somebody took this supervisor for dead.
            return status == .cancelRequested || status == .canceled
        } catch {
            return false
        }
    }

    /// Records the end of the command; a sentence when that failed for good.
    func end(_ exit: CommandExit, lastWords: String?) async -> String? {
        if await control.isCancelled { return await record(exit, applying: .canceled) }
        if exit.isSuccess { return await record(exit, applying: .complete) }
        let message = lastWords.map { "\(exit.sentence): \($0)" } ?? exit.sentence
        return await record(exit, applying: .fail(RunFailure(message: message)))
    }

    func record(_ exit: CommandExit?, applying transition: Transition) async -> String? {
        let deadline = MonotonicClock.now() + Self.patienceAtEnd
        while true {
            do throws(RunServiceError) {
                try await service.detach(from: run, exit: exit, applying: transition)
                return nil
            } catch {
                let isHopeless = error.code == .notFound || error.code == .conflict
                if isHopeless || MonotonicClock.now() >= deadline {
                    return "The end of run \(run) could not be recorded: \(error)"
                }
                try? await Task.sleep(for: .milliseconds(Self.retryInterval))
            }
        }
    }
}
