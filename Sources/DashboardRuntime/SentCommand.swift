package import DashboardCore
package import RunModel
package import RunServices
import Synchronization

/// A person's command on its way to a service, run by run.
final class SentCommand: Sendable {
    let connection: ServiceConnection
    private let steering: Steering
    private let runs: [RunID]
    private let outcomes = Mutex<[SteeringOutcome]>([])

    init(connection: ServiceConnection, steering: Steering, runs: [RunID]) {
        self.connection = connection
        self.steering = steering
        self.runs = runs
    }

    /// Carries the command out on each run in turn, and tells what became of it.
    func run() async -> [SteeringOutcome] {
        for id in runs {
            let answer = await result { () throws(RunServiceError) in try await apply(to: id) }
            outcomes.withLock { $0.append(SteeringOutcome(run: id, result: answer)) }
            // The task was cancelled: what was not sent yet stays unsent, and the answer says so.
            if Task.isCancelled { break }
        }
        return outcomes.withLock { $0 }
    }

    /// The runs whose answer has not come; nil when all have.
    var unconfirmed: UnconfirmedCommand? {
        let answered = Set(outcomes.withLock { $0.map(\.run) })
        let rest = runs.filter { !answered.contains($0) }
        guard !rest.isEmpty else { return nil }
        return UnconfirmedCommand(service: connection.description, steering: steering, runs: rest)
    }

    private func apply(to id: RunID) async throws(RunServiceError) -> [Run] {
        let service = try await connection.service()
        return switch steering {
        case .cancel(let includingDescendants):
            try await connection.cancel(id, includingDescendants: includingDescendants)
        case .kill: try await connection.kill(id)
        case .fail(let message):
            [try await service.edit(id, RunEdit(transition: .fail(RunFailure(message: message))))]
        case .complete: [try await service.edit(id, RunEdit(transition: .complete))]
        case .order(let order): try await give(order, to: id, by: service)
        case .editTags(let edits): [try await service.edit(id, RunEdit(tags: edits))]
        case .describe(let text): [try await service.edit(id, RunEdit(description: text))]
        case .rename(_, let name): [try await service.edit(id, RunEdit(name: name))]
        }
    }
}

private func give(
    _ order: JobOrder, to id: RunID, by service: any RunService
) async throws(RunServiceError) -> [Run] {
    guard let jobs = service as? any JobSteering else {
        throw RunServiceError(.unsupported, service.capabilities.steerJobs.reason ?? "This run service has no jobs.")
    }
    return try await jobs.give(order, to: id)
}

/// A command that was not answered when the dashboard was left.
package struct UnconfirmedCommand: Equatable, Sendable {
    /// Where it was sent.
    package let service: ServiceDescription
    /// What was to be done.
    package let steering: Steering
    /// Those that have not been answered for, in the order of the command.
    package let runs: [RunID]
}
