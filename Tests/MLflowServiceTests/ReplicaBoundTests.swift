import MLflowWire
import RemotePolling
import RunModel
import RunServices
import Synchronization
import TestSupport
import Testing

@testable import MLflowMeaning
@testable import MLflowService

/// What is kept of a server with very much in it, and which of it is asked about when.
struct ReplicaBoundTests {
    private let now = Timestamp(milliseconds: 1_750_000_000_000)

    private func run(_ index: Int, _ status: String = "RUNNING") -> WireRun {
        WireRun(
            info: WireRunInfo(
                runID: "r\(index)", experimentID: "\(index % 50)", status: status, startTime: Int64(1 + index)))
    }

    @Test func `of many active runs the newest are asked about every other time, the others in turn`() {
        var replica = RunReplica()
        replica.take((0..<290).map { run($0) }, at: now)
        replica.progress[.all] = ScopeProgress()
        var asked: [[String]] = []
        for _ in 0..<110 {
            replica.progress[.all]?.ticks += 1
            asked.append(replica.nextActive(in: .all))
        }
        let newest = (268..<290).map { "r\($0)" }
        #expect(asked.allSatisfy { $0.count == 16 && Set($0).count == 16 })
        for pair in zip(asked, asked.dropFirst()) { #expect(Set(pair.0 + pair.1).isSuperset(of: newest)) }
        // 5 others at a time.
        #expect(Set(asked.prefix(55).flatMap(\.self)).count == 290)
        // As the pace says, from any tick on.
        let round = ScopeProgress.activeRound(of: replica.activeCount(in: .all))
        #expect(round == 54)
        for start in 0..<54 { #expect(Set(asked[start..<(start + round)].flatMap(\.self)).count == 290) }
        #expect(ScopeProgress.activeRound(of: 25) == 1)
        #expect(replica.activeCount(in: .experiment(ExperimentID("3"))) == 6)
    }

    @Test func `a few active runs are all asked about, and only those of the scope`() {
        var replica = RunReplica()
        replica.take((0..<40).map { run($0) } + (40..<80).map { run($0, "FINISHED") }, at: now)
        #expect(replica.nextActive(in: .experiment(ExperimentID("3")), count: 25) == ["r3"])
        #expect(replica.nextActive(in: .all, count: 40).count == 40)
    }

    @Test func `where very many runs are active, rounds of the slow walk do not follow upon each other`() {
        var replica = RunReplica()
        replica.take((0..<290).map { run($0) }, at: now)
        replica.progress[.all] = ScopeProgress()
        var rounds: [Int] = []
        for tick in 1...40 {
            replica.progress[.all]?.ticks = tick
            if replica.beginWalk(in: .all, count: 45, room: 2) != nil { rounds.append(tick) }
        }
        #expect(rounds == [1, 13, 25, 37])
    }

    @Test func `a reader who was away while very many runs went starts again`() throws {
        var replica = RunReplica()
        let before = replica.version
        for index in 0..<10_100 {
            replica.take([run(index)], at: now)
            replica.remove(RunID("r\(index)"))
        }
        let old = replica
        #expect(throws: RunServiceError.self) { try old.batch(in: .all, since: before) }
        #expect(try replica.batch(in: .all, since: replica.version).goneRuns == [])
    }

    @Test func `a service says so, and the reader gets everything again`() async throws {
        let tracker = try FaultyTracker()
        let service = try tracker.connect()
        tracker.set("a", tag: "good")
        var seen = ChangeReplica()
        try await seen.catchUp(with: service)
        let position = service.replica.withLock { $0.version }
        service.replica.withLock { replica in
            for index in 0..<10_100 {
                replica.take([run(index)], at: now)
                replica.remove(RunID("r\(index)"))
            }
        }
        #expect(position > 0)
        let error = await refusal { try await seen.pull(from: service, pageSize: 0) }
        #expect(error?.code == .invalid)
        var again = ChangeReplica()
        try await again.catchUp(with: service)
        #expect(again.runs.keys.map(\.text) == ["a"])
    }

    @Test func `parents that are missing are remembered up to a limit`() {
        var replica = RunReplica()
        func child(_ parent: Int) -> WireRun {
            WireRun(
                info: WireRunInfo(runID: "c\(parent)", experimentID: "1"),
                data: WireRunData(tags: [WireEntry(key: MLflowTag.parent, value: "p\(parent)")]))
        }
        replica.noteMissing((0..<10_001).map { "p\($0)" })
        #expect(replica.missingParents(of: [child(5)], besides: []) == [])
        replica.noteMissing(["p20000"])
        #expect(replica.missingParents(of: [child(5)], besides: []) == ["p5"])
        #expect(replica.missingParents(of: [child(20_000)], besides: []) == [])
    }
}
