import ArgumentParser
import RunServices

@main
struct Runwatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runwatch", abstract: "htop for experiment runs.",
        discussion: """
            Without a subcommand, opens the dashboard on the run service of this machine; `runwatch help dashboard` lists \
            its options. `runwatch demo` shows what that looks like.
            """,
        subcommands: [
            DashboardCommand.self, ExecCommand.self, LogCommand.self, DemoCommand.self, DemoConductCommand.self,
            DemoSweepCommand.self, DemoTrainCommand.self,
        ],
        defaultSubcommand: DashboardCommand.self)

    /// On the main actor, so that it begins before the runtime opens descriptors of its own.
    @MainActor
    static func main() async {
        ProcessMemory.shareHeap()
        Console.openMissingStreams()
        await main(nil)
    }
}
