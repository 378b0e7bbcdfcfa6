import DashboardCore

/// Runs the user's own commands without the terminal, a few at a time.
@MainActor
final class BackgroundQueue {
    private let report: @MainActor (String, CommandEnd, String) -> Void
    private var waiting: [BackgroundCommand] = []
    private var running = 0

    /// More at once would load the machine that trains.
    static let mostRunning = 4
    /// As many as can be called for marked runs at once.
    static let mostWaiting = 50

    /// - Parameter report: is told the name, the end and the last line of each.
    init(report: @escaping @MainActor (String, CommandEnd, String) -> Void) { self.report = report }

    func take(_ command: BackgroundCommand) {
        guard waiting.count < Self.mostWaiting else {
            report(command.name, .notStarted("\(Self.mostWaiting) commands wait already"), "")
            return
        }
        waiting.append(command)
        startNext()
    }

    /// Starts no more; what runs is left to itself.
    func end() { waiting = [] }

    private func startNext() {
        while running < Self.mostRunning, !waiting.isEmpty {
            let command = waiting.removeFirst()
            running += 1
            Task { [weak self] in
                let (end, lastLine) = await BackgroundProcess(command: command).run()
                self?.finished(command, end, lastLine)
            }
        }
    }

    private func finished(_ command: BackgroundCommand, _ end: CommandEnd, _ lastLine: String) {
        running -= 1
        report(command.name, end, lastLine)
        startNext()
    }
}
