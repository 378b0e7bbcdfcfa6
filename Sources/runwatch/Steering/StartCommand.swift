import ArgumentParser
import RunModel
import RunServices

/// `runwatch start`: a run that a script records by itself.
struct StartCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Begin a run by hand, and print its id.",
        discussion: """
            The run says Running until `complete`, `fail` or `cancel` ends it. Nothing supervises it: `runwatch exec` is \
            for commands that can be cancelled.

              export RUNWATCH_RUN_ID=$(runwatch start -e nightly --param lr=0.1)
              runwatch log loss=0.31
              runwatch complete
            """)

    @OptionGroup var experiment: ExperimentOption
    @OptionGroup var draft: DraftOptions

    @Option(
        name: .long, help: ArgumentHelp("The run that it becomes a child of.", valueName: "run"), completion: .runs)
    var parent: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        let runs = try await service.open(isPatient: true)
        let parent = if let parent { try await RunResolver(service: runs).run(parent).id } else { RunID?.none }
        let name = try await experiment.name(on: runs, directory: Environment.currentDirectory)
        let started = try await RunCreation.start([draft.draft(experimentName: name, parent: parent)], on: runs)
        try RunCreation.write(started, asOne: true, output)
    }
}
