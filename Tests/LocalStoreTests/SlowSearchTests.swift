import GRDB
import RunModel
import RunServices
import TestSupport
import Testing

@testable import LocalStore

@Suite struct SlowSearchTests {
    /// H13. A search that does not end keeps neither readers nor writers waiting.
    @Test func aSlowSearchDelaysNobody() async throws {
        let directory = try TemporaryDirectory()
        let store = try await LocalStore.open(at: directory.path)
        let run = try await store.createRun(RunDraft(experimentName: "e"))
        let (isOver, hasEnded) = (Flag(), Flag())
        try await withThrowingTaskGroup { group in
            for _ in 0..<StoreReaders.searchLimit {
                group.addTask {
                    try await store.connections.search { db in
                        while !isOver.isSet { _ = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM runs") }
                    }
                    hasEnded.set()
                }
            }
            for index in 0..<20 {
                let point = MetricEntry(key: "m", value: .number(1), step: Int64(index))
                try await store.record(HostedRunEdit(RunEdit(onBehalfOf: .client, metrics: [point])), on: run.id)
                #expect(try await store.hostedRun(run.id).run.metrics.value(forKey: "m")?.step == Int64(index))
                let series = MetricSeriesKey(run: run.id, metric: "m")
                #expect(try await store.metricHistory(of: series, limit: 99, page: nil).items.count == index + 1)
            }
            #expect(!hasEnded.isSet)
            isOver.set()
            try await group.waitForAll()
        }
    }
}
