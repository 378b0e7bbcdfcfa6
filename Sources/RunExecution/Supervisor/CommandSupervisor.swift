import CProcess
import Glibc
import ProcessTable
package import RunModel
package import RunServices

/// Starts a command as a run and owns its life: output, signals, heartbeat, cancel, and how it ended.
///
/// Once the command runs, no failure of the run service ends it: everything is tried again until it is over.
package struct CommandSupervisor: Sendable {
    let service: any SupervisedRunService
    let request: ExecutionRequest
    let records: OwnershipRecords
    let note: @Sendable (String) -> Void

    /// - Parameters:
    ///   - records: where this host is told whose the command is, for a reaper should this process die.
    ///   - note: gets sentences for the person at the terminal while the command runs.
    package init(
        service: any SupervisedRunService, request: ExecutionRequest, records: OwnershipRecords = .standard,
        note: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.service = service
        self.request = request
        self.records = records
        self.note = note
    }

    /// Returns when the command has ended and that is recorded.
    ///
    /// `started` is called once the command runs, or waits in its queue. Throws only what kept the run from being
    /// created; the command has not been started then.
    package func run(
        signals: AsyncStream<Int32>? = nil, started: @escaping @Sendable (Run) -> Void = { _ in }
    ) async throws(RunServiceError) -> ExecutionOutcome {
        let run = try await makeRun()
        let ownership = Self.stamp(of: getpid()).flatMap {
            records.begin(
                run: run.id, service: service.address, supervisor: $0, isDetached: !request.isAttached,
                isWatched: request.place != nil, stop: request.stop)
        }
        defer { ownership?.remove() }
        try await attach(to: run.id)
        let log = request.queue == nil ? nil : RunLog(of: run.id, in: service, note: note)
        let router = request.queue == nil ? nil : signals.map(SignalRouter.init)
        defer { router?.end() }
        do throws(CommandStartError) {
            var request = request
            var place: QueueTicket?
            if let queue = request.queue, let log {
                switch try await waitInQueue(
                    queue, run: run, log: log, signals: router?.signals(), joined: { started(run) })
                {
                case .over(let outcome): return outcome
                case .turn(let ticket, let gpus):
                    place = ticket
                    request.environment.merge(Self.variables(for: gpus).mapValues { $0 }) { $1 }
                }
            }
            defer { place?.release() }
            let reader: OutputReader
            let spawn: CommandSpawn
            (spawn, reader) = try CommandSpawn.prepare(request)
            defer {
                reader.close()
                spawn.terminal?.end()
            }
            let command = try ResolvedCommand(
                request, run: run, of: service, nonce: ownership?.record.nonce, isOnTerminal: spawn.terminal != nil)
            try await markStarted(run.id)
            return try await supervise(
                command, spawn, reader: reader, run: run, log: log, place: place,
                signals: router?.signals() ?? signals
            ) { [place] leader in
                if let command = Self.stamp(of: leader) {
                    ownership?.add(command: command)
                    _ = place?.append(QueuePlace.field(command: command))
                }
                if place == nil { started(run) }
            }
        } catch {
            return await recordFailedStart(error, run: run.id, log: log)
        }
    }

    /// Throws `notFound` and `conflict` for a run that was to be there, and is gone or over.
    private func makeRun() async throws(RunServiceError) -> Run {
        guard let id = request.existingRun else {
            var draft = request.draft
            draft.tags.note(request.stop)
            return try await service.createRun(draft)
        }
        guard let run = try await service.runs(RunQuery(.runs([id]))).items.first else {
            throw RunServiceError(
                .notFound,
                "There is no run \(Shown.text(id.text)) in \(Shown.text(service.address)); it may be deleted.")
        }
        if run.status.isTerminal || run.status == .cancelRequested {
            throw RunServiceError(.conflict, "The run is \(run.status.word) already, so nothing was started.")
        }
        return run
    }

    /// Before anything of the user's runs, so that a run whose supervisor is killed at any moment can be reaped.
    private func attach(to run: RunID) async throws(RunServiceError) {
        guard let process = Self.stamp(of: getpid()) else { return }
        let deadline = MonotonicClock.now() + Self.patienceAtStart
        while true {
            do throws(RunServiceError) {
                return try await service.attach(Supervisor(host: ProcessTable.hostName, process: process), to: run)
            } catch {
                if MonotonicClock.now() < deadline {
                    try? await Task.sleep(for: .milliseconds(100))
                    continue
                }
                // A run without a supervisor would wait for ever; if this is refused too, a person must cancel it.
                let failure = RunFailure(message: "Nothing was started: \(error)")
                _ = try? await service.detach(from: run, exit: nil, applying: .fail(failure))
                throw error
            }
        }
    }

    /// Milliseconds for which a busy run service is asked again before giving up on starting anything.
    private static let patienceAtStart: Int64 = 2_000

    private func supervise(
        _ command: ResolvedCommand, _ spawn: CommandSpawn, reader: OutputReader, run: Run, log begun: RunLog?,
        place: QueueTicket?, signals: AsyncStream<Int32>?, started: @escaping @Sendable (_ leader: Int32) -> Void
    ) async throws(CommandStartError) -> ExecutionOutcome {
        let (events, telling) = AsyncStream.makeStream(of: CommandEvent.self)
        let control = CommandControl(stop: request.stop, records: records, events: telling, note: note)
        let kills = MemoryKills(at: request.kernel)
        let leader = try start(command, spawn, keeping: place?.descriptor, telling: telling)
        let log = begun ?? RunLog(of: run.id, in: service, note: note)
        let output = CommandOutput(
            reader: reader, log: log.buffer, returnsCarriage: spawn.terminal?.returnsCarriage ?? false)
        let life = RunLife(service: service, run: run.id, control: control, request: request, note: note)
        let copying = Task { await output.copyAll() }
        let beating = Task { await life.keepBeating() }
        started(leader.pid)
        await control.started(tree(of: leader), terminal: spawn.terminal)
        let recorder = usageRecorder(of: run.id, leader)
        let sampling = Task { await recorder?.keepSampling() }
        let relaying = Task {
            guard let signals else { return }
            for await signal in signals {
                guard let place = request.place else {
                    await control.pass(signal)
                    continue
                }
                if abs(signal) == SIGTERM, let ending = await place.ending() {
                    await control.end(as: ending)
                } else {
                    // What is no end is meant for the job's script, and that is this process.
                    await control.pass(abs(signal))
                }
            }
        }
        defer {
            relaying.cancel()
            beating.cancel()
            sampling.cancel()
        }
        await life.attachCommand()
        let exit = await waitForEnd(events, control, spawn.terminal)
        if await life.isCancelRequested() { await control.cancel() }
        await control.waitUntilGone()
        await control.commandIsGone()
        // Whatever is still to be recorded keeps nobody waiting.
        place?.release()
        let end = MonotonicClock.now()
        sampling.cancel()
        let killsAfter = MemoryKills(at: request.kernel)
        let concluding = Task { await recorder?.conclude() }
        spawn.terminal?.end()
        reader.drain()
        await copying.value
        let leftOver = reader.takeLeftOver()
        // A log that cannot be written must not keep the end of the run from being recorded.
        await log.buffer.close(patience: Self.logPatience)
        await concluding.value
        let diagnosis = FailureDiagnosis(
            exit: exit, lastWords: await output.lastWords, lines: await output.lastLines,
            memory: MemoryVerdict(from: kills, to: killsAfter, used: await recorder?.lastMemory),
            places: Self.writablePlaces)
        let problem = await life.end(diagnosis, at: end)
        await log.buffer.giveUp()
        let notes = [await log.flushing.value, problem].compactMap { $0 }
        if let keep = request.keepOutput, !leftOver.isEmpty {
            keep(run, leftOver)
        } else {
            for source in leftOver { close(source.descriptor) }
        }
        return ExecutionOutcome(run: run.id, exit: exit, shellStatus: exit.shellStatus, notes: notes)
    }

    private func usageRecorder(of run: RunID, _ leader: ChildProcess) -> UsageRecorder? {
        request.usage.map { settings in
            UsageRecorder(
                settings, service: service, run: run, tree: tree(of: leader), records: records,
                countsOwnChildren: request.adoptsOrphans)
        }
    }

    /// Where a command writes by default.
    private static var writablePlaces: [String] {
        let current = getcwd(nil, 0)
        defer { free(current) }
        return [current, getenv("TMPDIR")].compactMap { $0.map { String(cString: $0) } } + ["/tmp", "/dev/shm"]
    }

    private func start(
        _ command: ResolvedCommand, _ spawn: CommandSpawn, keeping lock: Int32?,
        telling: AsyncStream<CommandEvent>.Continuation
    ) throws(CommandStartError) -> ChildProcess {
        if request.adoptsOrphans { cprocess_adopt_orphans() }
        let leader = try spawn.start(command, keeping: lock)
        let isWatched = ChildWatch.begin(
            leader, report: spawn.terminal?.report, adoptsOrphans: request.adoptsOrphans, telling: telling)
        guard isWatched else {
            kill(-leader.pid, SIGKILL)
            throw .noResources(EAGAIN)
        }
        return leader
    }

    private func tree(of leader: ChildProcess) -> CommandTree {
        guard request.adoptsOrphans else { return CommandTree(leader: leader.pid) }
        return CommandTree(leader: leader.pid, adopters: Set([getpid(), leader.monitor].compactMap { $0 }))
    }

    /// Returns how the command's first process ended, once those that it left in the background are gone too.
    private func waitForEnd(
        _ events: AsyncStream<CommandEvent>, _ control: CommandControl, _ terminal: PseudoTerminal?
    ) async -> CommandExit {
        var exit: CommandExit?
        var telling: Task<Void, Never>?
        defer { telling?.cancel() }
        for await event in events {
            switch event {
            case .stopped: await control.leaderStopped()
            case .exited(let how):
                exit = how
                await control.leaderExited()
            case .changed: break
            }
            guard let exit else { continue }
            guard request.adoptsOrphans, !request.leavesBackground, await !control.isTerminating,
                await control.background() > 0
            else { return exit }
            // Nothing on the command's terminal waits for keys any more; ctrl-c is for the run now.
            terminal?.release()
            if telling == nil { telling = Task { await tellOfBackground(exit, control) } }
        }
        return exit ?? .signal(SIGKILL)
    }

    /// Milliseconds for which processes that a command leaves behind are taken to be about to end.
    private static let patienceWithBackground = 1_000

    private func tellOfBackground(_ exit: CommandExit, _ control: CommandControl) async {
        guard (try? await Task.sleep(for: .milliseconds(Self.patienceWithBackground))) != nil else { return }
        let count = await control.background()
        if count == 0 { return }
        let processes = count == 1 ? "1 process of it goes on" : "\(count) processes of it go on"
        note("runwatch: the command \(exit.sentence); \(processes), and the run with it; ctrl-c twice ends it")
    }

    /// Milliseconds for which the log may keep the end of a run from being recorded.
    static let logPatience: Int64 = 3_000

    private func markStarted(_ run: RunID) async throws(CommandStartError) {
        do throws(RunServiceError) {
            try await service.apply(.start, to: run, onBehalfOf: .lifecycle)
        } catch {
            throw CommandStartError(sentence: "The run could not be started: \(error)", shellStatus: 1)
        }
    }

    private func recordFailedStart(
        _ error: CommandStartError, run: RunID, log begun: RunLog?
    ) async -> ExecutionOutcome {
        let log = begun ?? RunLog(of: run, in: service, note: { _ in })
        await log.say(error.sentence)
        await log.end(patience: Self.logPatience)
        let problem = await recordWithoutCommand(.fail(RunFailure(message: error.sentence)), run: run)
        return ExecutionOutcome(
            run: run, exit: nil, shellStatus: error.shellStatus, notes: [error.sentence] + (problem.map { [$0] } ?? []))
    }

    static func stamp(of pid: Int32) -> ProcessStamp? {
        ProcessTable.identity(of: pid)
    }
}
