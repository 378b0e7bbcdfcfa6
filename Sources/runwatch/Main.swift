import ArgumentParser

@main
struct Runwatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runwatch", abstract: "htop for experiment runs.",
        subcommands: [DashboardCommand.self], defaultSubcommand: DashboardCommand.self)
}
