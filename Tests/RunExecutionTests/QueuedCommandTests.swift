import Glibc
import ProcessTable
import RunModel
import RunServices
import TestSupport
import Testing

@testable import RunExecution

/// Commands that wait in a queue, on every kind of run service.
@Suite struct QueuedCommandTests {
    private static let services = RunServiceFactory.all.filter { $0.name != "MemoryService" }

    /// A queue whose only slot is held by this test.
    private struct HeldQueue {
        let place: TemporaryDirectory
        let directory: QueueDirectory
        let holder: QueueTicket

        init() throws {
            place = try TemporaryDirectory()
            directory = QueueDirectory(path: place.path + "/state/queues")
            let own = try #require(ProcessTable.current())
            holder = try directory.join { id, rank in
                QueuePlace(
                    id: id, queue: "q", run: RunID("holder"), runName: "holder", experimentName: "", service: "",
                    demand: QueueDemand(), visibleGPUs: [], supervisor: own, joinedAt: Timestamp(milliseconds: 1),
                    rank: rank)
            }
            #expect(try directory.take(holder, at: Timestamp(milliseconds: 1)).gpus == [])
        }

        func request(_ command: String...) -> ExecutionRequest {
            var request = ExecutionRequest(
                command: command, draft: RunDraft(experimentName: "queue", name: "waits"), isAttached: false)
            request.queue = QueueRequest(name: "q", directory: directory)
            return request
        }
    }

    private func log(of run: RunID, in service: any RunService) async throws -> String {
        guard let file = try await service.details(of: run).logs.first else { return "" }
        let chunk = try await service.readLog(file.name, of: run, offset: 0, length: 1 << 20)
        return String(decoding: chunk.bytes, as: UTF8.self)
    }

    @Test(arguments: services) func aRunWaitsAndSaysSo(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        let queue = try HeldQueue()
        let (queued, telling) = AsyncStream.makeStream(of: RunID.self)
        let request = queue.request("echo", "hello")
        async let outcome = CommandSupervisor(service: service, request: request).run { telling.yield($0.id) }
        var ids = queued.makeAsyncIterator()
        let run = try #require(await ids.next())
        let waiting = try await eventually("the run says what it waits for") { () -> Run? in
            let found = try await service.details(of: run).run
            return found.waitingReason == nil ? nil : found
        }
        #expect(waiting.status == .queued && waiting.startedAt == nil, "\(factory)")
        #expect(waiting.waitingReason == "next in queue q")
        _ = try await eventually("its log can be read while it waits") {
            try await log(of: run, in: service).contains("runwatch: waiting: next in queue q\n") ? true : nil
        }
        queue.holder.release()
        #expect(try await outcome.exit == .status(0))
        let ended = try await service.details(of: run).run
        #expect(ended.status == .completed && ended.waitingReason == nil && ended.startedAt != nil)
        let text = try await log(of: run, in: service)
        #expect(text.hasPrefix("runwatch: waiting") && text.hasSuffix("hello\n"), "\(factory): \(text)")
        #expect(try queue.directory.read().members.isEmpty)
    }

    @Test(arguments: services) func aCancelEndsTheWaitAndNothingStarts(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        let queue = try HeldQueue()
        let mark = queue.place.path + "/started"
        let (queued, telling) = AsyncStream.makeStream(of: RunID.self)
        let request = queue.request("touch", mark)
        async let outcome = CommandSupervisor(service: service, request: request).run { telling.yield($0.id) }
        var ids = queued.makeAsyncIterator()
        let run = try #require(await ids.next())
        try await service.cancel(run, includingDescendants: false)
        let answer = try await outcome
        #expect(answer.exit == nil && answer.shellStatus == 143)
        let ended = try await service.details(of: run).run
        #expect(ended.status == .canceled && ended.startedAt == nil, "\(factory)")
        queue.holder.release()
        #expect(access(mark, F_OK) != 0)
        #expect(try queue.directory.read().members.isEmpty)
    }

    @Test func aServiceThatIsAwayKeepsNoPlaceEmpty() async throws {
        let store = try await TemporaryStore()
        let queue = try HeldQueue()
        let deaf = DeafService(store.service)
        let (queued, telling) = AsyncStream.makeStream(of: RunID.self)
        let request = queue.request("true")
        async let outcome = CommandSupervisor(service: deaf, request: request).run { telling.yield($0.id) }
        var ids = queued.makeAsyncIterator()
        _ = try #require(await ids.next())
        queue.holder.release()
        let answer = try await outcome
        #expect(answer.exit == .status(0))
        #expect(try await store.details(of: answer.run).run.status == .completed)
    }

    /// The turn comes with the first look, while the service is slow to say that the run starts.
    @Test func aSignalBetweenTurnAndCommandReachesTheCommand() async throws {
        let store = try await TemporaryStore()
        let queue = try HeldQueue()
        queue.holder.release()
        let (signals, sending) = AsyncStream.makeStream(of: Int32.self)
        let slow = SlowStart(store.service) { sending.yield(SIGTERM) }
        let request = queue.request("sh", "-c", "sleep 30 & wait; exit 3")
        let outcome = try await CommandSupervisor(service: slow, request: request).run(signals: signals)
        #expect(outcome.shellStatus == 143)
    }

    @Test func aSignalBeforeTheTurnEndsTheWait() async throws {
        let store = try await TemporaryStore()
        let queue = try HeldQueue()
        let mark = queue.place.path + "/started"
        let (signals, sending) = AsyncStream.makeStream(of: Int32.self)
        sending.yield(SIGTERM)
        let request = queue.request("touch", mark)
        let outcome = try await CommandSupervisor(service: store.service, request: request).run(signals: signals)
        #expect(outcome.shellStatus == 143 && outcome.exit == nil)
        #expect(try await store.details(of: outcome.run).run.status == .canceled)
        #expect(access(mark, F_OK) != 0)
    }

    @Test func whatIsMistypedIsToldAtOnce() async throws {
        let store = try await TemporaryStore()
        let queue = try HeldQueue()
        let request = queue.request("no-such-command-here")
        let outcome = try await CommandSupervisor(service: store.service, request: request).run()
        #expect(outcome.shellStatus == 127)
        #expect(try queue.directory.read().members.count == 1)
    }

    @Test func aPlaceThatIsTakenAwayIsNoReasonToWaitForEver() async throws {
        let store = try await TemporaryStore()
        let queue = try HeldQueue()
        let (queued, telling) = AsyncStream.makeStream(of: RunID.self)
        let request = queue.request("true")
        async let outcome = CommandSupervisor(service: store.service, request: request).run { telling.yield($0.id) }
        var ids = queued.makeAsyncIterator()
        let run = try #require(await ids.next())
        let place = try #require(try queue.directory.read().members.first { $0.place.run == run })
        queue.directory.remove(place.place.id)
        let answer = try await outcome
        #expect(answer.exit == nil)
        let ended = try await store.details(of: run).run
        #expect(ended.status == .failed && ended.failure?.message?.contains("taken away") == true)
    }

    @Test func whatWouldWaitForEverIsRefused() throws {
        let queue = try HeldQueue()
        func request(_ demand: QueueDemand, gpus: [Int] = []) -> QueueRequest {
            QueueRequest(name: "q", demand: demand, visibleGPUs: gpus, directory: queue.directory)
        }
        #expect(throws: Never.self) { try request(QueueDemand()).check(outerRun: nil) }
        #expect(throws: RunServiceError.self) { try request(QueueDemand(slots: 2)).check(outerRun: nil) }
        #expect(throws: RunServiceError.self) {
            try request(QueueDemand(slots: 0, gpus: 2), gpus: [0]).check(outerRun: nil)
        }
        let own = #expect(throws: RunServiceError.self) { try request(QueueDemand()).check(outerRun: RunID("holder")) }
        #expect(own?.message.contains("is a part of") == true)
        try queue.directory.resize("q", slots: 2)
        #expect(throws: Never.self) { try request(QueueDemand()).check(outerRun: RunID("holder")) }
        try queue.directory.resize("q", slots: 0)
        #expect(throws: Never.self, "a queue that is held back may get slots") {
            try request(QueueDemand(slots: 2)).check(outerRun: nil)
        }
    }

    @Test(
        arguments: [
            (nil, [0, 1]), ("", []), ("1", [1]), (" 1, 0 ", [1, 0]), ("0,7,1", [0]), ("-1", []), ("1,1", [1]),
        ] as [(String?, [Int])])
    func visibleGPUsAreThoseThatTheCallerHas(_ visible: String?, _ expected: [Int]) async throws {
        let place = try TemporaryDirectory()
        let library = try #require(try await NVMLStub.library(in: place.path), "this test needs a C compiler")
        #expect(try await GPUInventory.available(visible: visible, libraries: [library]) == expected)
    }

    @Test func gpusThatCannotBeToldAreRefused() async throws {
        await #expect(throws: RunServiceError.self) {
            try await GPUInventory.available(visible: nil, libraries: ["/nowhere/libnvidia-ml.so.1"])
        }
        let place = try TemporaryDirectory()
        let library = try #require(try await NVMLStub.library(in: place.path), "this test needs a C compiler")
        let error = await #expect(throws: RunServiceError.self) {
            try await GPUInventory.available(visible: "GPU-8932f937", libraries: [library])
        }
        #expect(error?.message.contains("as numbers") == true)
    }
}

/// Answers no heartbeat and takes no tag, as a server that is being restarted.
private final class DeafService: ForwardingService {
    let base: any SupervisedRunService

    init(_ base: any SupervisedRunService) { self.base = base }

    func heartbeat(of id: RunID) async throws(RunServiceError) -> RunStatus {
        throw RunServiceError(.unavailable, "The server is away.")
    }

    func edit(_ id: RunID, _ edit: RunEdit) async throws(RunServiceError) -> Run {
        if !edit.tags.isEmpty { throw RunServiceError(.unavailable, "The server is away.") }
        return try await base.edit(id, edit)
    }
}

/// Takes its time to say that a run starts.
private final class SlowStart: ForwardingService {
    let base: any SupervisedRunService
    private let asked: @Sendable () -> Void

    init(_ base: any SupervisedRunService, asked: @escaping @Sendable () -> Void) {
        self.base = base
        self.asked = asked
    }

    func edit(_ id: RunID, _ edit: RunEdit) async throws(RunServiceError) -> Run {
        if case .start? = edit.transition {
            asked()
            try? await Task.sleep(for: .milliseconds(200))
        }
        return try await base.edit(id, edit)
    }
}
