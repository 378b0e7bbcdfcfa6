import ArgumentParser
import RunModel
import RunServices

/// `runwatch fail`: ends runs badly, or corrects completed ones.
struct FailCommand: SteeringCommand {
    static let configuration = CommandConfiguration(
        commandName: "fail", abstract: "Mark runs as failed; also completed ones, and those that only say Running.",
        discussion: """
            Without a name it is the run that calls, by RUNWATCH_RUN_ID. Prints the runs as they are then.

            --silent-for closes the runs that say Running and are not: those of which no heartbeat, no metric and no start \
            was heard for so long. A run whose supervisor lives is none. It asks before, with their number.

              runwatch fail -r 7df7f855 --error-code BadData --message "trained on the wrong split"
              runwatch fail --silent-for 2d --yes
            """)

    @OptionGroup var targets: RunTargets

    @Option(name: .long, help: ArgumentHelp("A word for programs.", valueName: "code"))
    var errorCode: String?

    @Option(name: .long, help: ArgumentHelp("A sentence for people.", valueName: "text"))
    var message: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Only runs of which nothing was heard for so long (90m, 2d).", valueName: "time"))
    var silentFor: TimeSpan?

    @OptionGroup var output: OutputOptions
    @OptionGroup var service: ServiceOptions

    private var failure: RunFailure { RunFailure(code: errorCode, message: message) }

    func run() async throws {
        let runs = try await service.open(isPatient: true)
        if let silentFor { return try await close(SilentRunSearch(span: silentFor, service: runs)) }
        let failure = failure
        try await steer(
            "Fail", on: runs, fallback: callingRun, isAmong: { ![.failed, .canceled].contains($0.status) }
        ) { run async throws(RunServiceError) in
            [try await runs.apply(.fail(failure), to: run.id, onBehalfOf: .person)]
        }
    }

    private func close(_ search: SilentRunSearch) async throws {
        var writer = try ResultWriter(output)
        var tally = Tally(asksForObjects: output.asksForObject)
        var silent: [InspectedRun]
        if targets.named.all.isEmpty {
            silent = try await search.all(matching: targets.filter.map(FilterOptions.parse))
        } else {
            var named = targets
            named.filter = nil
            let runs = try await named.tried(on: search.service, to: "Fail", &tally)
            silent = try await search.among(runs.map(\.id))
        }
        if silent.isEmpty {
            Console.warn("No run has been silent for \(search.span.text).")
        } else {
            if !targets.yes {
                let count = Counted.text(silent.count, "run")
                try Confirmation.ask(
                    "Fail \(count) of \(Shown.place(of: search.service)), silent for \(search.span.text)",
                    count: silent.count)
            }
            let failure = failure
            let outcomes = await ManyRuns.each(silent) { run async throws(RunServiceError) in
                try await search.close(run, as: failure)
            }
            let changed = tally.take(outcomes, named: silent.map(\.run.id.text))
            if changed.isEmpty { return try tally.conclude() }
            return try finish(changed, &writer, tally)
        }
        try finish([], &writer, tally)
    }

    private func finish(_ changed: [Run], _ writer: inout ResultWriter, _ tally: Tally) throws {
        try writer.write(changed)
        try tally.conclude()
    }
}

extension Shown {
    /// A run service in a question, so that nobody answers for another one.
    static func place(of service: any DescribedService) -> String {
        "\(service.description.kind) \(service.description.location)"
    }
}
