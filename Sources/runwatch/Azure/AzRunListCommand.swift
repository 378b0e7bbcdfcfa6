import ArgumentParser
import AzureMLFolder
import FileAccess
import JMESPath
import RunModel
import RunReports
import RunServices

/// `az ml run list`: the runs of an experiment without their children, newest first.
struct AzRunListCommand: AzureCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List runs.",
        discussion: """
            Runs without a parent, newest first; all of them, where Azure's command shows ten unless --last says more.

              runwatch az ml run list --experiment-name experiment --query "[?status=='Failed'].runId"
            """)

    @Option(
        name: [.customShort("e"), .customLong("experiment-name")],
        help: "The experiment; by default that of the attached folder, else all.")
    var experiment: String?

    @Option(name: .long, help: "So many runs at most.")
    var last: Int?

    @Option(name: .long, help: "Children of this run.")
    var parentRunId: String?

    @Option(name: .long, help: "Runs in this status.")
    var status: String?

    @Option(name: .long, help: ArgumentHelp("Runs with this tag; may be repeated.", valueName: "key[=value]"))
    var tags: [KeyValue] = []

    @Flag(name: .long, help: "Few members of each run.")
    var minimal = false

    @Option(name: .long, help: .private)
    var pipelineRunId: String?

    @Option(name: .long, help: .private)
    var computeTargetName: String?

    @OptionGroup var azure: AzureOptions
    @OptionGroup var service: ServiceOptions

    func validate() throws {
        if let last, last < 0 { throw ValidationError("--last takes a number of runs, not a negative one.") }
    }

    func run() async throws {
        try azure.checkMetadataFile()
        if pipelineRunId != nil {
            throw RunServiceError(.unsupported, "Pipelines are Azure's alone; leave --pipeline-run-id out.")
        }
        if let computeTargetName, computeTargetName != "local" {
            throw RunServiceError(.unsupported, "No compute targets are kept here; leave --compute-target-name out.")
        }
        let runs = try await azure.openService(service, readOnly: true)
        var query = RunQuery(.scope(.all), matching: try filter(), limit: last ?? .max)
        let attached = try? WorkspaceFolder.nearest(to: FileAccess.absolute(azure.path ?? "."))?.config.experimentName
        if let name = experiment ?? attached {
            query.subject = .scope(.experiment(try await ExperimentResolver(service: runs).id(of: name)))
        }
        if let parentRunId {
            query.subject = .children(of: try await RunResolver(service: runs).run(parentRunId).id, recursive: false)
            query.order = .standard
        }
        var values: [JSONValue] = []
        try await RunPages(query, of: runs).forEach { page in
            values += page.map { minimal ? Self.minimal($0) : RunReport.value(of: $0) }
        }
        try azure.write(.array(values))
    }

    private func filter() throws -> Filter? {
        var parts: [FilterExpression] = []
        if parentRunId == nil { parts.append(.comparison(FilterComparison(.parent, .isNull, []))) }
        if let status { parts.append(.comparison(FilterComparison(.status, .isIn, [.text(status)]))) }
        for tag in tags {
            parts.append(
                .comparison(
                    tag.value.map { FilterComparison(.tag(tag.key), .equal, [.text($0)]) }
                        ?? FilterComparison(.tag(tag.key), .isNotNull, [])))
        }
        return parts.isEmpty ? nil : try Filter(parts.count == 1 ? parts[0] : .and(parts))
    }

    private static func minimal(_ run: Run) -> JSONValue {
        JSONTree.value { tree in
            tree.beginObject()
            tree.member("RunId", run.id.text)
            tree.member("Status", run.status.word)
            tree.member("StartTime", run.startedAt)
            tree.member("EndTime", run.endedAt)
            tree.key("Tags")
            tree.beginObject()
            for tag in run.tags.entries { tree.member(tag.key, tag.value) }
            tree.endObject()
            tree.endObject()
        }
    }
}
