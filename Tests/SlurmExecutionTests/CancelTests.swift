import RunModel
import RunServices
import SlurmExecution
import TestSupport
import Testing

/// A cancel from anywhere ends the job, and arrays are runs with children.
@Suite struct CancelTests {
    @Test func aPendingJobLeavesTheQueue() async throws {
        let stage = try await JobStage()
        let id = try await stage.submit("echo never", options: "-c1 -H")
        try await stage.call("cancel -r \(id)")
        #expect(try await stage.run(id).status == .canceled)
        #expect(try await stage.state(try await stage.job(of: id)) == "CANCELLED")
    }

    @Test func aRunningOneIsEndedByItsSupervisor() async throws {
        let stage = try await JobStage()
        let id = try await stage.submit("trap \"echo saved; exit 0\" TERM; echo ready; while :; do sleep 0.1; done")
        let run = try await stage.ready(id)
        try await stage.call("cancel -r \(id) --wait")
        #expect(try await stage.run(id).status == .canceled)
        #expect(try await stage.log(of: id).contains("saved"))
        _ = try await eventually("a job that is over") {
            ["FAILED", "COMPLETED", "CANCELLED"].contains(try await stage.state(run.slurmJob ?? "")) ? true : nil
        }
    }

    /// From where there is no Slurm only the run is cancelled; a dashboard beside Slurm sees to the job.
    @Test func aCancelFromElsewhereReachesTheQueue() async throws {
        let stage = try await JobStage()
        let id = try await stage.submit("echo never", options: "-c1 -H")
        try await stage.service.cancel(id, includingDescendants: false)
        let job = try await stage.job(of: id)
        let watch = stage.watch()
        _ = try await eventually("a job that is cancelled") {
            await watch.look(after: try await stage.service.changes(in: .all, since: nil, pageSize: 100))
            return try await stage.state(job) == "CANCELLED" ? true : nil
        }
    }

    private func tasks(of parent: RunID, _ stage: JobStage) async throws -> [Run] {
        try await stage.service.children(of: parent, recursive: false, matching: nil).sorted { $0.name < $1.name }
    }

    @Test func anArrayIsAParentWithARunForEachTask() async throws {
        let stage = try await JobStage()
        let id = try await stage.submit(
            "echo task $SLURM_ARRAY_TASK_ID; [ $SLURM_ARRAY_TASK_ID != 2 ]", exec: "--name sweep --array 0-3%2")
        let parent = try await stage.end(id)
        #expect(parent.status == .failed && parent.failure?.message == "1 of 4 tasks failed.")
        let children = try await tasks(of: id, stage)
        #expect(children.map(\.name) == ["sweep [0]", "sweep [1]", "sweep [2]", "sweep [3]"])
        #expect(children.map(\.status) == [.completed, .completed, .failed, .completed])
        let job = try #require(parent.slurmJob)
        for (number, child) in children.enumerated() {
            #expect(child.slurmJob == "\(job)_\(number)" && child.tags.value(forKey: Run.slurmTaskTag) == "\(number)")
            #expect(try await stage.log(of: child.id) == "task \(number)\n")
        }
    }

    @Test func anArrayIsCancelledWithItsChildren() async throws {
        let stage = try await JobStage()
        let id = try await stage.submit("echo ready; exec sleep 1000", exec: "--array 0-9%1")
        let first = try #require(try await tasks(of: id, stage).first)
        _ = try await stage.ready(first.id)
        try await stage.call("cancel -r \(id) --children --wait")
        #expect(try await tasks(of: id, stage).allSatisfy { $0.status == .canceled })
        #expect(try await stage.run(id).status == .canceled)
        let job = try await stage.job(of: id)
        _ = try await eventually("an empty queue") {
            try await stage.slurm.run("squeue -h -j \(job) || true").contains(" \(job)_") ? nil : true
        }
    }

    /// No dashboard is open that could do it later.
    @Test func theCancelOfTheLastTaskEndsTheArray() async throws {
        let stage = try await JobStage()
        let id = try await stage.submit("echo never", options: "-c1 -H", exec: "--array 2,4")
        for task in try await tasks(of: id, stage) {
            #expect(try await !stage.run(id).status.isTerminal)
            try await stage.call("cancel -r \(task.id)")
        }
        #expect(try await stage.run(id).status == .canceled)
    }

    /// One task that somebody cancels is one run that is canceled; the others go on.
    @Test func aTaskThatSomebodyCancelsIsTold() async throws {
        let stage = try await JobStage()
        let id = try await stage.submit("echo never", options: "-c1 -H", exec: "--array 5,6")
        let children = try await tasks(of: id, stage)
        try await stage.slurm.run("scancel \(children[0].slurmJob ?? "0")")
        let end = try await stage.watched(children[0].id) { $0.status.isTerminal }
        #expect(end.status == .canceled, "\(end)")
        #expect(try await stage.run(children[1].id).status == .queued)
        #expect(try await !stage.run(id).status.isTerminal)
        try await stage.slurm.run("scontrol release \(children[1].slurmJob ?? "0")")
        #expect(try await stage.end(children[1].id).status == .completed)
        #expect(try await stage.end(id).status == .canceled)
    }
}
