import Glibc
import LocalStore
import RunExecution
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct RefusalTests {
    @Test func refusedServiceNeitherEndsNorStallsTheCommandAndLosesNothing() async throws {
        let store = try await TemporaryStore()
        let service = RefusingService(store.service)
        let marker = store.path(of: "marker")
        // More than the buffer's high water, so that a stall would show: the marker is written after it.
        let script =
            "yes 0123456789abcde | head -c 8388608; touch \(marker); read line < \(store.path(of: "go")); echo end"
        #expect(mkfifo(store.path(of: "go"), 0o600) == 0)
        let (started, continuation) = AsyncStream.makeStream(of: RunID.self)
        let supervisor = CommandSupervisor(service: service, request: store.request(["sh", "-c", script]))
        async let ending = supervisor.run { run in
            service.isRefusing = true
            continuation.yield(run.id)
        }
        var runs = started.makeAsyncIterator()
        let run = try #require(await runs.next())
        _ = try await eventually("the command goes on") { access(marker, F_OK) == 0 ? true : nil }
        #expect(try await store.details(of: run).run.status == .running)
        let gate = open(store.path(of: "go"), O_WRONLY)
        close(gate)
        // The command is over or nearly so; its end is refused too.
        let refusals = service.refusalCount
        _ = try await eventually("more is refused") { service.refusalCount > refusals + 1 ? true : nil }
        service.isRefusing = false
        let outcome = try await ending
        #expect(outcome.exit == .status(0))
        #expect(outcome.notes.isEmpty)
        let details = try await store.details(of: run)
        #expect(details.run.status == .completed)
        #expect(details.supervisor?.supervisor.process.pid == getpid())
        #expect(try await store.log(of: run).count == 8_388_612)
    }

    @Test func runThatCannotBeCreatedStartsNothing() async throws {
        let store = try await TemporaryStore()
        let service = RefusingService(store.service)
        service.isRefusing = true
        let marker = store.path(of: "marker")
        let supervisor = CommandSupervisor(service: service, request: store.request(["touch", marker]))
        await #expect(throws: RunServiceError.self) { try await supervisor.run() }
        #expect(access(marker, F_OK) != 0)
    }

    @Test func cancelDuringARefusalIsObeyedAfterwards() async throws {
        let store = try await TemporaryStore()
        let service = RefusingService(store.service)
        let (started, continuation) = AsyncStream.makeStream(of: RunID.self)
        let supervisor = CommandSupervisor(service: service, request: store.request(["sleep", "1000"]))
        async let ending = supervisor.run { continuation.yield($0.id) }
        var runs = started.makeAsyncIterator()
        let run = try #require(await runs.next())
        service.isRefusing = true
        try await store.service.cancel(run, includingDescendants: false)
        _ = try await eventually("a heartbeat is refused") { service.refusalCount > 0 ? true : nil }
        service.isRefusing = false
        #expect(try await ending.exit == .signal(SIGTERM))
        #expect(try await store.details(of: run).run.status == .canceled)
    }
}
