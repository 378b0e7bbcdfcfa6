import MLflowService
import RunModel
import RunServices
import TestSupport
import Testing

/// Runs that change again and again, more often than it is worth remembering.
struct ManyChangesTests {
    @Test func `whoever follows and whoever comes back late see the same`() async throws {
        let tracker = try FaultyTracker()
        let service = try tracker.connect()
        let ids = (0..<50).map { "r\($0)" }
        for id in ids { tracker.set(id, tag: "0") }
        var following = ChangeReplica()
        try await following.catchUp(with: service)
        let late = following
        for round in 1...60 {
            // The last one changes once only, long before the end.
            if round == 30 { tracker.set("r0", nil) }
            for id in ids.dropFirst(round < 30 ? 0 : 1).dropLast(round > 1 ? 1 : 0) { tracker.set(id, tag: "\(round)") }
            tracker.clock.advance(by: 2_000)
            let batch = try await following.pull(from: service, pageSize: 0)
            #expect(batch.runs.count <= 50)
        }
        var back = late
        let batch = try await back.pull(from: service, pageSize: 0)
        #expect(Set(batch.runs.map(\.id)).count == batch.runs.count)
        #expect(back.runs == following.runs)
        #expect(back.experiments == following.experiments)
        #expect(back.runs[RunID("r49")]?.tags.value(forKey: "quality") == "1")
        #expect(back.runs[RunID("r1")]?.tags.value(forKey: "quality") == "60")

        var anew = ChangeReplica()
        try await anew.catchUp(with: try tracker.connect())
        #expect(anew.runs == following.runs)
        #expect(anew.experiments == following.experiments)
    }
}
