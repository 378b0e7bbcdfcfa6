import ArgumentParser
import RunModel
import RunServices

/// `runwatch child`: runs below another one.
struct ChildCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "child", abstract: "Begin child runs of a run, and print their ids.",
        discussion: """
            All of them are made, or none. They are in the experiment of their parent and say Running.

              runwatch child -r 7df7f855 --tag-key fold --tag-values 1,2,3
            """)

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The parent, by its id or the beginning of it; may be repeated. By default RUNWATCH_RUN_ID.",
            valueName: "run"), completion: .runs)
    var run: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("How many children; by default one, or one for each of --tag-values.", valueName: "number"))
    var count: Int?

    @Option(name: .long, help: ArgumentHelp("A tag that each child has.", valueName: "key"))
    var tagKey: String?

    @Option(
        name: .long, help: ArgumentHelp("Between commas, the value of that tag for each child.", valueName: "a,b"))
    var tagValues: String?

    @OptionGroup var draft: DraftOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var service: ServiceOptions

    /// More are a mistake, and would be one request.
    private static let mostChildren = 10_000

    private var values: [String]? {
        tagValues.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    func validate() throws {
        if let count, !(1...Self.mostChildren).contains(count) {
            throw ValidationError("--count takes 1 to \(Self.mostChildren).")
        }
        if values != nil && tagKey == nil { throw ValidationError("--tag-values needs --tag-key.") }
        if tagKey == "" { throw ValidationError("The key after --tag-key is empty.") }
        if let values, let count, count != values.count {
            throw ValidationError("--tag-values has \(values.count) of the \(count) values that --count asks for.")
        }
    }

    func run() async throws {
        let names = run.isEmpty ? [Environment.value("RUNWATCH_RUN_ID")].compactMap(\.self) : run
        if names.isEmpty { throw ValidationError("No parent is named; give its id after --run.") }
        let runs = try await service.open(isPatient: true)
        var drafts: [RunDraft] = []
        for parent in try await RunResolver(service: runs).runs(names) {
            for place in 0..<(count ?? values?.count ?? 1) {
                var child = try draft.draft(experimentName: parent.experimentName, parent: parent.id)
                if let tagKey { child.tags.set(values?[place], forKey: tagKey) }
                drafts.append(child)
            }
        }
        let started = try await RunCreation.start(drafts, on: runs)
        try RunCreation.write(started, asOne: drafts.count == 1 && count == nil && values == nil, output)
    }
}
