import ArgumentParser
import Glibc
import RunExecution
import RunModel
import RunServices

/// What `exec --leave-background` leaves beside the processes: it shows and logs what they still write.
struct ExecOutputCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "exec-output", shouldDisplay: false)

    /// Inherited descriptors; -1 for none.
    @Option(name: .long, parsing: .unconditional) var output: Int32
    @Option(name: .long, parsing: .unconditional) var error: Int32

    @OptionGroup var service: ServiceOptions

    @Argument var run: String

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        let sources = [
            OutputSource(descriptor: output, stream: .standardOutput),
            OutputSource(descriptor: error, stream: .standardError),
        ].filter { $0.descriptor > STDERR_FILENO && fcntl($0.descriptor, F_SETFD, FD_CLOEXEC) == 0 }
        try await OutputKeeper.keep(sources, run: RunID(run), in: service.open(isPatient: true))
    }

    /// Starts the process that stays, in a session of its own so that the end of the terminal does not end it.
    static func start(for run: Run, of service: any SupervisedRunService, _ sources: [OutputSource]) {
        func number(_ stream: CommandStream) -> Int32 { sources.first { $0.stream == stream }?.descriptor ?? -1 }
        defer { for source in sources { close(source.descriptor) } }
        let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard nothing >= 0 else { return }
        defer { close(nothing) }
        var changes = service.commandEnvironment(for: run) { getenv($0).map { String(cString: $0) } }
        changes["RUNWATCH_SERVICE"] = service.address
        let arguments = [
            "runwatch", "exec-output", "--output", "\(number(.standardOutput))", "--error",
            "\(number(.standardError))", "--", run.id.text,
        ]
        let program = ChildProcess.Program(
            path: Array(OwnBinary.path.utf8), arguments: arguments.map { Array($0.utf8) },
            environment: CommandText.environment(changing: changes))
        let streams = ChildProcess.Streams(input: nothing, output: STDOUT_FILENO, error: STDERR_FILENO)
        let child = ChildProcess.start(
            program, streams: streams, inheritance: .atStart, keepsDescriptors: sources.map(\.descriptor).sorted(),
            leadsSession: true)
        if child == nil {
            Console.warn(
                "runwatch: what the command left in the background has no output any more, and may end by that.")
        }
    }
}
