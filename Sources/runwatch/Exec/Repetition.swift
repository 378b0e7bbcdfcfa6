import ArgumentParser
import FileAccess
import Glibc
import RunExecution
import RunModel
import RunServices

/// A run's command, ready to be run again here.
struct Repetition {
    /// The run that is repeated.
    let run: Run
    let command: RecordedCommand
    let directory: String
    /// What is not as it was then, a sentence each.
    private(set) var notes: [String] = []
    private let changes: [(key: String, value: String)]
    private let source: RunSource
    private let environment: String?

    /// - Parameter changes: other values of parameters. Throws what keeps the command from being run here.
    init(_ details: RunDetails, changing changes: [(String, String)]) throws {
        run = details.run
        self.changes = changes
        var command = try RecordedCommand(of: details)
        directory = details.source?.directory ?? ""
        guard FileAccess.isDirectory(directory) else {
            let host = details.source?.host ?? ""
            throw RunServiceError(
                .notFound,
                "There is no directory \(Shown.path(directory)) here, in which it ran"
                    + (host.isEmpty ? "." : " on \(Shown.text(host))."))
        }
        for (key, value) in changes {
            guard let changed = command.changing(key, to: value) else {
                throw ConsoleError(
                    "The parameter \(Shown.text(key)) stands nowhere in the command `\(Self.shown(command))`, as "
                        + "--\(Shown.text(key)) VALUE or \(Shown.text(key))=VALUE would; use `runwatch exec`.", .usage)
            }
            command = changed
        }
        self.command = command
        let text = command.words.map { String(decoding: $0, as: UTF8.self) }
        source = CommandSource.of(text, in: directory)
        environment = details.run.properties.value(forKey: RecordedCommand.environmentProperty)
        noteDifferences(from: details.source)
    }

    /// As a shell would take it.
    var commandLine: String { Self.shown(command) }

    private static func shown(_ command: RecordedCommand) -> String {
        Shown.lines(ShellText.line(command.words.map { String(decoding: $0, as: UTF8.self) }))
    }

    private mutating func noteDifferences(from then: RunSource?) {
        if let host = then?.host, !host.isEmpty, host != source.host {
            notes.append("it ran on \(Shown.text(host)), and runs here now")
        }
        if let before = then?.revision?.commit {
            if let now = source.revision?.commit, now != before {
                notes.append(
                    "the code was at commit \(Shown.text(String(before.prefix(10)))), and is at \(now.prefix(10)) now")
            } else if source.revision == nil {
                notes.append(
                    "the code was at commit \(Shown.text(String(before.prefix(10)))), and is in no repository now")
            }
        }
        if source.revision != nil, GitCheckout.hasChanges(in: directory) == true {
            notes.append("the work tree has changes that are in no commit")
        }
        if let environment, environment != PythonEnvironment.active?.directory,
            !FileAccess.isDirectory(environment)
        {
            notes.append("its Python environment \(Shown.path(environment)) is not there any more")
        }
    }

    /// Goes where the command ran, with the Python environment that it had, and says what is to be run.
    func request(
        _ session: CommandSession, name: String?, on runs: any SupervisedRunService
    ) throws -> ExecutionRequest {
        guard chdir(directory) == 0 else {
            throw RunServiceError(
                .forbidden, "\(Shown.path(directory)) cannot be entered: \(String(cString: strerror(errno))).")
        }
        let isActive = environment == nil || environment == PythonEnvironment.active?.directory
        let variables = isActive ? nil : environment.flatMap(PythonEnvironment.variables)
        var params = run.params
        for (key, value) in changes { params.set(value, forKey: key) }
        let draft = RunDraft(
            experimentName: run.experimentName, name: name ?? run.name, user: Environment.userName,
            tags: Tags([(RecordedCommand.repetitionTag, run.id.text)]), params: params, source: source)
        var request = session.request(command.words, draft: draft, on: runs, variables: variables ?? [:])
        // A job that needs an hour to save its checkpoint needs it again.
        request.stop = run.stopTerms
        return request
    }
}
