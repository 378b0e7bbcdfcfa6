import Glibc
import RunModel
import RunServices

/// A command with all that a process needs to become it.
struct ResolvedCommand: Sendable {
    let program: ChildProcess.Program

    /// - Parameters:
    ///   - nonce: proves on this host that the command is this run's; nil where no record of it could be kept.
    ///   - isOnTerminal: whether its output is a terminal.
    init(
        _ request: ExecutionRequest, run: Run, of service: any SupervisedRunService, nonce: String?,
        isOnTerminal: Bool
    ) throws(CommandStartError) {
        guard let name = request.command.first else {
            throw CommandStartError(sentence: "There is no command to run.", shellStatus: 127)
        }
        let path: [UInt8]
        let searchPath = (request.environment["PATH"] ?? nil).map { Array($0.utf8) } ?? CommandText.value("PATH")
        switch ExecutableLookup.find(name, searchPath: searchPath) {
        case .found(let found): path = found
        case .failed(let sentence, let status): throw CommandStartError(sentence: sentence, shellStatus: status)
        }
        func inherited(_ name: String) -> String? {
            request.environment[name] ?? CommandText.value(name).map { String(decoding: $0, as: UTF8.self) }
        }
        var changes = request.environment.merging(service.commandEnvironment(for: run, inherited: inherited)) { $1 }
        changes["RUNWATCH_RUN_ID"] = run.id.text
        changes["RUNWATCH_SERVICE"] = service.address
        // Taken away rather than left: one of an outer run would prove too much.
        changes.updateValue(nonce, forKey: OwnershipRecord.variable)
        // Its output is a pipe, which Python would fill for minutes before a line of progress is seen anywhere.
        if !isOnTerminal && getenv("PYTHONUNBUFFERED") == nil { changes["PYTHONUNBUFFERED"] = "1" }
        program = ChildProcess.Program(
            path: path, arguments: request.command, environment: CommandText.environment(changing: changes),
            shellArguments: ExecutableLookup.shellArguments(for: path, request.command))
    }
}
