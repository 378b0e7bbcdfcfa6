import MLflowService
import RemotePolling
import RunModel
import RunServices
import TestSupport
import Testing

/// Runs whose ancestors are not among the loaded ones.
struct LooseChildTests {
    @Test func `a child knows its root though neither it nor the parent is on a page that was read`() async throws {
        let workspace = try await MLflowTrackingServer.shared().makeWorkspace()
        let connection = try MLflowConnection(
            uri: try await MLflowTrackingServer.shared().address, environment: ["MLFLOW_WORKSPACE": workspace])
        let clock = TestClock()
        let writer = try MLflowServer(connection, settings: .patient) { clock.now }
        var family: [Run] = []
        for name in ["grandparent", "parent", "child"] {
            let draft = RunDraft(experimentName: "explore-runs", name: name, parentID: family.last?.id)
            // Strangers in between fill the pages; no two moments are the same, so the order is certain.
            clock.advance(by: 1_000)
            for index in 0..<3 {
                try await writer.createRun(RunDraft(experimentName: "other", name: "\(name) \(index)"))
            }
            clock.advance(by: 1_000)
            family.append(try await writer.createRun(draft))
        }
        let reader = try MLflowServer(connection, settings: .patient) { clock.now }
        let first = try await reader.changes(in: .all, since: nil, pageSize: 2)
        #expect(first.hasMore)
        let child = try #require(first.runs.first { $0.name == "child" })
        #expect(child.parentID == family[1].id)
        #expect(child.rootID == family[0].id)
        // They come along, so that the tree can be drawn.
        #expect(first.runs.filter { $0.experimentName == "explore-runs" }.count == 3)
        #expect(first.runs.count == 4)

        var whole = ChangeReplica()
        try await whole.catchUp(with: reader, pageSize: 2)
        #expect(whole.runs.count == 12)
        #expect(whole.runs[child.id] == child)
    }

    @Test func `an ancestor that is gone is the root, and asked about once`() async throws {
        let tracker = try FaultyTracker()
        for id in ["a", "b", "c"] {
            tracker.set(
                id,
                """
                {"info":{"run_id":"\(id)","experiment_id":"1","status":"FINISHED","start_time":1750000000000},
                "data":{"tags":[{"key":"mlflow.parentRunId","value":"lost"}]}}
                """)
        }
        let service = try tracker.connect()
        var seen = ChangeReplica()
        try await seen.catchUp(with: service)
        func questions() -> Int { tracker.server.requests.filter { $0.text.contains("'lost'") }.count }
        #expect(seen.runs.count == 3)
        #expect(seen.runs.values.allSatisfy { $0.parentID == RunID("lost") && $0.rootID == RunID("lost") })
        #expect(questions() == 1)
        for _ in 0..<3 {
            tracker.clock.advance(by: 2_000)
            try await seen.pull(from: service, pageSize: 0)
        }
        #expect(questions() == 1)

        // Whoever restores it gives the tree back.
        tracker.set("lost", tag: "found")
        tracker.clock.advance(by: 2_000)
        try await seen.pull(from: service, pageSize: 0)
        #expect(seen.runs[RunID("lost")]?.tags.value(forKey: "quality") == "found")
        #expect(seen.runs[RunID("a")]?.rootID == RunID("lost"))
    }

    @Test func `parents that go round in a ring end somewhere`() async throws {
        let tracker = try FaultyTracker()
        for (id, parent) in [("a", "b"), ("b", "c"), ("c", "a"), ("d", "d")] {
            tracker.set(
                id,
                """
                {"info":{"run_id":"\(id)","experiment_id":"1","status":"FINISHED","start_time":1750000000000},
                "data":{"tags":[{"key":"mlflow.parentRunId","value":"\(parent)"}]}}
                """)
        }
        var seen = ChangeReplica()
        try await seen.catchUp(with: try tracker.connect())
        #expect(seen.runs.mapValues(\.parentID) == ["a": "b", "b": "c", "c": "a", "d": nil].ids)
        #expect(seen.runs[RunID("d")]?.rootID == RunID("d"))
    }
}

extension [String: String?] {
    fileprivate var ids: [RunID: RunID?] {
        Dictionary<RunID, RunID?>(uniqueKeysWithValues: map { (RunID($0.key), $0.value.map { RunID($0) }) })
    }
}
