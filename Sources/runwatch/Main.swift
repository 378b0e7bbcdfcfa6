import ArgumentParser

@main
struct Runwatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runwatch", abstract: "htop for experiment runs.",
        subcommands: [
            DashboardCommand.self, ExecCommand.self, LogCommand.self, DemoCommand.self, DemoConductCommand.self,
            DemoSweepCommand.self, DemoTrainCommand.self,
        ], defaultSubcommand: DashboardCommand.self)
}
