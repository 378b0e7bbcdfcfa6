package import RunServices

/// A run configuration file: how a script is to be run, in the words that Azure's SDK saves.
package struct RunConfiguration: Equatable, Sendable {
    /// The file to run, from the submitted folder on; nil when the command line has to name it.
    package var script: String?
    /// What the script is started with.
    package var arguments: [String] = []
    /// Where it is to run; nil and `local` are this machine.
    package var target: String?
    /// What runs the script: `Python`, unless the file says otherwise.
    package var framework = "Python"
    /// How several processes of one run find each other; nil for one that needs none.
    package var communicator: String?
    /// A command line in the place of a script; nothing of what else the file says applies to it here.
    package var command: String?
    /// On how many machines.
    package var nodeCount = 1
    /// After how many seconds it is ended; nil for no limit of its own.
    package var longestDuration: Int?
    /// What a job of Slurm's is asked for, where the target is `slurm`.
    package var slurm = SlurmRequest()
    /// What the script is to run in.
    package var environment = RunEnvironment()

    /// What Azure runs a script with when no file says more.
    package init() {}

    /// The contents of a file.
    /// - Parameter name: the file, for the sentence that refuses it.
    package init(yaml bytes: [UInt8], name: String) throws(RunServiceError) {
        let reader = try ConfigurationReader(bytes, file: name)
        script = try reader.text("script")
        arguments = try reader.texts("arguments")
        target = try reader.text("target")
        framework = try reader.text("framework") ?? framework
        communicator = try reader.text("communicator").flatMap { $0.lowercased() == "none" ? nil : $0 }
        command = try reader.texts("command").joined(separator: " ")
        nodeCount = try reader.number("nodeCount") ?? 1
        longestDuration = try reader.number("maxRunDurationSeconds")
        slurm = try SlurmRequest(reader)
        environment = try RunEnvironment(reader)
    }

    private var isForSlurm: Bool { target?.lowercased() == "slurm" }

    /// The options of sbatch's that its resources come to; nil where it does not run on Slurm.
    package var slurmOptions: [String]? {
        get throws(RunServiceError) {
            guard isForSlurm else { return nil }
            return try slurm.options(nodeCount: nodeCount, longestDuration: longestDuration)
        }
    }

    /// Why this machine cannot do what the file asks for; nil when it can.
    package var obstacle: String? {
        if let target, target.lowercased() != "local", !isForSlurm {
            return "its compute target `\(Shown.text(target))` is not this machine; `target: local` runs here, and "
                + "`target: slurm` on the nodes of Slurm"
        }
        if !["python", "tensorflow", "pytorch", "cntk"].contains(framework.lowercased()) {
            return "the framework `\(Shown.text(framework))` does not run here; `framework: Python` does"
        }
        if let communicator {
            return "the communicator `\(Shown.text(communicator))` needs a cluster; only `communicator: None` runs here"
        }
        if let command, !command.isEmpty {
            return "it has a `command` in the place of a script; `runwatch exec -- \(Shown.text(command))` runs that"
        }
        if nodeCount > 1 && !isForSlurm { return "it asks for \(nodeCount) nodes (nodeCount), and here is one" }
        return environment.obstacle
    }
}
