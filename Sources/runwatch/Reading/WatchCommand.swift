import ArgumentParser
import LocalStore
import RunExecution
import RunModel
import RunReports
import RunServices

/// `runwatch watch`: tells of runs until they end.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Wait until runs end, with a line for each change of status.",
        discussion: """
            Lines are only ever added, for logs, CI and screen readers. With -o jsonl each is the run's document. \
            Exit status 0: all runs completed; 1: any failed, was canceled or is gone.

              runwatch watch -r 7df7f855 && ./evaluate.sh
            """)

    @OptionGroup var runs: RunNames

    @Flag(name: .long, help: "Also a line for each change of a run's newest metrics.")
    var metrics = false

    @Option(name: .long, help: ArgumentHelp("Seconds between looks, 0.1 to 3600.", valueName: "seconds"))
    var interval: Double = 2

    @Option(name: .shortAndLong, help: ArgumentHelp("jsonl, for scripts.", valueName: "format"))
    var output: WatchFormat = .text

    @OptionGroup var service: ServiceOptions

    enum WatchFormat: String, ExpressibleByArgument, CaseIterable {
        case text, jsonl
    }

    func validate() throws {
        _ = try runs.required()
        guard (0.1...3_600).contains(interval) else {
            throw ValidationError("--interval takes seconds from 0.1 to 3600.")
        }
    }

    func run() async throws {
        // Not read-only: runs whose supervisor is gone are brought to their end here as on a dashboard.
        let source = try await service.open(isPatient: true)
        let found = try await RunResolver(service: source).runs(runs.required())
        let reaper = HostReaper(source, clock: LocalStore.systemClock)
        var telling = RunTelling(metrics: metrics, format: output)
        var patience = Patience()
        var active = found
        try telling.tell(found)
        active.removeAll { $0.status.isTerminal }
        while !active.isEmpty {
            try await Task.sleep(for: .seconds(interval))
            if active.contains(where: { $0.status == .notResponding }) { await reaper.look() }
            let ids = active.map(\.id)
            let answer = try await patience.ask { try await source.runs(RunQuery(.runs(ids))).items }
            guard let answer else { continue }
            try telling.tell(answer)
            try telling.tellGone(active.filter { run in !answer.contains { $0.id == run.id } })
            active = answer.filter { !$0.status.isTerminal }
        }
        if telling.hasFailed { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}
