import ArgumentParser
import RunExecution
import RunServices
import SlurmExecution

/// Where a command is to run.
struct PlacementOptions: ParsableArguments {
    enum Place: String, ExpressibleByArgument, CaseIterable {
        case local, slurm
    }

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where it runs: local, or slurm for a job of Slurm's. That returns once Slurm has the job, and prints the run's id.",
            valueName: "place"))
    var on: Place?

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Options for sbatch with --on slurm, in one text: \"-p gpu --gpus=1 -t 4:00:00\"; may be repeated.",
            valueName: "options"))
    var sbatch: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "With --on slurm a job array, in sbatch's words: 0-9%2. A run for each task, under one for the array.",
            valueName: "tasks"))
    var array: String?

    func validate() throws {
        if on == .local && (!sbatch.isEmpty || array != nil) {
            throw ValidationError("--sbatch and --array are for --on slurm.")
        }
    }

    /// Who starts the command elsewhere; nil for this process.
    /// - Parameters:
    ///   - subcommand: the one that was called; a process of it stays behind where it `isDetached`.
    ///   - configured: options for sbatch of a run configuration that is for Slurm, over which those given here count.
    ///   - queue: of this machine.
    func executor(
        of subcommand: String, isDetached: Bool, _ service: ServiceOptions, configured: [String]? = nil,
        queue: String? = nil
    ) async throws -> (any Executor)? {
        guard try isOnSlurm(target: configured != nil, queue: queue) else {
            return isDetached ? HostExecutor(subcommand: subcommand) : nil
        }
        var words = configured ?? []
        for text in sbatch { words += try ShellText.words(of: text) }
        return try await SlurmPlacement(
            service: service, options: try SbatchOptions(words), tasks: try array.map { try TaskList($0) }
        ).executor()
    }

    /// Whether the command is a matter of Slurm's; `target` is what a run configuration says where no option does.
    /// - Parameter queue: of this machine, which holds nothing of Slurm's.
    private func isOnSlurm(target: Bool, queue: String?) throws -> Bool {
        let isOnSlurm = on.map { $0 == .slurm } ?? target
        if isOnSlurm && queue != nil {
            throw ConsoleError(
                "--queue is for this machine; Slurm has its own, which `--sbatch \"-p NAME\"` names.", .usage)
        }
        if !isOnSlurm && (!sbatch.isEmpty || array != nil) {
            throw ConsoleError("--sbatch and --array are for --on slurm.", .usage)
        }
        return isOnSlurm
    }
}
