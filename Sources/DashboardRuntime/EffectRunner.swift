import DashboardCore
import RunModel
import RunServices

/// Carries out what the dashboard asks of the run service, off the main actor, and sends the answers back as actions.
@MainActor
final class EffectRunner {
    private var connection: ServiceConnection
    private let connect: ServiceConnector
    private let send: @MainActor (Action) -> Void
    private var tasks: [Int: Task<Void, Never>] = [:]
    /// A person's commands under way, which neither a quit nor another service takes back, and where they went.
    private var commands: [Int: ServiceConnection] = [:]
    private var nextTask = 0
    /// The poll under way; another one means that nobody waits for its answer any more.
    private var poll: Int?
    /// Opening another service.
    private var switching: Task<Void, Never>?
    /// Whether the dashboard has been told what the service can do.
    private var isIntroduced = false

    init(
        connection: ServiceConnection, connect: @escaping ServiceConnector, send: @escaping @MainActor (Action) -> Void
    ) {
        self.connection = connection
        self.connect = connect
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
                    let batch = try await service.changes(in: scope, since: cursor, pageSize: pageSize)
                    let latency = Int(SystemClock.now().monotonic - start)
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
                try await service.metricSeries(for: keys, maxPoints: maxPoints)
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
        case .searchLog(let search):
            ask { service throws(RunServiceError) in
                try await LogSearcher(service: service, search: search).run().get()
            } answer: {
                .logSearched(search, $0)
            }
        case .inspect(let ids):
            ask { service throws(RunServiceError) in
                try await Inspector(service: service).inspect(ids).get()
            } answer: {
                .inspected(ids, $0)
            }
        case .steer(let steering, let ids):
            commands[start { .steered(steering, await Self.steer(connection, steering, ids)) }] = connection
        case .connect(let name): goOver(to: name)
        case .abandonConnection:
            switching?.cancel()
            switching = nil
        case .setInterval, .redraw, .suspend, .quit:
            return false
        }
        return true
    }

    /// Drops all reading, and returns once the commands that a person confirmed have been sent and answered.
    func end() async {
        switching?.cancel()
        for (number, task) in tasks where commands[number] == nil { task.cancel() }
        for number in commands.keys { await tasks[number]?.value }
        tasks = [:]
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
        let origin = commands.removeValue(forKey: number)
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
        for (number, task) in tasks where commands[number] == nil { task.cancel() }
        poll = nil
        switching = nil
        isIntroduced = capabilities != nil
        self.connection = connection
        send(.connected(connection.description, capabilities ?? Capabilities()))
    }

    private nonisolated static func steer(
        _ connection: ServiceConnection, _ steering: Steering, _ ids: [RunID]
    ) async -> [SteeringOutcome] {
        var outcomes: [SteeringOutcome] = []
        for id in ids {
            let outcome = await result { () throws(RunServiceError) -> [Run] in
                let service = try await connection.service()
                return switch steering {
                case .cancel(let includingDescendants):
                    try await connection.cancel(id, includingDescendants: includingDescendants)
                case .fail(let message):
                    [try await service.edit(id, RunEdit(transition: .fail(RunFailure(message: message))))]
                case .complete: [try await service.edit(id, RunEdit(transition: .complete))]
                case .editTags(let edits): [try await service.edit(id, RunEdit(tags: edits))]
                case .rename(_, let name): [try await service.edit(id, RunEdit(name: name))]
                }
            }
            outcomes.append(SteeringOutcome(run: id, result: outcome))
        }
        return outcomes
    }
}
