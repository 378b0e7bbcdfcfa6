import ArgumentParser
import RunExecution
import RunModel
import RunReports
import RunServices

/// `runwatch queue`: the queues of this machine.
struct QueueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue", abstract: "List the queues of this machine, and change them.",
        discussion: """
            `runwatch exec --queue NAME` waits in a queue until it has room. Runs start in their order: none goes before one \
            that stands ahead of it, however little it takes. `runwatch cancel` takes one out, and key Q of the dashboard \
            shows all.

              runwatch queue gpu --slots 2
              runwatch queue move 7df7f855 first
            """,
        subcommands: [QueueListCommand.self, QueueMoveCommand.self, QueueForgetCommand.self],
        defaultSubcommand: QueueListCommand.self)

    /// The one whose run has this id, or else an id that begins so; nil where there is none.
    static func entry(_ run: String, among entries: [QueueEntry]) throws(ConsoleError) -> QueueEntry? {
        if let whole = entries.first(where: { $0.run.text == run }) { return whole }
        let matches = run.isEmpty ? [] : entries.filter { $0.run.text.hasPrefix(run) }
        guard matches.count <= 1 else {
            throw ConsoleError("\(matches.count) runs there have an id that begins with \(Shown.text(run)).", .usage)
        }
        return matches.first
    }
}

/// `runwatch queue [NAME]`: what runs and what waits.
struct QueueListCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what runs and what waits; with --slots, change how many run at a time.",
        discussion: """
            Those that run come first, then those that wait, in their order.

              runwatch queue list gpu -o json --query "[?state == 'waiting'].runId"
            """)

    @Argument(help: ArgumentHelp("The queue; all by default.", valueName: "name"), completion: .queues)
    var name: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Give the queue so many slots; with 0 nothing of it starts.", valueName: "number"))
    var slots: Int?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if slots != nil, name == nil { throw ValidationError("--slots needs the queue's name.") }
        if let name, !RunQueue.isName(name) { throw ValidationError(HostQueues.oddName(name).message) }
        try QueueOptions.check(slots, "--slots", 0...RunQueue.mostSlots)
    }

    func run() async throws {
        let keeper = HostQueues()
        if let name, let slots { try await keeper.change(.resize(queue: name, slots: slots)) }
        let queues = try await keeper.queues(of: nil).filter { name == nil || $0.name == name }
        var writer = try ResultWriter(output)
        try writer.write(
            queues.flatMap { queue in queue.entries.map { ListedQueueEntry($0, of: queue) } },
            under: ListedQueueEntry.columns)
    }
}

/// `runwatch queue move`: another order.
struct QueueMoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Move a run that waits: first, last, up, down, or to a position.",
        discussion: """
              runwatch queue move 7df7f855 first
            """)

    @Argument(help: ArgumentHelp("The run: its id, or the beginning of it.", valueName: "run"))
    var run: String

    @Argument(help: ArgumentHelp("first, last, up, down, or a number from 1.", valueName: "position"))
    var position: QueuePosition

    func run() async throws {
        let keeper = HostQueues()
        let waiting = try await keeper.queues(of: nil).flatMap(\.waiting)
        guard let entry = try QueueCommand.entry(run, among: waiting) else {
            throw RunServiceError(.notFound, "No run \(Shown.text(run)) waits in a queue of this machine.")
        }
        try await keeper.change(.move(entry: entry.id, by: position.distance(from: entry.position ?? 1)))
    }
}

/// `runwatch queue forget`: frees what nobody uses.
struct QueueForgetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget", abstract: "Free what a run has that is over and whose supervisor was killed.",
        discussion: """
            Processes that its command left in the background keep its share; they go on, and the share is free. What is \
            left of another boot keeps nobody waiting, and goes by itself.

              runwatch queue forget 7df7f855
            """)

    @Argument(help: ArgumentHelp("The run: its id, or the beginning of it.", valueName: "run"))
    var run: String

    func run() async throws {
        let keeper = HostQueues()
        let entries = try await keeper.queues(of: nil).flatMap(\.entries)
        guard let entry = try QueueCommand.entry(run, among: entries) else {
            throw RunServiceError(.notFound, "No run \(Shown.text(run)) is in a queue of this machine.")
        }
        try await keeper.change(.forget(entry: entry.id))
    }
}

/// Where a run goes that waits.
enum QueuePosition: ExpressibleByArgument {
    case first, last, up, down
    /// From 1.
    case place(Int)

    init?(argument: String) {
        switch argument {
        case "first": self = .first
        case "last": self = .last
        case "up": self = .up
        case "down": self = .down
        default:
            guard let number = Int(argument), (1...1_000_000).contains(number) else { return nil }
            self = .place(number)
        }
    }

    /// Places towards the end.
    func distance(from position: Int) -> Int {
        switch self {
        case .first: -1_000_000
        case .last: 1_000_000
        case .up: -1
        case .down: 1
        case .place(let number): number - position
        }
    }

    static var allValueStrings: [String] { ["first", "last", "up", "down"] }
}
