import ArgumentParser
import RunModel
import RunServices

/// `runwatch complete`: ends runs well.
struct CompleteCommand: SteeringCommand {
    static let configuration = CommandConfiguration(
        commandName: "complete", abstract: "Mark runs as completed.",
        discussion: """
            Without a name it is the run that calls, by RUNWATCH_RUN_ID. Prints the runs as they are then.

              runwatch complete -r 7df7f855
            """)

    @OptionGroup var targets: RunTargets
    @OptionGroup var output: OutputOptions
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        let runs = try await service.open(isPatient: true)
        try await steer("Complete", on: runs, fallback: callingRun, isAmong: { !$0.status.isTerminal }) {
            run async throws(RunServiceError) in
            [try await runs.apply(.complete, to: run.id, onBehalfOf: .person)]
        }
    }
}
