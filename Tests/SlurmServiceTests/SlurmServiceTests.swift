import Foundation
import RunModel
import RunServices
import SlurmCommands
import SlurmService
import TestSupport
import Testing

/// Against a real Slurm.
@Suite struct SlurmServiceTests {
    @Test func aJobIsARun() async throws {
        let cluster = try await Cluster()
        let service = try cluster.open()
        let output = cluster.place.path + "/%x-%j.txt"
        let id = try await cluster.submit(
            "echo hello; echo oops >&2; exec sleep 1000",
            ["-J", "train", "-t", "10", "-e", cluster.place.path + "/err"],
            output: output)
        let run = try await service.run(id, is: [.running])
        #expect(run.name == "train" && run.experimentName == "main" && run.user == NSUserName())
        #expect(run.tags.value(forKey: "nodes") == "localhost" && run.params.value(forKey: "limit") == "0:10:00")
        #expect(run.startedAt != nil && run.endedAt == nil)
        let details = try await eventually("both logs are there") {
            let details = try await service.details(of: id)
            return details.logs.count == 2 && details.logs.allSatisfy { $0.size > 0 } ? details : nil
        }
        #expect(details.logs.map(\.name) == ["train-\(id).txt", "err"])
        #expect(details.remarks?.contains { $0.hasPrefix("Its time limit ends it in") } == true)
        let log = try await service.readLog("train-\(id).txt", of: id, offset: 0, length: 100)
        #expect(String(decoding: log.bytes, as: UTF8.self) == "hello\n")
        let end = try await service.readLog("err", of: id, offset: -3, length: 100)
        #expect(String(decoding: end.bytes, as: UTF8.self) == "ps\n" && end.offset == 2 && end.size == 5)
        let none = await #expect(throws: RunServiceError.self) {
            try await service.readLog("../err", of: id, offset: 0, length: 1)
        }
        #expect(none?.code == .notFound)
        #expect(try await service.cancel(id, includingDescendants: false).map(\.id) == [id])
        let canceled = try await service.run(id, is: [.canceled])
        #expect(canceled.endedAt != nil)
        // The log outlives the job.
        #expect(try await service.readLog("err", of: id, offset: 0, length: 4).bytes.count == 4)
        let refused = await #expect(throws: RunServiceError.self) {
            try await service.cancel(id, includingDescendants: false)
        }
        #expect(refused?.code == .conflict)
    }

    @Test func anArrayIsATree() async throws {
        let cluster = try await Cluster()
        let service = try cluster.open()
        let id = try await cluster.submit(
            "[ $SLURM_ARRAY_TASK_ID = 0 ] && exit 4; echo $SLURM_ARRAY_TASK_ID; exec sleep 1000",
            ["-J", "sweep", "--array=0-9%2"], output: cluster.place.path + "/%A-%a.out")
        let parent = try await eventually("a task failed and two run") {
            let children = try await service.children(of: id, recursive: true, matching: nil)
            let statuses = children.map(\.status)
            guard statuses.contains(.failed), statuses.count(where: { $0 == .running }) == 2 else { return nil as Run? }
            return try await service.run(id)
        }
        #expect(parent.status == .running && parent.name == "sweep" && parent.parentID == nil)
        #expect(parent.tags.value(forKey: "waiting").flatMap { $0 }?.hasPrefix("3-9") == true)
        let children = try await service.children(of: id, recursive: false, matching: nil)
        #expect(children.map(\.id.text) == (0...2).map { "\(id)_\($0)" })
        #expect(children.allSatisfy { $0.parentID == id && $0.rootID == id })
        #expect(children[0].failure?.code == "FAILED" && children[0].failure?.message?.contains("status 4") == true)
        let task = RunID("\(id)_1")
        let log = try await eventually("its log is there") {
            try await service.details(of: task).logs.first { $0.size > 0 }
        }
        #expect(log.name == "\(id)-1.out")
        // Alone, the tasks that wait; then all.
        _ = try await service.cancel(id, includingDescendants: false)
        #expect(try await service.run(task, is: [.running, .canceled]).status == .running)
        let all = try await service.cancel(id, includingDescendants: true)
        #expect(Set(all.map(\.id)) == [id, task, RunID("\(id)_2")])
        _ = try await service.run(task, is: [.canceled])
        let ended = try await service.run(id, is: [.failed])
        #expect(ended.failure?.message?.contains("1 FAILED") == true)
    }

    @Test func jobsAreHeldReleasedAndRequeued() async throws {
        let cluster = try await Cluster()
        let service = try cluster.open()
        let id = try await cluster.submit("exec sleep 1000", ["-H", "--requeue"])
        let held = try await service.run(id, is: [.queued])
        #expect(held.tags.value(forKey: "reason") == "JobHeldUser")
        #expect(try await service.details(of: id).remarks?.first?.contains("it is held") == true)
        #expect(try await service.give(.release, to: id).first?.tags.value(forKey: "reason") != "JobHeldUser")
        _ = try await service.run(id, is: [.running])
        let refused = await #expect(throws: RunServiceError.self) { try await service.give(.hold, to: id) }
        #expect(refused?.code == .conflict)
        _ = try await service.give(.requeue, to: id)
        // It waits again, with a start in the future, which is none.
        let again = try await service.run(id, is: [.queued])
        #expect(again.startedAt == nil && again.tags.value(forKey: "restarts") == "1")
        #expect(try await service.give(.hold, to: id).first?.status == .queued)
        #expect(try await service.cancel(id, includingDescendants: false).first?.status == .canceled)
    }

    @Test func wordsThatMislead() async throws {
        let cluster = try await Cluster()
        let service = try cluster.open()
        let crash = try await cluster.submit("kill -SEGV $$")
        let unwritable = try await cluster.submit("true", output: "/nowhere/at/all")
        let impossible = try await cluster.submit("true", ["-c", "99"])
        let first = try await cluster.submit("exit 1", ["-H"])
        let after = try await cluster.submit("true", ["-d", "afterok:\(first)"])
        _ = try await service.run(first, is: [.queued])
        _ = try await service.cancel(first, includingDescendants: false)
        #expect(try await service.run(crash, is: [.failed]).failure?.message?.contains("signal 11") == true)
        let remarks = try await service.details(of: crash).remarks ?? []
        #expect(remarks.contains { $0.contains("failure to launch") })
        #expect(
            try await service.run(unwritable, is: [.failed]).failure?.message?.contains("cannot be written") == true)
        #expect(try await service.details(of: impossible).remarks?.first?.contains("will not start") == true)
        _ = try await eventually("the dependent job never starts") {
            let run = try await service.run(after)
            return run?.tags.value(forKey: "reason") == "DependencyNeverSatisfied" ? true : nil
        }
        #expect(try await service.details(of: after).remarks?.first?.contains("never starts") == true)
        for id in [impossible, after] { _ = try await service.cancel(id, includingDescendants: false) }
        let canceled = try #require(try await service.run(first))
        #expect(canceled.startedAt == nil && canceled.endedAt != nil, "it was cancelled while it waited")
    }
}
