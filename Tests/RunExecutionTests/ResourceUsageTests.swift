import Foundation
import Glibc
import RunExecution
import RunModel
import RunServices
import TestSupport
import Testing

/// What a command uses, measured on real processes. A busy machine gives them less time, never less memory.
@Suite struct ResourceUsageTests {
    private static func sampling(every interval: Int64 = 200) -> UsageSampling {
        var sampling = UsageSampling()
        sampling.firstAfter = 100
        sampling.interval = interval
        sampling.gpuLibraries = []
        return sampling
    }

    private func newest(_ key: String, of run: RunID, in service: any RunReading) async throws -> Double? {
        try await service.details(of: run).run.metrics.value(forKey: key)?.value.number
    }

    /// Runs until its file is gone; `tail` holds a hundred million bytes until then, since they have no line's end.
    @Test func memoryAndTimeOfTheWholeTreeAreCounted() async throws {
        let store = try await TemporaryStore()
        let file = try store.file("goes-on", [])
        var request = store.request([
            "sh", "-c",
            """
            (while [ -e "$0" ]; do :; done) &
            head -c 100000000 /dev/zero | tail | (while [ -e "$0" ]; do sleep 0.1; done)
            wait
            """, file,
        ])
        request.usage = Self.sampling()
        let (started, telling) = AsyncStream.makeStream(of: RunID.self)
        let supervisor = CommandSupervisor(service: store.service, request: request)
        async let outcome = supervisor.run { telling.yield($0.id) }
        var ids = started.makeAsyncIterator()
        let run = try #require(await ids.next())
        let isSeen = try await eventually {
            let memory = try await newest(SystemMetric.memory, of: run, in: store.service) ?? 0
            let cpu = try await newest(SystemMetric.cpu, of: run, in: store.service) ?? 0
            return memory > 100 && cpu > 5
        }
        #expect(isSeen)
        let memory = try await newest(SystemMetric.memory, of: run, in: store.service) ?? 0
        #expect(memory < 400, "what processes share counts once")
        // The two shells, the loop's pipeline and tail.
        #expect(try await newest(SystemMetric.processes, of: run, in: store.service) ?? 0 >= 4)
        #expect(try await newest(SystemMetric.machineMemory, of: run, in: store.service) ?? 0 > memory / 2)
        unlink(file)
        #expect(try await outcome.exit == .status(0))
        let end = try await store.details(of: run).run
        #expect(end.metrics.value(forKey: SystemMetric.peakMemory)?.value.number ?? 0 > 100)
        let conclusion = try #require(end.metrics.value(forKey: SystemMetric.peakMemory))
        let last = try #require(end.metrics.value(forKey: SystemMetric.memory))
        #expect(conclusion.step > last.step, "there is a look at the end, when no memory is held any more")
        #expect(end.metrics.keys.allSatisfy(SystemMetric.isOne))
    }

    @Test(arguments: RunServiceFactory.all.filter { $0.name != "MemoryService" })
    func everyServiceKeepsIt(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        let place = try TemporaryDirectory()
        let file = place.path + "/goes-on"
        #expect(FileManager.default.createFile(atPath: file, contents: nil))
        var request = ExecutionRequest(
            command: ["sh", "-c", "while [ -e \"$0\" ]; do sleep 0.05; done", file],
            draft: RunDraft(experimentName: "usage", name: "usage"), isAttached: false)
        request.usage = Self.sampling(every: 300)
        let (started, telling) = AsyncStream.makeStream(of: RunID.self)
        let ending = request
        async let outcome = CommandSupervisor(service: service, request: ending).run { telling.yield($0.id) }
        var ids = started.makeAsyncIterator()
        let run = try #require(await ids.next())
        let isSeen = try await eventually {
            try await service.details(of: run).run.metrics.value(forKey: SystemMetric.memory)?.step ?? 0 >= 2
        }
        unlink(file)
        #expect(isSeen, "\(factory)")
        #expect(try await outcome.exit == .status(0))
        let series = try await service.wholeSeries(for: [MetricSeriesKey(run: run, metric: SystemMetric.memory)])
        let points = try #require(series.first).points
        #expect(points.count >= 3 && points.allSatisfy { $0.value.number ?? 0 > 0 })
        #expect(zip(points, points.dropFirst()).allSatisfy { $0.step < $1.step && $0.timestamp < $1.timestamp })
    }

    /// The driver's library is a stand-in: machines that test this have no GPU.
    @Test func onlyTheGPUsInUseCount() async throws {
        let store = try await TemporaryStore()
        let place = try TemporaryDirectory()
        let library = try #require(try await NVMLStub.library(in: place.path), "this test needs a C compiler")
        let file = try store.file("goes-on", [])
        var request = store.request([
            "sh", "-c", "echo $$ > \"$1\"; while [ -e \"$0\" ]; do sleep 0.05; done", file, place.path + "/pid",
        ])
        var sampling = Self.sampling()
        sampling.gpuLibraries = [library]
        request.usage = sampling
        let (started, telling) = AsyncStream.makeStream(of: RunID.self)
        let supervisor = CommandSupervisor(service: store.service, request: request)
        async let outcome = supervisor.run { telling.yield($0.id) }
        var ids = started.makeAsyncIterator()
        let run = try #require(await ids.next())
        let isSeen = try await eventually { try await newest(SystemMetric.gpu, of: run, in: store.service) != nil }
        unlink(file)
        #expect(isSeen)
        #expect(try await outcome.exit == .status(0))
        let metrics = try await store.details(of: run).run.metrics
        func value(_ key: String) -> Double? { metrics.value(forKey: key)?.value.number }
        #expect(value(SystemMetric.gpu) == 87)
        #expect(value(SystemMetric.gpuMemory) == 12_000)
        #expect(value("system/gpu_1_utilization_percentage") == 87)
        #expect(value("system/gpu_1_memory_usage_megabytes") == 30_000)
        #expect(value("system/gpu_1_memory_usage_percentage") == 37.5)
        #expect(value("system/gpu_1_power_usage_watts") == 301.5)
        #expect(!metrics.keys.contains { $0.hasPrefix("system/gpu_0") })
    }

    @Test func aServiceThatRefusesDelaysNothing() async throws {
        let store = try await TemporaryStore()
        let refusing = RefusingEdits(store.service)
        var request = store.request(["sh", "-c", "sleep 1; echo done"])
        request.usage = Self.sampling(every: 100)
        let outcome = try await CommandSupervisor(service: refusing, request: request).run()
        #expect(outcome.exit == .status(0) && outcome.notes.isEmpty)
        let run = try await store.details(of: outcome.run).run
        #expect(run.status == .completed && run.metrics.isEmpty)
    }
}

/// A run service that takes no metrics, and is slow to say so.
private final class RefusingEdits: ForwardingService {
    let base: any SupervisedRunService

    init(_ base: any SupervisedRunService) { self.base = base }

    func edit(_ id: RunID, _ edit: RunEdit) async throws(RunServiceError) -> Run {
        guard edit.metrics.isEmpty else {
            try? await Task.sleep(for: .milliseconds(300))
            throw RunServiceError(.unavailable, "The database is locked; try again.")
        }
        return try await base.edit(id, edit)
    }
}
