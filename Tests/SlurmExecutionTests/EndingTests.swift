import Glibc
import RunModel
import RunServices
import SlurmExecution
import TestSupport
import Testing

/// Ends that Slurm brings about, told by the supervisor where it can and by the watch where it cannot.
@Suite struct EndingTests {
    @Test func scancelGivesTheCommandItsGrace() async throws {
        let stage = try await JobStage()
        let id = try await stage.submit("trap \"echo saved; exit 0\" TERM; echo ready; while :; do sleep 0.1; done")
        let run = try await stage.ready(id)
        try await stage.slurm.run("scancel \(run.slurmJob ?? "0")")
        let end = try await stage.end(id)
        #expect(end.status == .canceled && end.slurmState == "CANCELLED", "\(end)")
        #expect(try await stage.log(of: id).contains("saved"))
    }

    @Test func scancelEndsWhatIgnoresIt() async throws {
        let stage = try await JobStage()
        let id = try await stage.submit("trap \"\" TERM; echo ready $$; while :; do sleep 0.1; done")
        let run = try await stage.ready(id)
        let pid = try #require(Int32(try await stage.log(of: id).dropFirst(6).prefix { $0.isNumber }))
        try await stage.slurm.run("scancel \(run.slurmJob ?? "0")")
        let end = try await stage.end(id)
        #expect(end.status == .canceled && end.slurmState == "CANCELLED", "\(end)")
        #expect(kill(pid, 0) != 0)
    }

    @Test func aTimeLimitIsSlurmsWord() async throws {
        let stage = try await JobStage()
        let id = try await stage.submit(
            "trap \"exit 0\" TERM; echo ready; while :; do sleep 0.1; done", options: "-c1 -t 1")
        _ = try await stage.ready(id)
        // Looked for once a minute: it comes after 60 to 120 s.
        try await stage.slurm.run("sleep 55")
        let end: Run
        do { end = try await stage.end(id) } catch { end = try await stage.end(id) }
        #expect(end.status == .failed && end.failure?.code == "TIMEOUT")
        #expect(end.failure?.message?.contains("TIMEOUT (TimeLimit): it reached its time limit") == true)
    }

    /// `sbatch --signal` warns of an end that is yet to come.
    @Test func aWarningGoesThroughAndEndsNothing() async throws {
        let stage = try await JobStage()
        let id = try await stage.submit("trap \"echo warned\" TERM; echo ready; while :; do sleep 0.1; done")
        let run = try await stage.ready(id)
        try await stage.slurm.run("scancel -b -s TERM \(run.slurmJob ?? "0")")
        _ = try await eventually("a warning") { try await stage.log(of: id).contains("warned") ? true : nil }
        #expect(try await stage.run(id).status == .running)
        try await stage.call("cancel -r \(id) --now --wait")
    }

    @Test func preemptionIsSlurmsWord() async throws {
        let slurm = try await SlurmInstance(
            SlurmInstance.Options(cores: 2, lines: ["PreemptType=preempt/partition_prio", "PreemptMode=CANCEL"]))
        try await slurm.run("scontrol update PartitionName=night PriorityTier=10")
        let stage = try await JobStage(slurm)
        let id = try await stage.submit("echo ready; exec sleep 1000", options: "-c2")
        _ = try await stage.ready(id)
        try await slurm.run("sbatch -p night -c2 -o /dev/null --wrap 'exec sleep 1'")
        let end = try await stage.end(id)
        #expect(end.status == .failed && end.failure?.code == "PREEMPTED", "\(end)")
    }

    @Test func aRequeuedRunGoesOn() async throws {
        let stage = try await JobStage()
        let mark = stage.place.path + "/second"
        let id = try await stage.submit(
            "echo ready; if [ -e \(mark) ]; then exit 0; fi; touch \(mark); exec sleep 1000", options: "-c1 --requeue")
        let run = try await stage.ready(id)
        let job = run.slurmJob ?? "0"
        try await stage.slurm.run("scontrol requeue \(job)")
        let waiting = try await eventually("a run that waits again") {
            let run = try await stage.run(id)
            return run.status == .queued ? run : nil
        }
        #expect(waiting.slurmState == "requeued" && waiting.endedAt == nil)
        let told = try await stage.watched(id) { $0.slurmState != "requeued" }
        #expect(told.status == .queued && told.slurmState == "BeginTime: it waits for its begin time")
        try await stage.slurm.run("scontrol update JobId=\(job) StartTime=now")
        let end = try await stage.end(id)
        #expect(end.status == .completed && end.tags.value(forKey: Run.slurmAttemptTag) == "2")
        #expect(try await stage.log(of: id).contains("this is attempt 2"))
    }

    /// The supervisor is killed, and a dashboard has Slurm's word.
    @Test func theWatchTellsWhatNoSupervisorCould() async throws {
        let stage = try await JobStage()
        let id = try await stage.submit("echo ready; exec sleep 1000")
        _ = try await stage.ready(id)
        try await stage.slurm.run("kill -9 $(pgrep -f '[e]xec-job.*\(id)')")
        let end = try await stage.watched(id) { $0.status.isTerminal }
        #expect(end.status == .failed && end.failure?.code == "FAILED", "\(end)")
        #expect(end.slurmState?.contains("killed by signal 9") == true)
    }

    @Test func aNodeThatFailsIsSlurmsWord() async throws {
        let stage = try await JobStage(try await SlurmInstance())
        let id = try await stage.submit("echo ready; exec sleep 1000", options: "-c1 --no-requeue")
        _ = try await stage.ready(id)
        try await stage.slurm.run("scontrol update NodeName=localhost State=DOWN Reason=test")
        let end = try await stage.watched(id) { $0.status.isTerminal }
        #expect(end.status == .failed && end.failure?.code == "NODE_FAIL", "\(end)")
    }

    @Test func aPendingJobThatSomebodyCancelsEndsItsRun() async throws {
        let stage = try await JobStage()
        let id = try await stage.submit("echo never", options: "-c1 -H")
        let held = try await stage.run(id)
        #expect(held.status == .queued && held.slurmState == "JobHeldUser: it is held, until `scontrol release`")
        try await stage.slurm.run("scancel \(held.slurmJob ?? "0")")
        let end = try await stage.watched(id) { $0.status.isTerminal }
        #expect(end.status == .canceled && end.slurmState?.hasPrefix("CANCELLED") == true)
    }

    @Test func aJobThatNeverStartsSaysWhy() async throws {
        let stage = try await JobStage()
        let impossible = try await stage.submit("echo never", options: "-c 99")
        let told = try await stage.watched(impossible) { $0.slurmState?.hasPrefix("PENDING") == false }
        #expect(told.status == .queued && told.slurmState?.hasPrefix("PartitionConfig: ") == true, "\(told)")
        let first = try await stage.submit("echo never", options: "-c1 -H")
        let second = try await stage.submit(
            "echo never", options: "-c1 -d afterok:\(try await stage.job(of: first))")
        try await stage.call("cancel -r \(first)")
        let waiting = try await stage.watched(second) { $0.slurmState?.hasPrefix("DependencyNeverSatisfied") == true }
        #expect(waiting.status == .queued)
        try await stage.call("cancel -r \(second) -r \(impossible)")
    }

    @Test func aForgottenJobIsSaidToBeForgotten() async throws {
        let slurm = try await SlurmInstance(SlurmInstance.Options(memory: 2))
        let stage = try await JobStage(slurm)
        let id = try await stage.submit("echo never", options: "-c1 -H")
        let job = try await stage.job(of: id)
        try await slurm.run("scancel \(job)")
        _ = try await eventually("a job that is forgotten") { try await stage.state(job).isEmpty ? true : nil }
        let end = try await stage.watched(id) { $0.status.isTerminal }
        #expect(end.status == .failed && end.failure?.code == "JobForgotten")
    }

    /// Whoever may write tags can name any job.
    @Test func anotherRunsJobIsNotTouched() async throws {
        let stage = try await JobStage()
        let id = try await stage.submit("echo ready; exec sleep 1000")
        let run = try await stage.ready(id)
        var tags = Tags([(Run.slurmJobTag, run.slurmJob)])
        for key in [Run.slurmClusterTag, Run.slurmUserTag] {
            tags.set(run.machineTags.value(forKey: key) ?? nil, forKey: key)
        }
        let forged = try await stage.service.createRun(RunDraft(experimentName: "jobs", tags: tags))
        try await stage.call("cancel -r \(forged.id)")
        let watch = stage.watch()
        for _ in 0..<3 {
            await watch.look(after: try await stage.service.changes(in: .all, since: nil, pageSize: 100))
        }
        #expect(try await stage.state(run.slurmJob ?? "") == "RUNNING")
        #expect(try await stage.run(id).status == .running)
        try await stage.call("cancel -r \(id) --wait")
        #expect(try await stage.run(id).status == .canceled)
    }
}
