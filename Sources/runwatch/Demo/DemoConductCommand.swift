import ArgumentParser
import Glibc
import LocalStore
import RunExecution
import RunModel
import RunServices

/// The demo's background process: starts its runs by and by, and ends them all when the demo is gone.
struct DemoConductCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "demo-conduct", shouldDisplay: false)

    /// Milliseconds between looks at the clock and at the demo.
    private static let turn = 100
    /// Seconds until what has not ended by itself is killed: the runs' grace, and a nested one's.
    private static let patience = 10.0

    @Option(name: .long) var store: String
    /// The inherited descriptor of the demo's lock.
    @Option(name: .long) var lock: Int32

    func run() async throws {
        // The lock is this process's, and not its runs'.
        _ = fcntl(lock, F_SETFD, FD_CLOEXEC)
        // Away from the terminal, whose ctrl-c and hang-up are the demo's to judge.
        setsid()
        let ending = DemoEnding()
        await ending.watch()
        var supervisors: [OwnBinary] = []
        let clock = ContinuousClock()
        var roundStart = clock.now
        var round = 0
        var waiting = DemoProgramme.round(0)
        while await !ending.hasCome {
            let elapsed = (clock.now - roundStart) / .seconds(1)
            for item in waiting where item.delay <= elapsed {
                supervisors.append(try item.run.start(in: store))
            }
            waiting.removeAll { $0.delay <= elapsed }
            if elapsed >= DemoProgramme.interval(after: round) {
                round += 1
                roundStart = clock.now
                waiting += DemoProgramme.round(round)
            }
            supervisors.removeAll { waitpid($0.pid, nil, WNOHANG) != 0 }
            try await Task.sleep(for: .milliseconds(Self.turn))
        }
        await cancelAll()
        try await end(supervisors)
    }

    /// So that the runs end as Canceled rather than by a signal; without the store they end all the same.
    private func cancelAll() async {
        guard let service = try? await LocalStore.open(at: store, access: .readWrite),
            let runs = try? await service.runs(in: .all, matching: nil, limit: 10_000)
        else { return }
        for run in runs where run.status.isActive && run.parentID == nil {
            _ = try? await service.cancel(run.id, includingDescendants: true)
        }
    }

    private func end(_ supervisors: [OwnBinary]) async throws {
        var remaining = supervisors
        // Supervisors look for a cancel once a second; a signal spares the person that wait.
        for supervisor in remaining { kill(supervisor.pid, SIGTERM) }
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(Self.patience)
        while !remaining.isEmpty {
            remaining.removeAll { waitpid($0.pid, nil, WNOHANG) != 0 }
            if clock.now > deadline { for supervisor in remaining { kill(supervisor.pid, SIGKILL) } }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
