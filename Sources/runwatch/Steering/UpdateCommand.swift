import ArgumentParser
import RunModel
import RunServices

/// `runwatch update`: changes what people say of runs.
struct UpdateCommand: SteeringCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Change tags, name and description of runs, and add properties.",
        discussion: """
            All changes of a run are made, or none. A property that has another value already is refused. Prints the runs as \
            they are then. Without a name it is the run that calls, by RUNWATCH_RUN_ID.

              runwatch update -r 7df7f855 --add-tag quality='fantastic run' --remove-tag todo
            """)

    @OptionGroup var targets: RunTargets

    @Option(
        name: .long,
        help: ArgumentHelp("Add a tag or replace its value; may be repeated.", valueName: "key[=value]"))
    var addTag: [KeyValue] = []

    @Option(name: .long, help: ArgumentHelp("Remove a tag; may be repeated.", valueName: "key"))
    var removeTag: [String] = []

    @Option(
        name: .long, help: ArgumentHelp("Add a fact that never changes; may be repeated.", valueName: "key=value"))
    var addProperty: [KeyValue] = []

    @Option(name: .long, help: "Another name.")
    var name: String?

    @Option(name: .long, help: "Another description; an empty one takes it away.")
    var description: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var service: ServiceOptions

    func validate() throws {
        let edit = try edit()
        if edit == RunEdit() { throw ValidationError("There is nothing to change; give --add-tag, --name or another.") }
        let added = Set(addTag.map(\.key))
        if let both = removeTag.first(where: added.contains) {
            throw ValidationError("The tag '\(both)' is to be added and removed; leave one out.")
        }
    }

    private func edit() throws -> RunEdit {
        var edit = RunEdit(
            name: name,
            tags: removeTag.map { .delete(key: $0) } + addTag.map { .set(key: $0.key, value: $0.value) },
            properties: Properties(try addProperty.map { try $0.requireValue("--add-property") }))
        if let description { edit.setDescription(description.isEmpty ? nil : description) }
        return edit
    }

    func run() async throws {
        let runs = try await service.open(isPatient: true)
        let edit = try edit()
        try await steer("Update", on: runs, fallback: callingRun) { run async throws(RunServiceError) in
            [try await runs.edit(run.id, edit)]
        }
    }
}
