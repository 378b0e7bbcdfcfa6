import Glibc
import RunModel
import RunServices

/// A command with all that a process needs to become it.
struct ResolvedCommand: Sendable {
    var path: String
    var arguments: [String]
    /// Changes to the environment of this process; nil takes a variable away.
    var environment: [String: String?]

    /// `nonce` proves on this host that the command is this run's; nil where no record of it could be kept.
    init(
        _ request: ExecutionRequest, run: Run, of service: any SupervisedRunService, nonce: String?
    ) throws(CommandStartError) {
        guard let name = request.command.first else {
            throw CommandStartError(sentence: "There is no command to run.", shellStatus: 127)
        }
        switch ExecutableLookup.find(name, searchPath: getenv("PATH").map { String(cString: $0) }) {
        case .found(let path): self.path = path
        case .failed(let sentence, let status): throw CommandStartError(sentence: sentence, shellStatus: status)
        }
        arguments = request.command
        func inherited(_ name: String) -> String? {
            request.environment[name] ?? getenv(name).map { String(cString: $0) }
        }
        environment = request.environment.merging(service.commandEnvironment(for: run, inherited: inherited)) { $1 }
        environment["RUNWATCH_RUN_ID"] = run.id.text
        environment["RUNWATCH_SERVICE"] = service.address
        // Taken away rather than left: one of an outer run would prove too much.
        environment.updateValue(nonce, forKey: OwnershipRecord.variable)
        // Its output is a pipe now, which Python would fill for minutes before a line of progress is seen anywhere.
        if getenv("PYTHONUNBUFFERED") == nil { environment["PYTHONUNBUFFERED"] = "1" }
    }
}
