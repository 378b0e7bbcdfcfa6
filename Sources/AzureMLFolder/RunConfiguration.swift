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
        environment = try RunEnvironment(reader)
    }

    /// Why this machine cannot do what the file asks for; nil when it can.
    package var obstacle: String? {
        if let target, target.lowercased() != "local" {
            return "its compute target `\(Shown.text(target))` is not this machine; only `target: local` runs here"
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
        if nodeCount > 1 { return "it asks for \(nodeCount) nodes (nodeCount), and here is one" }
        return environment.obstacle
    }
}
