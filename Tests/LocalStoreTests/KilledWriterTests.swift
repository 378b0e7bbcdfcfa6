import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// H6. A process that is killed in the middle of batches: what it was told is kept is there whole, and nothing in part.
@Suite struct KilledWriterTests {
    private static let points = 40

    /// Logs batches from several tasks at a time, notes each that was acknowledged, and kills itself after some of them.
    private static func write(at path: String, until limit: Int) async throws {
        let store = try await LocalStore.open(at: path)
        let notes = open(path + "/acknowledged", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        precondition(notes >= 0)
        await withTaskGroup { group in
            for writer in 0..<6 {
                group.addTask {
                    for batch in 0... {
                        let name = "\(writer)-\(batch)"
                        let metrics = (0..<points).map {
                            MetricEntry(
                                key: name, value: .number(Double($0)), step: Int64($0),
                                timestamp: Timestamp(milliseconds: Int64($0)))
                        }
                        let edit = RunEdit(
                            onBehalfOf: .client, tags: [.set(key: name, value: "t")], params: Params([(name, "p")]),
                            metrics: metrics)
                        guard (try? await store.record(HostedRunEdit(edit), on: RunID("run"))) != nil else { abort() }
                        let line = Array((name + "\n").utf8)
                        _ = unsafe line.withUnsafeBytes { Glibc.write(notes, $0.baseAddress, $0.count) }
                        if writer == 0 && batch == limit { kill(getpid(), SIGKILL) }
                    }
                }
            }
        }
    }

    @Test(arguments: [1, 5, 23]) func everyAcknowledgedBatchIsWhole(_ limit: Int) async throws {
        let directory = try TemporaryDirectory()
        let store = try await LocalStore.open(at: directory.path)
        try await store.createRun(RunDraft(id: RunID("run"), experimentName: "e"))
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = directory.path as String, limit = limit as Int] in
            try await KilledWriterTests.write(at: path, until: limit)
        }
        let text = try String(contentsOfFile: directory.path + "/acknowledged", encoding: .utf8)
        let acknowledged = Set(text.split(separator: "\n").map(String.init))
        #expect(acknowledged.count > limit)
        let run = try await LocalStore.open(at: directory.path).hostedRun(RunID("run")).run
        #expect(acknowledged.isSubset(of: run.params.keys))
        // What was not acknowledged may be there too, but then whole.
        #expect(run.params.keys == run.metrics.keys && run.params.keys == run.tags.keys)
        for key in run.params.keys {
            let series = MetricSeriesKey(run: run.id, metric: key)
            let history = try await store.metricHistory(of: series, limit: .max, page: nil).items
            #expect(history.map(\.step) == (0..<Int64(Self.points)).map { $0 }, "\(key)")
        }
    }
}
