import Glibc
import ProcessTable
import RunModel
import RunServices

/// Keeps the run service informed of one command's life, also while the service cannot be reached.
struct RunLife: Sendable {
    /// Milliseconds between attempts to record the end of a command, and until the waiting caller is told.
    private static let retryInterval = 500
    private static let silence: Int64 = 2_000

    let service: any SupervisedRunService
    let run: RunID
    let control: CommandControl
    let request: ExecutionRequest
    let note: @Sendable (String) -> Void

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
            if await control.isCancelled, await isKillOrdered() { await control.killNow() }
        }
    }

    /// Asked for only while a cancel is under way.
    private func isKillOrdered() async -> Bool {
        guard let found = try? await service.runs(RunQuery(.runs([run]))).items.first else { return false }
        return found.isKillOrdered
    }

    /// False while the run service cannot be reached.
    func isCancelRequested() async -> Bool {
        do throws(RunServiceError) {
            let status = try await service.heartbeat(of: run)
            // Canceled outright: another process took this supervisor for dead.
            return status == .cancelRequested || status == .canceled
        } catch {
            // It was there when this supervisor made it.
            if error.code == .notFound, await control.runIsGone() {
                note(
                    "runwatch: run \(run) was deleted in the run service; the command goes on, and its output is no longer "
                        + "kept there")
            }
            return false
        }
    }

    /// Records the end of the command, which was at `moment`; a sentence when that failed for good.
    func end(_ diagnosis: FailureDiagnosis, at moment: Int64) async -> String? {
        let exit = diagnosis.exit
        if await control.isCancelled { return await record(exit, applying: .canceled, since: moment) }
        if let ending = await control.placeEnding { return await record(exit, ending, since: moment) }
        if exit.isSuccess { return await record(exit, applying: .complete, since: moment) }
        let advice = diagnosis.lastWords.flatMap(service.advice)
        if let advice { note("runwatch: \(advice)") }
        return await record(exit, applying: .fail(diagnosis.failure(advice: advice)), since: moment)
    }

    /// As the place says that ended the command, whatever the command made of its last moments.
    private func record(_ exit: CommandExit, _ ending: PlaceEnding, since moment: Int64) async -> String? {
        let tags = ending.tags.map { TagEdit.set(key: $0.key, value: $0.value) }
        switch ending.outcome {
        case .canceled:
            _ = try? await service.editTags(tags, of: run)
            return await record(exit, applying: .canceled, since: moment)
        case .failed(let failure):
            _ = try? await service.editTags(tags, of: run)
            return await record(exit, applying: .fail(failure), since: moment)
        case .queued:
            // No step of a run's own life leads back, so letting go of the run changes nothing else.
            if let problem = await record(exit, applying: .queue, since: moment) { return problem }
            _ = try? await service.edit(run, RunEdit(onBehalfOf: .client, transition: .queue, tags: tags))
            return nil
        }
    }

    /// Offers the end again to a run service that refuses: a vacuum, a backup, a server that is being restarted.
    func record(
        _ exit: CommandExit?, applying transition: Transition, since start: Int64 = MonotonicClock.now()
    ) async -> String? {
        var isTold = false
        while true {
            do throws(RunServiceError) {
                try await service.detach(from: run, exit: exit, applying: transition)
                return nil
            } catch {
                if error.code == .notFound {
                    return "Run \(run) was deleted in the run service, so the end of its command is not recorded there."
                }
                let isHopeless = error.code == .conflict
                let waited = MonotonicClock.now() - start
                let isImpatient = await control.isImpatient
                if isHopeless || isImpatient || waited >= request.recordingPatience {
                    return "The end of run \(run) could not be recorded: \(error)"
                }
                if waited >= Self.silence && !isTold {
                    isTold = true
                    let seconds = (request.recordingPatience - waited + 999) / 1_000
                    note("runwatch: trying for \(seconds) s to record the end of the run; ctrl-c gives up. \(error)")
                }
                try? await Task.sleep(for: .milliseconds(Self.retryInterval))
            }
        }
    }
}
