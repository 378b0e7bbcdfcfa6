import ArgumentParser
import LocalStore
import RunModel
import RunServices

/// `runwatch logs`: what a run's command printed.
struct LogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Print the log of a run, or follow it until the run ends.",
        discussion: """
            Into a pipe the log goes as it is; a terminal gets it without colours and control characters. \
            --since goes by the times with which lines begin.

              runwatch logs -r 7df7f855 --tail 20 --follow
            """)

    @OptionGroup var run: RunOption

    @Flag(name: .shortAndLong, help: "Go on printing until the run ends.")
    var follow = false

    @Option(name: [.customShort("n"), .long], help: ArgumentHelp("Begin with so many last lines.", valueName: "lines"))
    var tail: Int?

    @Option(
        name: .long,
        help: ArgumentHelp("Begin with the lines of so long ago (10m), or of a date.", valueName: "time"))
    var since: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Another log or text of the run, as `runwatch show` lists them.", valueName: "name"))
    var file: String?

    @OptionGroup var service: ServiceOptions

    func validate() throws {
        if let tail, tail < 0 { throw ValidationError("--tail takes a number of lines, not a negative one.") }
        try UsageCheck.run { _ = try since.map { try SinceOption.moment($0, at: LocalStore.systemClock()) } }
    }

    func run() async throws {
        let runs = try await service.open(readOnly: true, isPatient: true)
        let run = try await RunResolver(service: runs).run(run.run)
        guard let source = try await source(of: run, on: runs) else { return }
        var offset: Int64 = 0
        if let since { offset = try await start(since, of: run, in: source) }
        if let tail { offset = max(offset, try await source.offset(ofLast: tail)) }
        var printer = LogPrinter()
        try await print(source, from: offset, with: &printer, on: runs)
        try printer.end()
    }

    /// The log, for which `--follow` waits; nil where the run ended without one while it was waited for.
    private func source(of run: Run, on runs: any RunService) async throws -> LogSource? {
        var patience = Patience()
        while true {
            if let details = try await patience.ask({ try await runs.details(of: run.id) }) {
                if let error = details.logsError { throw error }
                let found = file ?? details.mainLog?.name
                if let found, file == nil || details.logs.contains(where: { $0.name == found }) {
                    return LogSource(service: runs, run: run.id, name: found)
                }
                let isOver = details.run.status.isTerminal
                if follow && isOver && run.status.isActive { return nil }
                if !follow || isOver { throw Self.missing(file, isOver: isOver) }
            }
            try await Task.sleep(for: Self.interval)
        }
    }

    private static let interval = Duration.milliseconds(500)

    private static func missing(_ file: String?, isOver: Bool) -> RunServiceError {
        if let file {
            return RunServiceError(
                .notFound, "The run has no log “\(Shown.text(file))”; `runwatch show` lists those it has.")
        }
        let advice = isOver ? "it printed nothing, or was not started with `runwatch exec`" : "wait with --follow"
        return RunServiceError(.notFound, "The run has no log: \(advice).")
    }

    private func start(_ since: String, of run: Run, in source: LogSource) async throws -> Int64 {
        let moment = try SinceOption.moment(since, at: LocalStore.systemClock())
        // What all of it is said of needs no times in the lines.
        if let started = run.startedAt, started >= moment { return 0 }
        if let ended = run.endedAt, ended < moment { return try await source.offset(ofLast: 0) }
        return try await source.offset(since: moment)
    }

    private func print(
        _ source: LogSource, from start: Int64, with printer: inout LogPrinter, on runs: any RunService
    ) async throws {
        var offset = start
        var isOver = !follow
        var patience = Patience()
        while true {
            guard let piece = try await patience.ask({ try await source.piece(from: offset) }) else { continue }
            if piece.size < offset {
                Console.warn("The log has become shorter; it is printed from its beginning.")
                offset = 0
                continue
            }
            try printer.write(piece.bytes)
            offset = piece.bytes.isEmpty ? offset : piece.offset + Int64(piece.bytes.count)
            if !piece.bytes.isEmpty && offset < piece.size { continue }
            if isOver { return }
            // Asked before the last look: what the run printed until its end is there then.
            let now = try await patience.ask { try await runs.inspect([source.run], activeDescendants: false) }
            if let now { isOver = now.first.map { $0.run.status.isTerminal } ?? true }
            if !isOver { try await Task.sleep(for: Self.interval) }
        }
    }
}
