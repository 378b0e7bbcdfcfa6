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
    /// `started` is called once the command runs. Throws only what kept the run from being created; the command has
    /// not been started then.
    package func run(
        signals: AsyncStream<Int32>? = nil, started: @escaping @Sendable (Run) -> Void = { _ in }
    ) async throws(RunServiceError) -> ExecutionOutcome {
        let run = try await service.createRun(request.draft)
        let ownership = Self.stamp(of: getpid()).flatMap {
            records.begin(run: run.id, service: service.address, supervisor: $0)
        }
        defer { ownership?.remove() }
        try await attach(to: run.id)
        do throws(CommandStartError) {
            let command = try ResolvedCommand(request, run: run, of: service, nonce: ownership?.record.nonce)
            let reader: OutputReader
            let spawn: CommandSpawn
            (spawn, reader) = try CommandSpawn.prepare(command, isAttached: request.isAttached)
            defer { reader.close() }
            try await markStarted(run.id)
            return try await supervise(spawn, reader: reader, run: run, signals: signals) { leader in
                if let command = Self.stamp(of: leader) { ownership?.add(command: command) }
                started(run)
            }
        } catch {
            return await recordFailedStart(error, run: run.id)
        }
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
        _ spawn: CommandSpawn, reader: OutputReader, run: Run, signals: AsyncStream<Int32>?,
        started: @escaping @Sendable (_ leader: Int32) -> Void
    ) async throws(CommandStartError) -> ExecutionOutcome {
        let control = CommandControl(grace: request.grace, records: records, note: note)
        let log = LogBuffer(service: service, run: run.id, name: LogFile.output, note: note)
        let output = CommandOutput(reader: reader, log: log)
        let life = RunLife(service: service, run: run.id, control: control, request: request, note: note)
        let copying = Task { await output.copyAll() }
        let flushing = Task { await log.flush() }
        let beating = Task { await life.keepBeating() }
        let relaying = Task {
            guard let signals else { return }
            for await signal in signals { await control.pass(signal) }
        }
        defer {
            relaying.cancel()
            beating.cancel()
        }
        let exit: CommandExit
        do throws(CommandStartError) {
            exit = try await spawn.run { leader in
                started(leader)
                await control.started(leader)
                await life.attachCommand()
            }
        } catch {
            reader.drain()
            await copying.value
            await log.close(patience: Self.logPatience)
            await log.giveUp()
            _ = await flushing.value
            throw error
        }
        await control.leaderExited()
        if await life.isCancelRequested() { await control.cancel() }
        await control.waitUntilGone()
        await control.commandIsGone()
        let end = MonotonicClock.now()
        reader.drain()
        await copying.value
        // A log that cannot be written must not keep the end of the run from being recorded.
        await log.close(patience: Self.logPatience)
        let problem = await life.end(exit, at: end, lastWords: output.lastWords)
        await log.giveUp()
        let notes = [await flushing.value, problem].compactMap { $0 }
        return ExecutionOutcome(run: run.id, exit: exit, shellStatus: exit.shellStatus, notes: notes)
    }

    /// Milliseconds.
    private static let logPatience: Int64 = 3_000

    private func markStarted(_ run: RunID) async throws(CommandStartError) {
        do throws(RunServiceError) {
            try await service.apply(.start, to: run, onBehalfOf: .lifecycle)
        } catch {
            throw CommandStartError(sentence: "The run could not be started: \(error)", shellStatus: 1)
        }
    }

    private func recordFailedStart(_ error: CommandStartError, run: RunID) async -> ExecutionOutcome {
        let log = LogBuffer(service: service, run: run, name: LogFile.output, note: { _ in })
        let flushing = Task { await log.flush() }
        await log.append(Array("runwatch: \(error.sentence)\n".utf8))
        await log.close(patience: Self.logPatience)
        await log.giveUp()
        _ = await flushing.value
        let control = CommandControl(grace: 0, records: .none, note: note)
        await control.commandIsGone()
        let life = RunLife(service: service, run: run, control: control, request: request, note: note)
        let problem = await life.record(nil, applying: .fail(RunFailure(message: error.sentence)))
        return ExecutionOutcome(
            run: run, exit: nil, shellStatus: error.shellStatus, notes: [error.sentence] + (problem.map { [$0] } ?? []))
    }

    static func stamp(of pid: Int32) -> ProcessStamp? {
        ProcessTable.identity(of: pid)
    }
}
