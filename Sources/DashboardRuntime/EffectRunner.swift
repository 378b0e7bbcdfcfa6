import DashboardCore
import RunModel
import RunServices

/// Carries out what the dashboard asks of the run service, off the main actor, and sends the answers back as actions.
@MainActor
final class EffectRunner {
    private let service: any RunService
    private let send: @MainActor (Action) -> Void
    private var tasks: [Int: Task<Void, Never>] = [:]
    /// A person's commands under way, which a quit does not take back.
    private var commands: Set<Int> = []
    private var nextTask = 0
    /// The poll under way; another one means that nobody waits for its answer any more.
    private var poll: Int?

    init(service: any RunService, send: @escaping @MainActor (Action) -> Void) {
        self.service = service
        self.send = send
    }

    /// Starts an effect on the service; false when the effect is not about the service.
    func run(_ effect: Effect) -> Bool {
        let service = service
        switch effect {
        case .poll(let scope, let cursor, let generation, let pageSize):
            if let poll { tasks[poll]?.cancel() }
            poll = start { await Self.poll(service, scope, cursor, generation, pageSize) }
        case .loadDetails(let id):
            start {
                .detailsArrived(id, await result { () throws(RunServiceError) in try await service.details(of: id) })
            }
        case .loadSeries(let keys, let maxPoints, let purpose):
            start {
                let series = await result { () throws(RunServiceError) in
                    try await service.metricSeries(for: keys, maxPoints: maxPoints)
                }
                return .seriesArrived(purpose, requested: keys, series)
            }
        case .readLog(let request):
            start {
                let chunk = await result { () throws(RunServiceError) in
                    try await service.readLog(
                        request.file, of: request.run, offset: request.offset, length: request.length)
                }
                return .logArrived(request, chunk)
            }
        case .searchLog(let search):
            start { .logSearched(search, await LogSearcher(service: service, search: search).run()) }
        case .inspect(let ids):
            start { .inspected(ids, await Inspector(service: service).inspect(ids)) }
        case .steer(let steering, let ids):
            commands.insert(start { .steered(steering, await Self.steer(service, steering, ids)) })
        case .setInterval, .redraw, .suspend, .quit:
            return false
        }
        return true
    }

    /// Drops all reading, and returns once the commands that a person confirmed have been sent and answered.
    func end() async {
        for (number, task) in tasks where !commands.contains(number) { task.cancel() }
        for number in commands { await tasks[number]?.value }
        tasks = [:]
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
        commands.remove(number)
        if let action { send(action) }
    }

    private nonisolated static func poll(
        _ service: any RunService, _ scope: RunScope, _ cursor: ChangeCursor?, _ generation: Int, _ pageSize: Int
    ) async -> Action {
        let start = SystemClock.now().monotonic
        do {
            let batch = try await service.changes(in: scope, since: cursor, pageSize: pageSize)
            let latency = Int(SystemClock.now().monotonic - start)
            return .changesArrived(batch, scope: scope, generation: generation, latency: latency)
        } catch {
            return .pollFailed(error, generation: generation)
        }
    }

    private nonisolated static func steer(
        _ service: any RunService, _ steering: Steering, _ ids: [RunID]
    ) async -> [SteeringOutcome] {
        var outcomes: [SteeringOutcome] = []
        for id in ids {
            let outcome = await result { () throws(RunServiceError) -> [Run] in
                switch steering {
                case .cancel(let includingDescendants):
                    try await service.cancel(id, includingDescendants: includingDescendants)
                case .fail(let message):
                    [try await service.apply(.fail(RunFailure(message: message)), to: id, onBehalfOf: .person)]
                case .complete: [try await service.apply(.complete, to: id, onBehalfOf: .person)]
                case .editTags(let edits): [try await service.editTags(edits, of: id)]
                }
            }
            outcomes.append(SteeringOutcome(run: id, result: outcome))
        }
        return outcomes
    }
}

/// What a throwing call came to, as a value that fits in an action.
private func result<Value: Sendable>(
    _ call: () async throws(RunServiceError) -> Value
) async -> Result<Value, RunServiceError> {
    do throws(RunServiceError) {
        return .success(try await call())
    } catch {
        return .failure(error)
    }
}
