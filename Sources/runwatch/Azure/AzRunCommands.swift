import ArgumentParser
import RunModel
import RunReports
import RunServices
import SlurmExecution

/// The run that a command of `az ml run` is about.
struct AzureRunOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "The run's id, or the beginning of it.", completion: .runs)
    var run: String

    /// An id is unique without it.
    @Option(
        name: [.customShort("e"), .customLong("experiment-name")], help: "The run's experiment, which need not be told."
    )
    var experiment: String?
}

/// `az ml run show`.
struct AzRunShowCommand: AzureCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a run.", discussion: "  runwatch az ml run show -r runid")

    @OptionGroup var target: AzureRunOptions
    @OptionGroup var azure: AzureOptions
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        try azure.checkMetadataFile()
        let runs = try await azure.openService(service, readOnly: true)
        let found = try await RunResolver(service: runs).run(target.run)
        try azure.write(RunReport.value(of: try await runs.details(of: found.id)))
    }
}

/// `az ml run cancel`.
struct AzRunCancelCommand: AzureCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Cancel a run.",
        discussion: "  runwatch az ml run cancel -r runid -w workspace_name -e experiment_name")

    @OptionGroup var target: AzureRunOptions
    @OptionGroup var azure: AzureOptions
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        let runs = try await azure.openService(service)
        let found = try await RunResolver(service: runs).run(target.run)
        _ = try await RunKeeper.keeper(of: runs).cancel(found.id, includingDescendants: false)
        // All that Azure's command says.
        if azure.output != .none { try Console.deliver("Experiment run canceled successfully.") }
    }
}

/// `az ml run update`.
struct AzRunUpdateCommand: AzureCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Add tags to a run.",
        discussion: "  runwatch az ml run update -r runid --add-tag quality='fantastic run'")

    @OptionGroup var target: AzureRunOptions

    @Option(name: .long, help: ArgumentHelp("Add a tag or replace its value.", valueName: "key[=value]"))
    var addTag: [KeyValue] = []

    @OptionGroup var azure: AzureOptions
    @OptionGroup var service: ServiceOptions

    func validate() throws {
        if addTag.isEmpty { throw ValidationError("There is nothing to change; give --add-tag.") }
    }

    func run() async throws {
        try azure.checkMetadataFile()
        let runs = try await azure.openService(service)
        let found = try await RunResolver(service: runs).run(target.run)
        let changed = try await runs.editTags(addTag.map { .set(key: $0.key, value: $0.value) }, of: found.id)
        try azure.write(RunReport.value(of: changed))
    }
}
