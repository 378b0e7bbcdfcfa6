import DashboardCore
import RunModel
import RunServices
import Synchronization
import TerminalUI
import Testing

@testable import DashboardRuntime

/// What looks after the host's processes beside a dashboard.
private final class RecordingKeeper: HostKeeper {
    private let seen = Mutex<[RunID]>([])
    private let ordered = Mutex<[RunID]>([])
    private let service: any RunService

    init(_ service: any RunService) { self.service = service }

    var taken: [RunID] { seen.withLock { $0 } }
    var cancelled: [RunID] { ordered.withLock { $0 } }

    func take(_ batch: ChangeBatch) { seen.withLock { $0 += batch.runs.map(\.id) } }

    func reach(of supervisor: Supervisor, for run: RunID) -> CommandReach { .elsewhere("gpu7") }

    func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        ordered.withLock { $0.append(id) }
        return try await service.cancel(id, includingDescendants: includingDescendants)
    }

    func kill(_ id: RunID) async throws(RunServiceError) -> [Run] { try await service.kill(id) }
}

@MainActor
@Suite(.serialized) struct KeeperTests {
    @Test func theKeeperSeesWhatChangedAndTakesPartInACancel() async throws {
        let service = GatedService(runs: [.make("a")])
        let keeper = RecordingKeeper(service)
        let connection = ServiceConnection(service.description, keeper: { _ in keeper }) { () throws(RunServiceError) in
            service
        }
        let rig = try Rig(service, connection: connection)
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        await eventually("the keeper sees them") { keeper.taken == [RunID("a")] }
        rig.type("c")
        await eventually("the prompt") { rig.terminal.shown.contains("y yes") }
        await eventually("y is heard") {
            rig.type("y")
            return await service.steered == [RunID("a")]
        }
        #expect(keeper.cancelled == [RunID("a")])
        rig.type("q")
        _ = await rig.end()
    }
}
