import ArgumentParser

@main
struct Runwatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runwatch", abstract: "htop for experiment runs.",
        discussion: "Without a subcommand, opens the dashboard on the run service of this machine.",
        subcommands: [
            DashboardCommand.self, ExecCommand.self, LogCommand.self, DemoCommand.self, DemoConductCommand.self,
            DemoSweepCommand.self, DemoTrainCommand.self,
        ],
        defaultSubcommand: DashboardCommand.self)
}
