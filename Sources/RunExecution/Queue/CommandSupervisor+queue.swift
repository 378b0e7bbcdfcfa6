import Glibc
import RunModel
import RunServices

/// Waiting in a queue of this host before the command is started.
extension CommandSupervisor {
    /// What a wait came to.
    enum Waiting {
        case turn(QueueTicket, gpus: [Int])
        /// The run ended without its command.
        case over(ExecutionOutcome)
    }

    /// - Parameter joined: called once the run has its place.
    func waitInQueue(
        _ queue: QueueRequest, run: Run, log: RunLog, signals: AsyncStream<Int32>?, joined: @Sendable () -> Void
    ) async throws(CommandStartError) -> Waiting {
        // A mistyped command is told now, not after hours.
        _ = try ResolvedCommand(request, run: run, of: service, nonce: nil, isOnTerminal: false)
        let ticket: QueueTicket
        do throws(RunServiceError) {
            try await service.apply(.queue, to: run.id, onBehalfOf: .lifecycle)
            ticket = try join(queue, run)
        } catch {
            throw CommandStartError(sentence: "The run could not be queued: \(error)", shellStatus: 1)
        }
        joined()
        let waiter = QueueWaiter(ticket, in: queue.directory, service: service, clock: WallClock.now)
        let start = MonotonicClock.now()
        var end = await waiter.look()
        if end == nil {
            let sentence = "waiting: \(await waiter.reason)"
            await log.say(sentence)
            if request.isAttached { note("runwatch: \(sentence); ctrl-c leaves the queue") }
            end = await waiter.wait(signals)
        }
        let waited = MonotonicClock.now() - start
        if case .turn(let gpus) = end {
            let share = Self.share(of: queue, gpus, waited: waited)
            if !gpus.isEmpty || waited >= 1_000 {
                await log.say(share)
                if request.isAttached { note("runwatch: \(share)") }
            }
            return .turn(ticket, gpus: gpus)
        }
        ticket.release()
        return .over(await leave(queue, end ?? .cancelled, run: run.id, log: log))
    }

    private func join(_ queue: QueueRequest, _ run: Run) throws(RunServiceError) -> QueueTicket {
        guard let own = Self.stamp(of: getpid()) else {
            throw RunServiceError(.unavailable, "/proc cannot be read, without which a queue cannot be kept.")
        }
        let now = WallClock.now()
        return try queue.directory.join { id, rank in
            QueuePlace(
                id: id, queue: queue.name, run: run.id, runName: run.name, experimentName: run.experimentName,
                service: service.address, demand: queue.demand,
                visibleGPUs: queue.demand.gpus > 0 ? queue.visibleGPUs : [], supervisor: own, joinedAt: now, rank: rank)
        }
    }

    private static func share(of queue: QueueRequest, _ gpus: [Int], waited: Int64) -> String {
        let numbers = gpus.map(String.init).joined(separator: ", ")
        let own = gpus.isEmpty ? "" : " with \(gpus.count == 1 ? "GPU" : "GPUs") \(numbers)"
        let after = waited < 1_000 ? "" : " after \(duration(waited))"
        return "started\(after) in queue \(queue.name)\(own)"
    }

    private static func duration(_ milliseconds: Int64) -> String {
        let seconds = milliseconds / 1_000
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3_600 { return "\(seconds / 60) min \(seconds % 60) s" }
        return "\(seconds / 3_600) h \(seconds / 60 % 60) min"
    }

    /// Records that the run ended before its command began.
    private func leave(
        _ queue: QueueRequest, _ end: QueueWaiter.End, run: RunID, log: RunLog
    ) async -> ExecutionOutcome {
        var transition = Transition.canceled
        var status: Int32 = 128 + SIGTERM
        let sentence: String
        switch end {
        case .turn, .cancelled: sentence = "The run was cancelled in queue \(queue.name); its command was not started."
        case .signal(let number):
            sentence = "The run has left queue \(queue.name); its command was not started."
            status = 128 + number
        case .runIsGone:
            sentence = "The run was deleted in the run service; its command was not started."
            status = 1
        case .placeIsGone:
            sentence = "The run's place in queue \(queue.name) was taken away; its command was not started."
            status = 1
            transition = .fail(RunFailure(message: sentence))
        }
        if end != .runIsGone { await log.say(sentence) }
        await log.end(patience: Self.logPatience)
        let problem = end == .runIsGone ? nil : await recordWithoutCommand(transition, run: run)
        return ExecutionOutcome(
            run: run, exit: nil, shellStatus: status, notes: [sentence] + (problem.map { [$0] } ?? []))
    }

    /// Records the end of a run whose command was never started; a sentence when that failed.
    func recordWithoutCommand(_ transition: Transition, run: RunID) async -> String? {
        let control = CommandControl(stop: StopTerms(grace: 0), records: .none, note: note)
        await control.commandIsGone()
        let life = RunLife(service: service, run: run, control: control, request: request, note: note)
        return await life.record(nil, applying: transition)
    }

    /// What a command sees of its GPUs: theirs and no others, counted as the driver counts them.
    static func variables(for gpus: [Int]) -> [String: String] {
        guard !gpus.isEmpty else { return [:] }
        var variables = ["CUDA_VISIBLE_DEVICES": gpus.map(String.init).joined(separator: ",")]
        // CUDA's own order has the fastest first, which on a mixed machine are other devices than the driver's.
        if getenv("CUDA_DEVICE_ORDER") == nil { variables["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID" }
        return variables
    }
}
