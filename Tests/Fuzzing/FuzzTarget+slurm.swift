import RunServices
import SlurmCommands
import SlurmService

extension FuzzTarget {
    /// What squeue and sacct print; what is read can be written down and read again.
    static let slurmListings = FuzzTarget(
        "slurmListings",
        seeds: [
            "12|7|3|ana|gpu|RUNNING|None|gpu[01-02]|1|2|3|1:00|2|8|cpu=8|team|768|1|4|x|/w|/o|/e|train|rw:1|\n",
            "5|5|N/A|root|main|PENDING|Held||1|N/A|N/A|UNLIMITED|1|4|(null)|(null)|/tmp|wrap|(null)|\n",
            "7|7_[0-5%2]|ana|gpu|CANCELLED by 5|n1|1|2|3|1-00:00:00|1|1|cpu=1|t|0:15|/tmp|a|b|\n", "|", "\n\n",
        ]
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        for dialect in [SlurmListing.Dialect.long, .short, .accounting] {
            guard let jobs = try? SlurmListing(dialect, mark: "|").jobs(in: text) else { continue }
            for job in jobs {
                precondition(job.id > 0)
                _ = (job.key, job.outputPath, job.errorPath, job.startedAt, job.endedAt, job.stateWords)
                let line = JobRecord.line(job)
                precondition(!line.contains("\n"))
                precondition(JobRecord.job(line)?.key == job.key)
            }
        }
        _ = JobRecord.job(text)
    }

    /// Single words of Slurm's: states, arrays, times, ends, records, addresses.
    static let slurmWords = FuzzTarget(
        "slurmWords",
        seeds: [
            "CANCELLED by 1000", "0-5%2", "1,3-9:2,...", "0-99999999999999999999", "1-12:00:00", "3:0", "4021",
            "JobId=1 JobName=a StdOut=/x y Power=", "slurm:?user=all&interval=60", "slurm:?user=%", "/o/%5A_%a-%N%%",
        ]
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        _ = SlurmState(text).runStatus
        if let task = SlurmArrayTask(text) { precondition(task.count(limit: 1_000) <= 1_000) }
        if let seconds = SlurmTime.seconds(text) { precondition(seconds >= 0) }
        _ = SlurmExit(text)
        _ = SlurmRecord.last("StdOut", in: text)
        var job = SlurmJob(id: 3, state: SlurmState("RUNNING"))
        (job.standardOutput, job.nodes, job.name) = ("/" + text, text, text)
        _ = (job.outputPath, job.firstNode)
        guard let address = try? SlurmAddress(uri: text) else { return }
        let again = try? SlurmAddress(uri: address.text)
        precondition(again?.text == address.text)
    }
}
