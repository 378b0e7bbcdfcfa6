import RunExecution
import RunModel
import RunServices
import SlurmCommands
import Testing

@testable import SlurmExecution

/// What a job means for its run, as `squeue` was seen to tell of it.
@Suite struct VerdictTests {
    private func job(
        _ state: String, _ reason: String = "", restarts: Int = 0, exit: String? = nil
    ) -> SlurmJob {
        var job = SlurmJob(id: 42, state: SlurmState(state))
        (job.reason, job.restarts, job.exit) = (reason, restarts, exit.flatMap { SlurmExit($0) })
        return job
    }

    private func verdict(
        _ job: SlurmJob?, of status: RunStatus, isHeard: Bool = false, hasStarted: Bool = true
    ) -> JobVerdict {
        JobVerdict(JobVerdict.Facts(status: status, isHeard: isHeard, hasStarted: hasStarted, key: "42"), job)
    }

    private func failure(_ verdict: JobVerdict) -> RunFailure? {
        if case .ended(.fail(let failure), _) = verdict { failure } else { nil }
    }

    @Test(
        arguments: [
            ("TIMEOUT", "TimeLimit", nil, "TIMEOUT (TimeLimit): it reached its time limit"),
            ("NODE_FAIL", "NodeDown", nil, "NODE_FAIL (NodeDown): its node failed"),
            ("OUT_OF_MEMORY", "", "0:125", "OUT_OF_MEMORY: it used more memory than it asked for"),
            ("PREEMPTED", "", "0:15", "PREEMPTED: another job took its place"),
            ("DEADLINE", "DeadLine", nil, "DEADLINE (DeadLine): it could not end before its deadline"),
            ("BOOT_FAIL", "", nil, "BOOT_FAIL: its node did not start"),
            ("FAILED", "NonZeroExitCode", "3:0", "FAILED (NonZeroExitCode): its script ended with status 3"),
            ("FAILED", "JobLaunchFailure", "0:11", "FAILED (JobLaunchFailure): its script was killed by signal 11"),
            (
                "FAILED", "JobLaunchFailure", "0:53",
                "FAILED (JobLaunchFailure): the output file cannot be written, or the directory is not there"
            ),
        ] as [(String, String, String?, String)])
    func keepsSlurmsWord(_ state: String, _ reason: String, _ exit: String?, _ words: String) {
        for status in [RunStatus.running, .notResponding, .paused, .finalizing] {
            let verdict = verdict(job(state, reason, exit: exit), of: status)
            #expect(failure(verdict) == RunFailure(code: state, message: "Slurm ended job 42: \(words)."))
            #expect(verdict == .ended(.fail(failure(verdict) ?? RunFailure()), state: words))
        }
    }

    @Test func endsAsCanceledWhatWasCancelled() {
        #expect(verdict(job("CANCELLED by 1000"), of: .running) == .ended(.canceled, state: "CANCELLED by 1000"))
        #expect(
            verdict(job("CANCELLED", "Resources"), of: .queued, hasStarted: false)
                == .ended(.canceled, state: "CANCELLED (Resources)"))
        // Whatever the command made of its order.
        for word in ["COMPLETED", "FAILED", "TIMEOUT", "NODE_FAIL"] {
            #expect(verdict(job(word), of: .cancelRequested) == .ended(.canceled, state: job(word).stateWords))
        }
    }

    @Test func believesACompletionOnlyOfWhatBegan() {
        #expect(verdict(job("COMPLETED"), of: .running) == .ended(.complete, state: "COMPLETED"))
        #expect(
            failure(verdict(job("COMPLETED"), of: .queued, hasStarted: false))?.message?.contains("before the command")
                == true)
        let early = failure(verdict(job("FAILED", exit: "127:0"), of: .queued, hasStarted: false))
        #expect(
            early?.message
                == "Slurm ended job 42: FAILED: its script ended with status 127, before the command was started; "
                + "the job's output says why.")
    }

    /// The controller takes a node for dead that it cannot reach, and what runs there may live.
    @Test func prefersTheWordOfASupervisorThatIsHeard() {
        for word in ["NODE_FAIL", "BOOT_FAIL"] {
            #expect(verdict(job(word), of: .running, isHeard: true) == .leaveAlone)
        }
        #expect(verdict(nil, of: .running, isHeard: true) == .leaveAlone)
        #expect(verdict(job("PENDING", "BeginTime", restarts: 1), of: .running, isHeard: true) == .leaveAlone)
        // A job whose script is gone has no supervisor that could speak later.
        #expect(failure(verdict(job("TIMEOUT"), of: .running, isHeard: true))?.code == "TIMEOUT")
    }

    @Test(arguments: ["RUNNING", "COMPLETING", "CONFIGURING", "SUSPENDED", "RESIZING", "SOMETHING_NEW"])
    func leavesAloneWhatGoesOn(_ word: String) {
        for status in [RunStatus.queued, .running, .notResponding, .cancelRequested] {
            #expect(verdict(job(word), of: status) == .leaveAlone)
        }
    }

    @Test(arguments: [
        ("Resources", "Resources: it waits for free nodes"),
        ("JobHeldUser", "JobHeldUser: it is held, until `scontrol release`"),
        ("PartitionConfig", "PartitionConfig: it asks for more than its partition has, so it will not start as it is"),
        (
            "DependencyNeverSatisfied",
            "DependencyNeverSatisfied: it never starts, since the job it depends on did not end as it should"
        ),
        ("AssocGrpCpuLimit", "AssocGrpCpuLimit: a limit of its account is reached"),
        (
            "Nodes required for job are DOWN, DRAINED or reserved",
            "Nodes required for job are DOWN, DRAINED or reserved"
        ),
        ("", "PENDING: Slurm has not looked at it yet"),
    ]) func saysWhyAJobWaits(_ reason: String, _ words: String) {
        #expect(verdict(job("PENDING", reason), of: .queued, hasStarted: false) == .waits(words))
    }

    @Test func takesARequeuedRunBack() {
        let waiting = job("PENDING", "BeginTime", restarts: 1)
        #expect(verdict(waiting, of: .notResponding) == .requeued("requeued: BeginTime: it waits for its begin time"))
        // Its start time is in the future, and it does not run whatever it says.
        #expect(verdict(waiting, of: .queued) == .waits("BeginTime: it waits for its begin time"))
        #expect(
            verdict(waiting, of: .cancelRequested)
                == .ended(.canceled, state: "BeginTime: it waits for its begin time"))
    }

    @Test func saysThatNothingTellsTheEndOfAForgottenJob() {
        #expect(failure(verdict(nil, of: .notResponding))?.code == "JobForgotten")
        #expect(failure(verdict(nil, of: .queued, hasStarted: false))?.code == "JobForgotten")
        #expect(verdict(nil, of: .cancelRequested) == .ended(.canceled, state: "no longer known to Slurm"))
    }

    @Test func leavesAloneWhatIsOver() {
        for status in [RunStatus.completed, .failed, .canceled] {
            #expect(verdict(job("TIMEOUT"), of: status) == .leaveAlone)
            #expect(verdict(nil, of: status) == .leaveAlone)
        }
    }

    private struct Cause {
        var job: SlurmJob
        var restarts = 0
        var words: String?
    }

    /// What the supervisor makes of a SIGTERM: Slurm says COMPLETING of every job that it ends.
    @Test func tellsWhyASupervisorIsEnded() throws {
        var preempted = job("COMPLETING")
        preempted.preemptedAt = Timestamp(milliseconds: 1)
        let causes = [
            Cause(job: job("COMPLETING"), words: "CANCELLED"),
            Cause(job: job("COMPLETING", "TimeLimit"), words: "TIMEOUT (TimeLimit): it reached its time limit"),
            Cause(job: job("COMPLETING", "NodeDown"), words: "NODE_FAIL (NodeDown): its node failed"),
            Cause(job: preempted, words: "PREEMPTED: another job took its place"),
            Cause(job: job("TIMEOUT", "TimeLimit"), words: "TIMEOUT (TimeLimit): it reached its time limit"),
            Cause(job: job("COMPLETING", restarts: 1), words: "requeued"),
            Cause(job: job("PENDING", "BeginTime", restarts: 2), restarts: 1, words: "requeued"),
            // `sbatch --signal=B:TERM@60`, or somebody's kill: no end.
            Cause(job: job("RUNNING"), words: nil), Cause(job: job("RUNNING", restarts: 1), restarts: 1, words: nil),
            Cause(job: job("SUSPENDED"), words: nil),
        ]
        for cause in causes {
            let found = SlurmNode.cause(of: cause.job, restarts: cause.restarts, key: "42")
            #expect(found?.words == cause.words)
            switch found?.outcome {
            case .canceled: #expect(cause.words == "CANCELLED")
            case .queued: #expect(cause.words == "requeued")
            case .failed(let failure): #expect(failure.message == "Slurm ended job 42: \(found?.words ?? "").")
            case nil: #expect(cause.words == nil)
            }
        }
    }

    @Test func anArrayEndsAsItsTasksDid() {
        #expect(ArrayParent.end(of: [.completed, .completed]) == .complete)
        #expect(ArrayParent.end(of: [.completed, .canceled]) == .canceled)
        #expect(
            ArrayParent.end(of: [.canceled, .failed, .completed])
                == .fail(RunFailure(code: "TasksFailed", message: "1 of 3 tasks failed.")))
    }
}
