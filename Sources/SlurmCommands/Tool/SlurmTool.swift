import QuietPrograms
import RunServices

/// Runs Slurm's own commands: each for a limited time, with an environment that changes nothing of what they print, and with
/// errors that are sentences.
package struct SlurmTool: Sendable {
    /// How long a command may take, and how much it may say.
    package struct Limits: Sendable {
        /// For questions. With its controller down a command gives up by itself after about 9 s, with the better sentence.
        package var question: Duration = .seconds(15)
        /// For what changes something.
        package var change: Duration = .seconds(30)
        /// Bytes of an answer: at 350 for a job, about 90,000 jobs.
        package var size: Int = 32 << 20

        /// The usual limits.
        package init() {}
    }

    let variables: [String: String]
    /// How long its commands may take.
    package let limits: Limits

    /// - Parameter environment: of this process; what of it would change Slurm's output or choices is left out.
    package init(environment: [String: String], limits: Limits = Limits()) {
        variables = Self.neutral(environment)
        self.limits = limits
    }

    /// Which configuration is in use, for those who tell one cluster from another: the path of a file, or empty.
    package var configuration: String { variables["SLURM_CONF"] ?? "" }

    /// Whether Slurm's commands are installed here.
    package var isInstalled: Bool { ProgramPath.find("squeue", in: variables["PATH"]) != nil }

    /// Without variables that hold options of Slurm's commands, and without those of a job that this process may be in.
    package static func neutral(_ environment: [String: String]) -> [String: String] {
        let kept: Set<String> = ["SLURM_CONF", "SLURM_CONF_SERVER", "SLURM_JWT"]
        let prefixes = [
            "SLURM_", "SQUEUE_", "SACCT_", "SCONTROL_", "SBATCH_", "SCANCEL_", "SINFO_", "SRUN_", "SALLOC_",
        ]
        var variables = environment.filter { name, _ in
            kept.contains(name) || !prefixes.contains { name.hasPrefix($0) }
        }
        // Times in seconds since 1970: no zone, no language. Lists of an array's tasks whole.
        variables["SLURM_TIME_FORMAT"] = "%s"
        variables["SLURM_BITSTR_LEN"] = "0"
        return variables
    }

    /// What a command printed.
    /// - Parameters:
    ///   - doing: what it was for, for the sentence of an error: `list jobs`.
    ///   - added: variables besides those that are kept; a nil value takes one away.
    func run(
        _ program: String, _ arguments: [String], to doing: String, deadline: Duration, in directory: String = "/",
        adding added: [String: String?] = [:]
    ) async throws(RunServiceError) -> String {
        guard let path = ProgramPath.find(program, in: variables["PATH"]) else {
            throw RunServiceError(
                .unsupported,
                "There is no `\(program)` in PATH; is Slurm installed on this host, or is its module to be loaded?")
        }
        var environment = variables
        for (name, value) in added { environment[name] = value }
        let outcome = await QuietProgram.run(
            path, arguments, environment, in: directory, limit: limits.size, deadline: deadline)
        if Task.isCancelled { throw RunServiceError(.cancelled, "The question to Slurm was given up.") }
        switch outcome {
        case .answered(let answer) where answer.isSuccess: return answer.output
        case .answered(let answer): throw SlurmComplaint(answer.errors, of: program).error(doing)
        case .notStarted(let reason):
            throw RunServiceError(
                .unavailable, "`\(program)` could not be run, or said too much; try it by hand.", underlying: reason)
        case .late:
            throw RunServiceError(
                .timedOut,
                "Slurm could not \(doing) within \(deadline.components.seconds) s and was asked no longer; try `\(program)` by hand."
            )
        }
    }
}
