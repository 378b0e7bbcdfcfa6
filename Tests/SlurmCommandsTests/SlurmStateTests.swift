import RunModel
import SlurmCommands
import Testing

@Suite struct SlurmStateTests {
    @Test(arguments: [
        ("PENDING", RunStatus.queued), ("RUNNING", .running), ("CONFIGURING", .preparing), ("COMPLETING", .finalizing),
        ("SUSPENDED", .paused), ("COMPLETED", .completed), ("CANCELLED by 1000", .canceled), ("CANCELLED+", .canceled),
        ("TIMEOUT", .failed), ("NODE_FAIL", .failed), ("OUT_OF_MEMORY", .failed), ("PREEMPTED", .failed),
        ("REQUEUE_HOLD", .queued), ("RUNNING,COMPLETING", .running), ("TELEPORTED", .unknown("TELEPORTED")),
    ])
    func meaning(text: String, status: RunStatus) { #expect(SlurmState(text).runStatus == status) }

    @Test func whatSlurmAddsIsKept() {
        #expect(SlurmState("CANCELLED by 1000").detail == "by 1000")
        #expect(SlurmState("CANCELLED by 1000").word == "CANCELLED")
    }

    @Test func anUnknownWordIsNotOver() { #expect(!SlurmState("TELEPORTED").isOver) }

    @Test(arguments: [
        ("0-5%2", [0, 1, 2, 3, 4, 5]), ("1,3,7-9", [1, 3, 7, 8, 9]), ("0-10:5", [0, 5, 10]), ("[2-3]", [2, 3]),
        ("4", [4]),
        ("1-3,...", [1, 2, 3]),
    ])
    func tasks(text: String, numbers: [Int]) { #expect(SlurmArrayTask(text)?.numbers() == numbers) }

    @Test func hugeListsAreCutOff() {
        #expect(SlurmArrayTask("0-9223372036854775807")?.numbers(limit: 10).count == 10)
        #expect(SlurmArrayTask("9223372036854775806-9223372036854775807")?.numbers(limit: 10).count == 2)
    }

    @Test(arguments: ["", "N/A", "(null)", "4294967294"])
    func noTask(text: String) { #expect(SlurmArrayTask(text) == nil) }

    @Test func aGuessedStartIsNone() {
        var job = SlurmJob(id: 3, state: SlurmState("PENDING"))
        job.startsAt = Timestamp(milliseconds: 1)
        #expect(job.startedAt == nil)
        job.state = SlurmState("CANCELLED")
        #expect(job.startedAt == nil, "a job that was cancelled while it waited gets a start time too")
        job.nodes = "n1"
        #expect(job.startedAt == job.startsAt)
    }

    @Test(arguments: [
        ("/o/%j_%x_%u_%N.txt", "/o/12_train_ana_gpu01.txt"), ("/o/%A_%a.txt", "/o/7_3.txt"), ("/o/%5j%%", "/o/00012%"),
        ("/o/slurm-%A_%4a.out", "/o/slurm-7_0003.out"), ("/w/slurm-12.out", "/w/slurm-7_3.out"),
        ("/o/%s-%t-%n", "/o/batch-0-0"),
    ])
    func outputs(pattern: String, path: String) {
        var job = SlurmJob(id: 12, state: SlurmState("RUNNING"))
        (job.arrayJob, job.arrayTask, job.name, job.user, job.nodes) = (7, .number(3), "train", "ana", "gpu[01-02].x,b")
        job.standardOutput = pattern
        #expect(job.outputPath == path)
    }

    @Test(arguments: ["/o/%N", "/o/%q", "/o/%x", "relative", "", "/o/%"])
    func outputsThatAreNotKnown(pattern: String) {
        var job = SlurmJob(id: 12, state: SlurmState("PENDING"))
        job.name = "../../etc"
        job.standardOutput = pattern
        #expect(job.outputPath == nil)
    }

    @Test func pathsOfARecordAreTheLast() {
        let text = """
            JobId=5 JobName=x StdOut=/etc/passwd Power=
             JobId=6 Comment=a StdOut=/b  StdErr=/home/ana/my err.txt StdIn=/dev/null StdOut=/home/ana/a b=c.out Power= \n
            """
        #expect(SlurmRecord.last("StdOut", in: text) == "/home/ana/a b=c.out")
        #expect(SlurmRecord.last("StdErr", in: text) == "/home/ana/my err.txt")
        #expect(SlurmRecord.last("StdWhat", in: text) == "")
    }
}
