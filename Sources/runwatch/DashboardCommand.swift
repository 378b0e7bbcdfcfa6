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
        let screen = try await DashboardScreen(service.locator, chosen: service.location(), settings: screen.settings())
        try await screen.show().finish()
    }
}
