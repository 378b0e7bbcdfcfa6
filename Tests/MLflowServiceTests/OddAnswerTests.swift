import HTTPTransport
import MLflowWire
import RemotePolling
import RunModel
import RunServices
import TestSupport
import Testing

@testable import MLflowService

/// Answers that are well formed and yet not what one would wish for.
struct OddAnswerTests {
    @Test func `a run can be steered though its artifacts cannot be listed`() async throws {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        tracker.fail { $0.path.hasSuffix("artifacts/list") ? .page(500, "no bucket") : nil }
        let details = try await tracker.connect().details(of: RunID("a"))
        #expect(details.run.tags.value(forKey: "quality") == "good")
        #expect(details.logs == [])
        #expect(details.logsError?.message.isEmpty == false)
    }

    @Test func `what may be seen no more is gone and stops nothing`() async throws {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        tracker.set("b", tag: "good")
        let service = try tracker.connect()
        var seen = ChangeReplica()
        try await seen.catchUp(with: service)
        tracker.set("a", nil)
        tracker.fail { request in
            request.path.hasSuffix("runs/get") ? .answer(403, "text/plain", "Permission denied") : nil
        }
        tracker.clock.advance(by: 2_000)
        try await seen.pull(from: service, pageSize: 0)
        #expect(seen.runs.keys.map(\.text) == ["b"])
    }

    @Test func `an experiment that a page left out is asked about before it counts as gone`() async throws {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        let service = try tracker.connect()
        var seen = ChangeReplica()
        try await seen.catchUp(with: service)
        func tick(_ stage: String) async throws {
            tracker.fail { request in
                if request.path.hasSuffix("experiments/search") { return .json("{}") }
                guard request.path.hasSuffix("experiments/get") else { return nil }
                return .json(
                    #"{"experiment":{"experiment_id":"1","name":"explore-runs","lifecycle_stage":"\#(stage)"}}"#)
            }
            for _ in 0..<20 {
                tracker.clock.advance(by: 2_000)
                try await seen.pull(from: service, pageSize: 0)
            }
        }
        try await tick("active")
        #expect(tracker.server.requests.contains { $0.path.hasSuffix("experiments/get") })
        #expect(seen.runs.count == 1 && seen.experiments.count == 1)
        try await tick("deleted")
        #expect(seen.runs.isEmpty && seen.experiments.isEmpty)
    }

    @Test(arguments: [Int64.max, Int64.max - 1, -1, 5]) func `a series may end at any step`(last: Int64) async throws {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        tracker.fail { request in
            guard request.path.hasSuffix("get-history-bulk-interval") else { return nil }
            let points = [min(0, last), max(0, last)].map {
                #"{"key":"loss","value":1,"timestamp":1,"step":\#($0),"run_id":"a"}"#
            }
            return .json(#"{"metrics":[\#(points.joined(separator: ","))]}"#)
        }
        let series = try await tracker.connect().metricSeries(
            for: [MetricSeriesKey(run: RunID("a"), metric: "loss")], maxPoints: 2)
        #expect(series.first?.points.count == 2)
        #expect(series.first?.total ?? 0 >= 2)
    }

    @Test(arguments: [200, 206, 416]) func `a server may send a part of an artifact or all of it`(
        status: Int
    ) async throws {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        tracker.fail { request in
            if request.path.hasSuffix("artifacts/list") {
                return .json(#"{"files":[{"path":"train.log","is_dir":false,"file_size":10}]}"#)
            }
            guard request.path.hasSuffix("get-artifact") else { return nil }
            return switch status {
            case 206: .answer(206, "text/plain", headers: [("Content-Range", "bytes 4-6/10")], "456")
            case 416: .answer(416, "text/html", "<html>no such range</html>")
            default: .answer(200, "text/plain", "0123456789")
            }
        }
        let piece = try await tracker.connect().readLog("train.log", of: RunID("a"), offset: 4, length: 3)
        #expect(String(decoding: piece.bytes, as: UTF8.self) == (status == 416 ? "" : "456"))
        #expect(tracker.server.requests.last?["Range"] == "bytes=4-6")
    }

    @Test func `an answer from before an edit does not undo it`() throws {
        var replica = RunReplica()
        let now = Timestamp(milliseconds: 1_750_000_000_000)
        func run(tag: String) -> WireRun {
            WireRun(
                info: WireRunInfo(runID: "a", experimentID: "1", status: "FINISHED", startTime: 1),
                data: WireRunData(tags: [WireEntry(key: "quality", value: tag)]))
        }
        replica.take([run(tag: "old")], at: now)
        let asked = replica.version
        _ = replica.takeWritten(run(tag: "edited").record(experimentName: ""), at: now)
        func tag() -> String? { replica.runs[RunID("a")]?.run.tags.value(forKey: "quality") ?? nil }
        replica.take([run(tag: "old")], at: now, asked: asked)
        #expect(tag() == "edited")
        replica.take([run(tag: "newer")], at: now, asked: replica.version)
        #expect(tag() == "newer")
        replica.take([run(tag: "newest")], at: now)
        #expect(tag() == "newest")
    }

    @Test func `a supervisor does not wait for minutes because a proxy says so`() throws {
        let connection = try MLflowConnection(uri: "http://127.0.0.1:1", environment: ["HOME": "/"])
        #expect(try MLflowAPI(connection, .patient).transport.options.longestPause == 10)
        #expect(try MLflowAPI(connection, MLflowServer.Settings()).transport.options.longestPause == 300)
    }
}
