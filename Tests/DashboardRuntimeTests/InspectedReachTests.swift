import DashboardCore
import RunModel
import RunServices
import TestSupport
import Testing

@testable import DashboardRuntime

/// Every command is on another host.
private struct FarKeeper: HostKeeper {
    func take(_ batch: ChangeBatch) {}

    func reach(of supervisor: Supervisor, for run: RunID) -> CommandReach { .elsewhere("gpu7") }

    func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] { [] }

    func kill(_ id: RunID) async throws(RunServiceError) -> [Run] { [] }
}

@Suite struct InspectedReachTests {
    @Test func aPromptLearnsWhatACancelWouldEnd() async throws {
        var started = Run.make("a")
        started.machineTags = Tags([(Run.executionTag, "x")])
        var lost = Run.make("b")
        lost.machineTags = Tags([(Run.executionTag, "nobody")])
        let backend = MemoryBackend(holding: [started, lost, .make("x")])
        // Whoever attaches a minute ago has been silent since.
        let past = MemoryService(backend) { SystemClock.now().wall.advanced(byMilliseconds: -60_000) }
        try await past.attach(Stamps.elsewhere, to: RunID("x"))
        let service = MemoryService(backend) { SystemClock.now().wall }
        for keeper in [FarKeeper(), nil] {
            let inspector = Inspector(service: service, keeper: keeper)
            let inspection = try await inspector.inspect([started.id, lost.id]).get()
            #expect(inspection.oversight == [started.id: .unsupervised, lost.id: .unsupervised])
            #expect(inspection.executions.keys.map(\.text) == ["x"])
            let execution = try #require(inspection.executions[RunID("x")])
            guard case .silent(let silence, let reach) = execution.oversight else {
                Issue.record("\(execution.oversight)")
                continue
            }
            #expect(silence >= 60_000)
            #expect(reach == (keeper == nil ? nil : .elsewhere("gpu7")))
        }
    }
}
