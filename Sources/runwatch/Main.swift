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
            """,
        version: Version.current,
        subcommands: [
            DashboardCommand.self, ExecCommand.self, ExecOutputCommand.self, LogCommand.self, QueryCommand.self,
            ServeCommand.self, DemoCommand.self, DemoConductCommand.self, DemoSweepCommand.self, DemoTrainCommand.self,
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
        do {
            var command = try await asyncParseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            finish(error)
        }
    }

    /// Says why the program ends, help included, and ends it. As ArgumentParser does it, but that nothing of an argument
    /// or an error, which may be others' text, reaches the terminal as it is.
    private static func finish(_ error: any Error) -> Never {
        let code = exitCode(for: error)
        let message = fullMessage(for: error)
        if !message.isEmpty { if code.isSuccess { Console.say(message) } else { Console.warn(message) } }
        Glibc.exit(code.rawValue)
    }
}
