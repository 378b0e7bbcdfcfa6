import DashboardCore
import RunModel
import RunServices

/// Carries out what the dashboard asks of the run service, off the main actor, and sends the answers back as actions.
@MainActor
final class EffectRunner {
    private var connection: ServiceConnection
    private let connect: ServiceConnector
    private let repeatCommand: CommandRepeater?
    private let queues: (any QueueKeeper)?
    private let send: @MainActor (Action) -> Void
    private var tasks: [Int: Task<Void, Never>] = [:]
    /// A person's commands under way, which another service does not take back.
    private var commands: [Int: SentCommand] = [:]
    /// Tasks that have nothing to do with the service.
    private var independent: Set<Int> = []
    private var nextTask = 0
    /// The poll under way; another one means that its answer is not wanted any more.
    private var poll: Int?
    /// Opening another service.
    private var switching: Task<Void, Never>?
    /// Whether the dashboard has been told what the service can do.
    private var isIntroduced = false
    /// Polls that left nothing to read, counted up to `settledPolls`.
    private var completePolls = 0

    init(
        connection: ServiceConnection, connect: @escaping ServiceConnector, repeatCommand: CommandRepeater? = nil,
        queues: (any QueueKeeper)? = nil,
        send: @escaping @MainActor (Action) -> Void
    ) {
        self.connection = connection
        self.connect = connect
        self.repeatCommand = repeatCommand
        self.queues = queues
        self.send = send
    }

    /// Starts an effect on the service; false when the effect is not about the service.
    func run(_ effect: Effect) -> Bool {
        let connection = connection
        switch effect {
        case .poll(let scope, let cursor, let generation, let pageSize):
            if let poll { tasks[poll]?.cancel() }
            poll = start { [weak self] in
                let start = SystemClock.now().monotonic
                do throws(RunServiceError) {
                    let service = try await connection.service()
                    await self?.introduce(service, of: connection)
                    var batch = try await service.changes(in: scope, since: cursor, pageSize: pageSize)
                    batch.credentialExpiry = service.credentialExpiry
                    let latency = Int(SystemClock.now().monotonic - start)
                    if !batch.hasMore { await self?.settle() }
                    return .changesArrived(batch, scope: scope, generation: generation, latency: latency)
                } catch {
                    return .pollFailed(error, generation: generation)
                }
            }
        case .loadDetails(let id):
            ask { service throws(RunServiceError) in
                try await service.details(of: id)
            } answer: {
                .detailsArrived(id, $0)
            }
        case .loadSeries(let keys, let maxPoints, let purpose):
            ask { service throws(RunServiceError) in
                try await SeriesReader(service: service, maxPoints: maxPoints).read(keys)
            } answer: {
                .seriesArrived(purpose, requested: keys, $0)
            }
        case .readLog(let request):
            ask { service throws(RunServiceError) in
                try await service.readLog(
                    request.file, of: request.run, offset: request.offset, length: request.length)
            } answer: {
                .logArrived(request, $0)
            }
        case .loadArtifacts(let request):
            ask { service throws(RunServiceError) in
                let folder = request.folder.isEmpty ? nil : request.folder
                return try await service.artifacts(in: folder, of: request.run, after: request.after)
            } answer: {
                .artifactsArrived(request, $0)
            }
        case .searchLog(let search):
            ask { service throws(RunServiceError) in
                try await LogSearcher(service: service, search: search).run().get()
            } answer: {
                .logSearched(search, $0)
            }
        case .inspect(let ids):
            ask { service throws(RunServiceError) in
                try await Inspector(service: service, keeper: await connection.keeper).inspect(ids).get()
            } answer: {
                .inspected(ids, $0)
            }
        case .steer(let steering, let ids):
            let command = SentCommand(connection: connection, steering: steering, runs: ids)
            commands[start { .steered(steering, await command.run()) }] = command
        case .rerun(let id, let changes):
            ask { [repeatCommand] service throws(RunServiceError) in
                guard let repeatCommand else {
                    throw RunServiceError(.unsupported, "Commands cannot be run again from here.")
                }
                return try await repeatCommand(id, changes, service)
            } answer: {
                .rerunAnswered(id, $0)
            }
        case .readQueues:
            ask { [queues] service throws(RunServiceError) in
                guard let queues else { return [] }
                return try await queues.queues(beside: service)
            } answer: {
                .queuesArrived($0)
            }
        case .changeQueue(let change):
            let number = start { [queues] in
                do throws(RunServiceError) {
                    try await queues?.change(change)
                    return .queueChanged(change, nil)
                } catch {
                    return .queueChanged(change, error)
                }
            }
            independent.insert(number)
        case .connect(let name): goOver(to: name)
        case .abandonConnection:
            switching?.cancel()
            switching = nil
        case .setInterval, .redraw, .suspend, .quit, .signal, .runHook, .changeViews, .copy, .export, .editNote,
            .runForeground, .runBackground:
            return false
        }
        return true
    }

    /// After the first of them the screen still asks for details and charts; with the second the start is over.
    private static let settledPolls = 2

    /// Gives back, once, what only the start needed.
    private func settle() {
        guard completePolls < Self.settledPolls else { return }
        completePolls += 1
        guard completePolls == Self.settledPolls else { return }
        Task.detached(priority: .background) {
            ProcessMemory.giveBack()
            ProcessMemory.releaseCode()
        }
    }

    /// Milliseconds for the answers that are on their way when a person leaves: too short to be felt, and long enough
    /// for a store on this machine or a server nearby.
    private static let farewell = 250

    /// Drops all reading, and gives the commands that a person confirmed a moment to be answered; returns those that
    /// were not, and may or may not have reached the service.
    func end() async -> [UnconfirmedCommand] {
        switching?.cancel()
        for (number, task) in tasks where commands[number] == nil { task.cancel() }
        let waiting = commands.keys.sorted().compactMap { number in tasks[number].map { (number, $0) } }
        let sent = commands
        if !waiting.isEmpty { await Self.wait(for: waiting.map(\.1), atMost: Self.farewell) }
        let unconfirmed = sent.keys.sorted().compactMap { sent[$0]?.unconfirmed }
        for (_, task) in waiting { task.cancel() }
        tasks = [:]
        return unconfirmed
    }

    /// Returns when all have ended or the time is over, whichever comes first; the tasks go on.
    private static func wait(for tasks: [Task<Void, Never>], atMost milliseconds: Int) async {
        let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
        let all = Task {
            for task in tasks { await task.value }
            continuation.yield()
        }
        let alarm = Task {
            try? await Task.sleep(for: .milliseconds(milliseconds))
            continuation.yield()
        }
        for await _ in ends { break }
        all.cancel()
        alarm.cancel()
    }

    /// Asks the service, once it is open.
    private func ask<Value: Sendable>(
        _ question: @escaping @Sendable (any RunService) async throws(RunServiceError) -> Value,
        answer: @escaping @Sendable (Result<Value, RunServiceError>) -> Action
    ) {
        let connection = connection
        start {
            answer(
                await result { () throws(RunServiceError) in
                    try await question(try await connection.service())
                })
        }
    }

    @discardableResult
    private func start(_ work: @escaping @Sendable () async -> Action) -> Int {
        let number = nextTask
        nextTask += 1
        tasks[number] = Task { [weak self] in
            let action = await work()
            self?.finish(number, Task.isCancelled ? nil : action)
        }
        return number
    }

    private func finish(_ number: Int, _ action: Action?) {
        tasks[number] = nil
        independent.remove(number)
        let origin = commands.removeValue(forKey: number)?.connection
        if let origin, origin !== connection, case .steered(let steering, let outcomes) = action {
            send(.steeredElsewhere(origin.description, steering, outcomes))
        } else if let action {
            send(action)
            if case .changesArrived(let batch, _, _, _) = action { connection.observe(batch) }
        }
    }

    private func introduce(_ service: any RunService, of connection: ServiceConnection) {
        guard connection === self.connection, !isIntroduced else { return }
        isIntroduced = true
        send(.serviceOpened(service.capabilities))
    }

    /// Opens the service named; the one in use stays until then, and for good when waiting cannot help.
    private func goOver(to name: String) {
        switching?.cancel()
        switching = Task { [weak self, connect] in
            do throws(RunServiceError) {
                let (connection, capabilities) = try await Self.open(name, connect)
                if !Task.isCancelled { self?.adopt(connection, capabilities) }
            } catch {
                if !Task.isCancelled { self?.send(.connectionFailed(name, error)) }
            }
        }
    }

    /// The way to the service named, and what it can do, unless it does not answer now but may yet: as at start, its
    /// polls then say what is wrong and go on trying.
    private nonisolated static func open(
        _ name: String, _ connect: ServiceConnector
    ) async throws(RunServiceError) -> (ServiceConnection, Capabilities?) {
        let connection = try await connect(name)
        do throws(RunServiceError) {
            return (connection, try await connection.service().capabilities)
        } catch  where error.mayPass {
            return (connection, nil)
        }
    }

    private func adopt(_ connection: ServiceConnection, _ capabilities: Capabilities?) {
        for (number, task) in tasks where commands[number] == nil && !independent.contains(number) { task.cancel() }
        poll = nil
        switching = nil
        isIntroduced = capabilities != nil
        self.connection = connection
        send(.connected(connection.description, capabilities ?? Capabilities()))
    }
}
