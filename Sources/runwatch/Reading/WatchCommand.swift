import ArgumentParser
import RunExecution
import RunModel
import RunReports
import RunServices
import SlurmExecution

/// `runwatch watch`: tells of runs until they end.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Wait until runs end, with a line for all that happens to them.",
        discussion: """
            A line tells each change of status, and what the dashboard's list of events tells: a metric that is NaN, a run \
            that stalled, fell silent, came back or is stuck. Lines are only ever added, for logs, CI and screen readers. \
            With -o jsonl each is the document of a run whose status changed, with -o events each is an event as a hook \
            gets it. Exit status 0: all runs completed; 1: any failed, was canceled or is gone. With --all or -e it goes \
            on until it is interrupted.

              runwatch watch -r 7df7f855 && ./evaluate.sh
              runwatch watch --all -o events | ./notify.py
            """)

    @OptionGroup var runs: RunNames

    @Flag(name: .long, help: "All that happens, to any run.")
    var all = false

    @Option(
        name: .shortAndLong, help: ArgumentHelp("All that happens to an experiment's runs.", valueName: "experiment"))
    var experiment: String?

    @Flag(name: .long, help: "Also a line for each change of a run's newest metrics.")
    var metrics = false

    @Option(name: .long, help: ArgumentHelp("Seconds between looks, 0.1 to 3600.", valueName: "seconds"))
    var interval: Double = 2

    @Option(name: .shortAndLong, help: ArgumentHelp("jsonl or events, for scripts.", valueName: "format"))
    var output: WatchFormat = .text

    @OptionGroup var service: ServiceOptions

    enum WatchFormat: String, ExpressibleByArgument, CaseIterable {
        case text, jsonl, events
    }

    private var followsMany: Bool { all || experiment != nil }

    func validate() throws {
        if followsMany {
            guard runs.all.isEmpty, !(all && experiment != nil) else {
                throw ValidationError("Runs, --all and --experiment exclude each other; give one of them.")
            }
            guard output != .jsonl, !metrics else {
                throw ValidationError("--all and --experiment tell of events: take -o events, and no --metrics.")
            }
        } else {
            _ = try runs.required()
        }
        guard (0.1...3_600).contains(interval) else {
            throw ValidationError("--interval takes seconds from 0.1 to 3600.")
        }
    }

    func run() async throws {
        // Not read-only: runs whose supervisor is gone are brought to their end here as on a dashboard.
        let source = try await service.open(isPatient: true)
        if followsMany { return try await follow(source) }
        let found = try await RunResolver(service: source).runs(runs.required())
        let keeper = RunKeeper.keeper(of: source)
        var telling = RunTelling(metrics: metrics, format: output)
        var patience = Patience()
        var active = found
        var follower = EventFollower(source)
        try telling.tell(found, await follower.take(found))
        active.removeAll { $0.status.isTerminal }
        while !active.isEmpty {
            try await Task.sleep(for: .seconds(interval))
            if active.contains(where: { $0.status == .notResponding }) { await keeper.reaper.look() }
            keeper.watch.take(active)
            let ids = active.map(\.id)
            let answer = try await patience.ask { try await source.runs(RunQuery(.runs(ids))).items }
            guard let answer else { continue }
            let gone = active.filter { run in !answer.contains { $0.id == run.id } }
            try telling.tell(answer, await follower.take(answer, gone: gone.map(\.id)))
            try telling.tellGone(gone)
            active = answer.filter { !$0.status.isTerminal }
        }
        if telling.hasFailed { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    /// Tells of events until it is interrupted.
    private func follow(_ source: any SupervisedRunService) async throws {
        var scope = RunScope.all
        if let experiment { scope = .experiment(try await ExperimentResolver(service: source).id(of: experiment)) }
        let keeper = RunKeeper.keeper(of: source)
        var telling = RunTelling(metrics: false, format: output)
        var patience = Patience()
        var follower = EventFollower(source)
        var cursor: ChangeCursor?
        while true {
            let answer = try await patience.ask {
                try await source.changes(in: scope, since: cursor, pageSize: Self.pageSize)
            }
            guard let batch = answer else { continue }
            cursor = batch.cursor
            keeper.take(batch)
            try telling.tell(await follower.take(batch))
            if !batch.hasMore { try await Task.sleep(for: .seconds(interval)) }
        }
    }

    private static let pageSize = 1_000
}
