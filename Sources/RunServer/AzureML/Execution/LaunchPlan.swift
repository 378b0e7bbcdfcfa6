import AzureMLWire
import RunServices

/// How a script is started on the client's machine.
struct LaunchPlan: Equatable, Sendable {
    /// A script below the project's directory; nil where there is a command.
    var script: String?
    /// What a shell is given instead of a script.
    var command: String?
    var arguments: [String]
    var environment: [String: String]
    var interpreter: String?

    /// Throws `unsupported` for what this machine would first have to build an environment for, and `invalid` for a script
    /// that is none.
    init(_ definition: LocalRunDefinition) throws(RunServiceError) {
        guard definition.target.lowercased() == "local" else {
            throw RunServiceError(
                .unsupported,
                "The target \(Shown.text(definition.target)) is not this machine; set it to \"local\".")
        }
        guard !definition.usesDocker else {
            throw RunServiceError(
                .unsupported, "Containers are not started here; switch Docker off in the run configuration.")
        }
        guard definition.usesOwnPython else {
            throw RunServiceError(
                .unsupported,
                "Conda environments are not made here; set environment.python.user_managed_dependencies = True, and the "
                    + "script is started with the Python that you choose.")
        }
        script = definition.script.flatMap { $0.isEmpty ? nil : $0 }
        command = definition.command
        guard script != nil || command != nil else {
            throw RunServiceError(.invalid, "There is neither a script nor a command to start; name one.")
        }
        if let script, script.hasPrefix("/") || script.split(separator: "/").contains("..") {
            throw RunServiceError(
                .invalid, "The script \(Shown.text(script)) is outside of the source directory; put it inside.")
        }
        arguments = definition.arguments
        environment = definition.environmentVariables
        interpreter = definition.interpreter.flatMap { $0.isEmpty ? nil : $0 }
    }
}
