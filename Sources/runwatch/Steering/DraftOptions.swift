import ArgumentParser
import RunModel
import RunServices

/// What a run has from its beginning.
struct DraftOptions: ParsableArguments {
    @Option(name: .long, help: "The run's name; by default the command's, or one that is made up.")
    var name: String?

    @Option(name: .long, help: "What the run is about.")
    var description: String?

    @Option(
        name: .long, help: ArgumentHelp("A tag, with or without a value; may be repeated.", valueName: "key[=value]"))
    var tag: [KeyValue] = []

    @Option(name: .long, help: ArgumentHelp("A fact that never changes; may be repeated.", valueName: "key=value"))
    var property: [KeyValue] = []

    @Option(name: .long, help: ArgumentHelp("An input of the run; may be repeated.", valueName: "key=value"))
    var param: [KeyValue] = []

    func validate() throws {
        for pair in property { _ = try pair.requireValue("--property") }
        for pair in param { _ = try pair.requireValue("--param") }
    }

    /// A draft of a run with these parts, of this user.
    func draft(experimentName: String, parent: RunID? = nil, source: RunSource? = nil) throws -> RunDraft {
        var tags = Tags(tag.map { ($0.key, $0.value) })
        if let description { tags.set(description, forKey: RunEdit.descriptionTag) }
        return RunDraft(
            experimentName: experimentName, name: name ?? source.map(RunNaming.run), parentID: parent,
            user: Environment.userName, tags: tags,
            properties: Properties(try property.map { try $0.requireValue("--property") }),
            params: Params(try param.map { try $0.requireValue("--param") }), source: source)
    }
}

/// The experiment of a run that is to be made.
struct ExperimentOption: ParsableArguments {
    @Option(
        name: [.customShort("e"), .customLong("experiment"), .customLong("experiment-name")],
        help: "By default RUNWATCH_EXPERIMENT, else the name of the current directory.", completion: .experiments)
    var experiment: String?

    /// What was given, or what the environment, the service or the directory says.
    func name(on runs: any SupervisedRunService, directory: String) async throws(RunServiceError) -> String {
        if let named = experiment ?? Environment.value("RUNWATCH_EXPERIMENT") { return named }
        return try await runs.experimentName(in: Environment.all) ?? RunNaming.experiment(directory: directory)
    }
}
