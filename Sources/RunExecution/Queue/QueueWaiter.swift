import FileAccess
import Glibc
import RunModel
import RunServices
import Synchronization

/// Waits for a run's turn in its queue, and keeps the run service informed meanwhile.
actor QueueWaiter {
    /// How the waiting ends.
    enum End: Sendable, Equatable {
        /// It is its turn, with these GPUs.
        case turn([Int])
        /// A person cancelled the run, or marked it as over.
        case cancelled
        /// This process was asked to end.
        case signal(Int32)
        /// The run was deleted in the run service.
        case runIsGone
        /// Somebody took the place's file away.
        case placeIsGone
    }

    private enum Event: Sendable {
        case look
        case over(End)
    }

    /// What a look finds.
    private enum Finding: Sendable {
        case turn([Int])
        case waits(String, isToldOfAll: Bool)
        case placeIsGone
        /// The queue is busy, or cannot be read now; a later look may succeed.
        case nothing
    }

    /// Heartbeats between looks that nothing asked for: where the kernel tells of all changes they only make up for one that
    /// was lost, and each reads the places of all.
    private static let beatsPerLook = 5
    private static let beatsPerWatchedLook = 60
    /// Milliseconds between changes of what the run says it waits for.
    private static let tellingInterval: Int64 = 5_000
    private static let endings: Set<Int32> = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

    private let ticket: QueueTicket
    private let directory: QueueDirectory
    private let service: any SupervisedRunService
    private let clock: @Sendable () -> Timestamp
    /// Why it waits, as of the last look.
    private(set) var reason = ""
    private var told = ""
    private var toldAt: Int64?
    private var continues = 0
    /// Whether the kernel tells of each end that this place waits for, as of the last look.
    private var isToldOfAll = true
    /// The signal that asked for the end.
    private var ending: Int32?
    private let isLookDue = Atomic(false)

    init(
        _ ticket: QueueTicket, in directory: QueueDirectory, service: any SupervisedRunService,
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.ticket = ticket
        self.directory = directory
        self.service = service
        self.clock = clock
    }

    /// One look; nil while it is not its turn.
    func look() async -> End? {
        let (ticket, directory, now) = (ticket, directory, clock())
        let finding = await BlockingCall.run { () -> Finding in
            do throws(RunServiceError) {
                let (gpus, order) = try directory.take(ticket, at: now)
                if let gpus { return .turn(gpus) }
                if ticket.isTakenAway { return .placeIsGone }
                return order.reason(for: ticket.place.id, isAlone: true)
                    .map { .waits($0, isToldOfAll: !order.hasSilentHolder) } ?? .nothing
            } catch {
                return .nothing
            }
        }
        switch finding {
        case .turn(let gpus): return .turn(gpus)
        case .placeIsGone: return .placeIsGone
        case .nothing: return nil
        case .waits(let reason, let isToldOfAll):
            (self.reason, self.isToldOfAll) = (reason, isToldOfAll)
            return nil
        }
    }

    /// Returns when it is the run's turn, or it need not wait any more.
    func wait(_ signals: AsyncStream<Int32>?) async -> End {
        let (events, telling) = AsyncStream.makeStream(of: Event.self)
        let watch = directory.directory.flatMap { QueueWatch($0.path) { [self] in demandLook(telling) } }
        let beating = Task { await keepBeating(telling, isWatched: watch != nil) }
        let listening = Task {
            guard let signals else { return }
            for await signal in signals { heard(abs(signal), telling) }
        }
        // What changed before the watch began.
        demandLook(telling)
        let end = await outcome(of: events)
        watch?.end()
        beating.cancel()
        listening.cancel()
        // Whatever it has heard by now was meant for the wait, also when the turn came at the same moment.
        await listening.value
        return ending.map(End.signal) ?? end
    }

    private func outcome(of events: AsyncStream<Event>) async -> End {
        for await event in events {
            switch event {
            case .over(let end): return end
            case .look:
                isLookDue.store(false, ordering: .sequentiallyConsistent)
                if let end = await look() { return end }
            }
        }
        return .cancelled
    }

    /// However many changes there were, one look is enough that begins after the last.
    private nonisolated func demandLook(_ telling: AsyncStream<Event>.Continuation) {
        if !isLookDue.exchange(true, ordering: .sequentiallyConsistent) { telling.yield(.look) }
    }

    private func heard(_ signal: Int32, _ telling: AsyncStream<Event>.Continuation) {
        switch signal {
        case SIGTSTP: SignalRelay.stopProcess(unlessContinuedAfter: continues)
        case SIGCONT:
            continues += 1
            demandLook(telling)
        case _ where Self.endings.contains(signal):
            ending = ending ?? signal
            telling.yield(.over(.signal(signal)))
        default: break
        }
    }

    private func keepBeating(_ telling: AsyncStream<Event>.Continuation, isWatched: Bool) async {
        var beats = 0
        while !Task.isCancelled {
            await tell()
            guard (try? await Task.sleep(for: .milliseconds(Heartbeat.interval))) != nil else { return }
            beats += 1
            if beats >= (isWatched && isToldOfAll ? Self.beatsPerWatchedLook : Self.beatsPerLook) {
                beats = 0
                demandLook(telling)
            }
            do throws(RunServiceError) {
                let status = try await service.heartbeat(of: ticket.place.run)
                if status == .cancelRequested || status.isTerminal { telling.yield(.over(.cancelled)) }
            } catch {
                // Anything else may pass; who waits for hours outlasts a server's restart.
                if error.code == .notFound { telling.yield(.over(.runIsGone)) }
            }
        }
    }

    /// Says with the run what it waits for, when that has changed.
    private func tell() async {
        let now = MonotonicClock.now()
        guard reason != told, toldAt.map({ now - $0 >= Self.tellingInterval }) ?? true else { return }
        let wanted = reason
        let edit = RunEdit(onBehalfOf: .lifecycle, tags: [.set(key: Run.waitingTag, value: wanted)])
        if (try? await service.edit(ticket.place.run, edit)) != nil { told = wanted }
        toldAt = now
    }
}
