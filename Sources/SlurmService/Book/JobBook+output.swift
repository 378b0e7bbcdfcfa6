import RunModel
import RunServices
import SlurmCommands

/// Where one start of a job writes to, as Slurm said when it was asked about that job alone.
struct KnownOutput: Sendable {
    var start: Timestamp?
    /// Both empty where Slurm does not say.
    var output = ""
    var errors = ""
    /// When it is asked again; nil for never.
    var askAgainAt: Timestamp?
}

extension JobBook {
    /// The job with the paths of its output. Where a listing leaves them open Slurm is asked about the job itself, once for each
    /// start of it: what is told of a run asks for this with every poll.
    func withOutput(_ job: SlurmJob) async -> SlurmJob {
        if job.outputPath != nil || job.state.isPending { return job }
        var known = outputs[job.key]
        if known?.start != job.startsAt || known?.askAgainAt.map({ $0 <= now }) ?? (known == nil) {
            known = await ask(aboutOutputOf: job)
            outputs[job.key] = known
        }
        var job = job
        if let known { (job.standardOutput, job.standardError) = (known.output, known.errors) }
        return job
    }

    private func ask(aboutOutputOf job: SlurmJob) async -> KnownOutput {
        var known = KnownOutput(start: job.startsAt)
        do throws(RunServiceError) {
            (known.output, known.errors) = try await tool.outputPaths(job.key)
        } catch {
            // A job that Slurm has forgotten stays so.
            if error.code != .notFound { known.askAgainAt = now.advanced(byMilliseconds: snapshots.interval) }
        }
        return known
    }
}
