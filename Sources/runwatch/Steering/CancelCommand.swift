import ArgumentParser
import RunModel
import RunServices
import SlurmExecution

/// `runwatch cancel`: ends what runs.
struct CancelCommand: SteeringCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Cancel runs, and end their commands.",
        discussion: """
            A command that `runwatch exec` started, on this machine or another, gets SIGTERM and after some seconds \
            SIGKILL (exec's --stop-signal and --grace choose others); the run says CancelRequested until it is gone. \
            With --now it is killed at once, also when it is being cancelled already. A run without a supervisor is \
            Canceled at once. Returns once the order is given; with --wait, once the runs are over. Prints the runs that \
            changed.

              runwatch cancel -r 7df7f855 --children --wait
              runwatch cancel --filter "experiment = sweep-lr and status:running"
            """)

    @OptionGroup var targets: RunTargets

    @Flag(name: .long, help: "Their descendants that are not over too, children first.")
    var children = false

    @Flag(name: .long, help: "Kill their commands now: they get no time to save anything.")
    var now = false

    @Flag(name: .long, help: "Return once they are over.")
    var wait = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        let runs = try await service.open(isPatient: true)
        try await cancel(on: runs)
    }

    private func cancel(on runs: any SupervisedRunService) async throws {
        // Ends what a supervisor that died left behind here, and jobs that wait.
        let keeper = RunKeeper.keeper(of: runs)
        let (children, wait, now) = (children, wait, now)
        try await steer("Cancel", on: runs, isAmong: { !$0.status.isTerminal }) {
            run async throws(RunServiceError) in
            var changed: [Run] = []
            if children || !now { changed = try await keeper.cancel(run.id, includingDescendants: children) }
            if now {
                for id in Set(changed.filter { !$0.status.isTerminal }.map(\.id)).union([run.id]) {
                    changed += try await keeper.kill(id)
                }
                changed = changed.uniqueRuns
            }
            if !wait { return changed.isEmpty ? [run] : changed }
            // A run that was asked before changes nothing now, and is waited for all the same.
            return try await RunsEnd.wait(for: changed.map(\.id) + [run.id], on: runs)
        }
    }
}

/// Waits until runs are over.
enum RunsEnd {
    private static let first = Duration.milliseconds(100)
    private static let longest = Duration.seconds(2)

    /// The runs as they are then; those that are gone meanwhile are left out.
    static func wait(for ids: [RunID], on runs: any RunReading) async throws(RunServiceError) -> [Run] {
        var pause = first
        while true {
            let found = try await runs.inspect(ids, activeDescendants: false).map(\.run)
            if found.allSatisfy(\.status.isTerminal) { return found }
            do {
                try await Task.sleep(for: pause)
            } catch {
                throw RunServiceError(.cancelled, "The wait was given up.")
            }
            pause = min(longest, pause * 2)
        }
    }
}
