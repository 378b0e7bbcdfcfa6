import HTTPTransport
import MLflowService
import RemotePolling
import RunModel
import RunServices
import TestSupport
import Testing

/// What a real server of 10,000 runs, three of them active, is asked while somebody watches it.
struct IdleTickTests {
    /// A dashboard at its usual pace, and what its questions cost.
    private struct Watcher {
        let server: MLflowTrackingServer
        let service: MLflowServer
        let clock = TestClock()
        var seen = ChangeReplica()
        /// Of the ticks so far.
        var bytes: [Int] = []

        init(_ server: MLflowTrackingServer) throws {
            self.server = server
            var settings = MLflowServer.Settings()
            settings.patience = 120_000
            let connection = try MLflowConnection(uri: server.address, environment: ["HOME": "/"])
            service = try MLflowServer(connection, settings: settings) { [clock] in clock.now }
        }

        mutating func tick() async throws -> ChangeBatch {
            clock.advance(by: 2_000)
            let before = service.traffic.bytes
            let batch = try await seen.pull(from: service, pageSize: 0)
            bytes.append(service.traffic.bytes - before)
            #expect(batch.cost?.bytes == bytes.last)
            return batch
        }

        /// Seconds of ticks, a minute's at most, until `isThere` says so; nil when it never does.
        mutating func wait(until isThere: (ChangeReplica) -> Bool) async throws -> Int? {
            for tick in 0..<30 {
                if isThere(seen) { return tick * 2 }
                _ = try await self.tick()
            }
            return isThere(seen) ? 60 : nil
        }

        /// What somebody else does meanwhile.
        func elsewhere(_ path: String, _ json: String) async throws {
            try await server.send(.post, "/api/2.0/mlflow/runs/" + path, json)
        }
    }

    @Test func `an idle tick costs at most 25 kB, and nothing that is seen goes stale`() async throws {
        let place = try TemporaryDirectory()
        let database = place.path + "/mlflow.db"
        try await MLflowSyntheticStore.makeDatabase(at: database, runs: 10_000)
        let server = try await MLflowTrackingServer(database: database, keeping: place)
        var watcher = try Watcher(server)
        try await watcher.seen.catchUp(with: watcher.service, pageSize: 1_000)
        #expect(watcher.seen.runs.count == 10_000)
        let newest = watcher.seen.runs.values.sorted { $0.createdAt > $1.createdAt }
        let active = newest.filter { $0.status.isActive }
        #expect(active.count == 3)

        for _ in 0..<15 {
            let batch = try await watcher.tick()
            #expect(batch.runs == [] && batch.goneRuns == [] && batch.experiments == [])
        }

        // What no question of time tells: an edit, a rename, a deletion, a clock that is slow. All on a screen of 22
        // rows. Runs of 4 kB, as these are, three of them active, leave room for two others in a tick.
        var seconds: [Int?] = []
        let edited = newest[21].id
        try await watcher.elsewhere("set-tag", #"{"run_id":"\#(edited)","key":"quality","value":"edited"}"#)
        seconds.append(try await watcher.wait { $0.runs[edited]?.tags.value(forKey: "quality") == "edited" })
        let renamed = newest[10].id
        try await watcher.elsewhere("update", #"{"run_id":"\#(renamed)","run_name":"renamed"}"#)
        seconds.append(try await watcher.wait { $0.runs[renamed]?.name == "renamed" })
        let deleted = newest[15].id
        try await watcher.elsewhere("delete", #"{"run_id":"\#(deleted)"}"#)
        seconds.append(try await watcher.wait { $0.runs[deleted] == nil })
        let late = watcher.clock.now.milliseconds - 600_000
        try await watcher.elsewhere("create", #"{"experiment_id":"1","run_name":"late","start_time":\#(late)}"#)
        seconds.append(try await watcher.wait { $0.runs.values.contains { $0.name == "late" } })
        #expect(seconds.allSatisfy { $0 ?? .max <= 30 }, "\(seconds)")
        #expect(watcher.bytes.allSatisfy { $0 <= 25_000 }, "\(watcher.bytes)")

        // The next tick for what runs do.
        let now = watcher.clock.now.milliseconds
        let metric = #""key":"loss","value":0.125,"timestamp":\#(now),"step":1000"#
        try await watcher.elsewhere("log-metric", #"{"run_id":"\#(active[0].id)",\#(metric)}"#)
        #expect(try await watcher.tick().runs.map(\.id).contains(active[0].id))
        #expect(watcher.seen.runs[active[0].id]?.metrics.value(forKey: "loss")?.value == .number(0.125))
        try await watcher.elsewhere(
            "update", #"{"run_id":"\#(active[1].id)","status":"FAILED","end_time":\#(now + 1_000)}"#)
        #expect(try await watcher.tick().runs.map(\.id).contains(active[1].id))
        #expect(watcher.seen.runs[active[1].id]?.status == .failed)
        try await watcher.server.send(.post, "/api/2.0/mlflow/experiments/create", #"{"name":"brand new"}"#)
        let start = watcher.clock.now.milliseconds
        try await watcher.elsewhere("create", #"{"experiment_id":"7","run_name":"elsewhere","start_time":\#(start)}"#)
        let batch = try await watcher.tick()
        #expect(batch.runs.contains { $0.name == "elsewhere" && $0.status == .running })
        #expect(batch.experiments.contains { $0.name == "brand new" })
    }
}
