import RunServices

/// What a run configuration asks of Slurm: the keys under `slurm`.
package struct SlurmRequest: Equatable, Sendable {
    /// Where the job is queued; nil for the cluster's usual partition.
    package var partition: String?
    /// GPUs for the job.
    package var gpus: Int?
    /// A time limit as sbatch takes it: `4:00:00`, `1-12`.
    package var time: String?
    /// Further options of sbatch's, in one text.
    package var options: String?

    /// Nothing besides the usual.
    package init() {}

    init(_ file: ConfigurationReader) throws(RunServiceError) {
        partition = try file.text("slurm", "partition")
        gpus = try file.number("slurm", "gpus")
        time = try file.text("slurm", "time")
        options = try file.text("slurm", "options")
    }

    /// As words for sbatch, those that a person wrote last, so that they count.
    func options(nodeCount: Int, longestDuration: Int?) throws(RunServiceError) -> [String] {
        var words: [String] = []
        if let partition { words.append("--partition=\(partition)") }
        if nodeCount > 1 { words.append("--nodes=\(nodeCount)") }
        if let gpus, gpus > 0 { words.append("--gpus=\(gpus)") }
        if let time {
            words.append("--time=\(time)")
        } else if let longestDuration, longestDuration > 0 {
            // In minutes, rounded up.
            words.append("--time=\((min(longestDuration, 1 << 40) + 59) / 60)")
        }
        return words + (try options.map { (text) throws(RunServiceError) in try ShellText.words(of: text) } ?? [])
    }
}
