import Glibc
import RunServices

/// One run of the demo as the arguments of the `runwatch exec` that starts it.
struct DemoRun {
    var name: String
    var experiment: String?
    var tags: [String] = []
    var params: [String] = []
    /// The hidden subcommand of this binary that is the run's command, with its arguments.
    var command: [String]

    /// A training: `learningRate` and the others are the run's parameters too.
    static func training(
        _ name: String, in experiment: String? = nil, data: String = "moons", learningRate: Double = 0.1,
        hidden: Int = 8, epochs: Int, pause: Int = 400, seed: Int = 1, tags: [String] = []
    ) -> DemoRun {
        DemoRun(
            name: name, experiment: experiment, tags: tags,
            params: [
                "lr=\(learningRate)", "hidden=\(hidden)", "batch=\(DemoTrainCommand.defaultBatch)", "seed=\(seed)",
            ],
            command: [
                "demo-train", "--data", data, "--lr", String(learningRate), "--hidden", String(hidden),
                "--epochs", String(epochs), "--pause", String(pause), "--seed", String(seed),
            ])
    }

    /// Starts it in the store at `directory`; it ends with this process.
    func start(in directory: String) throws(RunServiceError) -> OwnBinary {
        // Three seconds of grace: the trainings have nothing to save, and a person waits for the demo to quit.
        var arguments = ["exec", "--store", directory, "--end-with", String(getpid()), "--grace", "3", "--name", name]
        if let experiment { arguments += ["--experiment", experiment] }
        for tag in tags { arguments += ["--tag", tag] }
        for param in params { arguments += ["--param", param] }
        arguments += ["--property", "author=azureml-user", "--", Self.binary] + command
        return try OwnBinary.start(arguments, output: .discarded)
    }

    /// This binary as other processes can find it.
    private static var binary: String {
        guard let path = realpath(OwnBinary.path, nil) else { return OwnBinary.path }
        defer { free(path) }
        return String(cString: path)
    }
}
