import ArgumentParser
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

    /// Whether the command is a matter of Slurm's; `target` is what a run configuration says where no option does.
    /// - Parameter queue: of this machine, which holds nothing of Slurm's.
    func isOnSlurm(target: Bool = false, queue: String? = nil) throws -> Bool {
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

    /// What goes to Slurm.
    /// - Parameters:
    ///   - configured: options of a run configuration, over which those given here count.
    ///   - nodeOptions: of the supervisor on the node.
    func placement(
        _ service: ServiceOptions, configured: [String] = [], nodeOptions: [String] = []
    ) throws -> SlurmPlacement {
        var words = configured
        for text in sbatch { words += try ShellText.words(of: text) }
        return SlurmPlacement(
            service: service, options: try SbatchOptions(words), tasks: try array.map { try TaskList($0) },
            nodeOptions: nodeOptions)
    }
}
