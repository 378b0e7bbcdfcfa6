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

    @Flag(name: .long, help: "Begin anew, without filter, marks, folds and columns of the last time.")
    var fresh = false

    @Option(name: .long, help: ArgumentHelp("The view to begin with, from the configuration.", valueName: "name"))
    var view: String?

    func run() async throws {
        let settings = try screen.settings()
        let dashboard = try await DashboardScreen(
            service.locator, chosen: service.location(), settings: settings,
            screens: ScreenFiles(environment: Environment.all, isFresh: fresh, settings: settings), view: view)
        try await dashboard.show().finish()
    }
}
