package import RunModel

/// What a run says whose supervisor died, for instance by `kill -9`.
package enum SupervisorLoss {
    package static let code = "SupervisorLost"

    /// The command is gone too, and nobody knows how it ended.
    package static func ended(_ supervisor: Supervisor) -> RunFailure {
        RunFailure(
            code: code,
            message: "The supervisor (pid \(supervisor.process.pid)) ended without recording how the command ended; "
                + "neither runs any more.")
    }

    package static func orphaned(_ supervisor: Supervisor, _ command: ProcessStamp) -> RunFailure {
        RunFailure(
            code: code,
            message: "The supervisor (pid \(supervisor.process.pid)) is gone, but the command (pid \(command.pid)) "
                + "still runs on \(Shown.text(supervisor.host)); cancel ends it.")
    }
}
