import ArgumentParser
import RunServices

/// `runwatch` without a subcommand: the dashboard.
struct DashboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard", abstract: "Watch and steer runs; `runwatch` alone does this.",
        discussion: "Press ? on the screen for the keys.")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var screen: ScreenOptions

    func run() async throws {
        let store = try await service.open(readOnly: screen.readOnly)
        try await DashboardScreen(options: screen).show(store).finish()
    }
}
