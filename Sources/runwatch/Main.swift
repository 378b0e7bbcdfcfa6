import ArgumentParser
import Glibc
import RunExecution
import RunServices

@main
struct Runwatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runwatch", abstract: "htop for experiment runs.",
        discussion: """
            Without a subcommand, opens the dashboard on the run service of this machine; `runwatch help dashboard` lists \
            its options. `runwatch demo` shows what that looks like.

            \(ExitStatus.explanation) `exec` ends as its command did.
            """,
        version: Version.current,
        subcommands: [
            DashboardCommand.self, ExperimentsCommand.self, ListCommand.self, ShowCommand.self, ChildrenCommand.self,
            MetricsCommand.self, LogsCommand.self, WatchCommand.self, CompareCommand.self, ExportCommand.self,
            ExecCommand.self, RerunCommand.self, QueueCommand.self, ExecOutputCommand.self, ExecJobCommand.self,
            StartCommand.self, LogCommand.self, UpdateCommand.self, ChildCommand.self, CompleteCommand.self,
            FailCommand.self, CancelCommand.self, DeleteCommand.self, RestoreCommand.self, PurgeCommand.self,
            CopyCommand.self, SubmitCommand.self, AttachCommand.self, AzCommand.self, QueryCommand.self,
            ServeCommand.self,
            ConfigCommand.self, DoctorCommand.self, CompletionCommand.self, ManCommand.self, DemoCommand.self,
            DemoConductCommand.self,
            DemoSweepCommand.self, DemoTrainCommand.self,
        ],
        defaultSubcommand: DashboardCommand.self)

    /// On the main actor, so that it begins before the runtime opens descriptors of its own.
    @MainActor
    static func main() async {
        // Before anything opens a file.
        _ = Inheritance.atStart
        ProcessMemory.shareHeap()
        Console.openMissingStreams()
        let log = getenv("RUNWATCH_LOG").map { String(cString: $0) }
        if !LogFileHandler.begin(log) {
            let reason = String(cString: strerror(errno))
            Console.warn("RUNWATCH_LOG: \(Shown.path(log ?? "")) cannot be written (\(reason)); name another file.")
            Glibc.exit(1)
        }
        var asksForObject: Bool?
        do {
            var command = try await asyncParseAsRoot()
            asksForObject = (command as? any ReportingCommand)?.output.asksForObject ?? false
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch is ByteOutput.ReaderLeft {
            Glibc.exit(ExitStatus.done.rawValue)
        } catch {
            finish(error, asObject: asksForObject ?? CommandFailure.asksForObject(CommandLine.arguments))
        }
    }

    /// Says why the program ends, help included, and ends it. As ArgumentParser does it, but that nothing of an argument
    /// or an error, which may be others' text, reaches the terminal as it is.
    /// - Parameter asObject: after the sentence, an error is told as a line of JSON.
    private static func finish(_ error: any Error, asObject: Bool) -> Never {
        let code = exitCode(for: error)
        let message = fullMessage(for: error)
        if code.isSuccess {
            if !message.isEmpty { Console.say(message) }
            Glibc.exit(code.rawValue)
        }
        let failure = CommandFailure(error, parserStatus: code.rawValue, message: message)
        if !message.isEmpty {
            Console.warn(message)
            if asObject { Console.warn(failure.object) }
        }
        Glibc.exit(failure.status)
    }
}
