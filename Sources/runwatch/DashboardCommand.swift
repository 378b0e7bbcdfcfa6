import ArgumentParser
import RunServices

/// `runwatch` without a subcommand: the dashboard.
struct DashboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard", abstract: "Watch and steer runs; `runwatch` alone does this.",
        discussion: """
            Press ? on the screen for the keys. `runwatch config` tells what the configuration makes of these options.

              runwatch dashboard --service http://127.0.0.1:5000 --sort "loss asc" --columns loss,accuracy
            """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var screen: ScreenOptions

    func run() async throws {
        let screen = try await DashboardScreen(service.locator, chosen: service.location(), settings: screen.settings())
        try await screen.show().finish()
    }
}
