package import RunModel

/// What a run says whose supervisor died, for instance by `kill -9`, or is not heard any more.
package enum SupervisorLoss {
    /// The failure code of a run whose supervisor is proven gone.
    package static let code = "SupervisorLost"

    /// The failure code of a run whose supervisor was stopped.
    package static let stoppedCode = "SupervisorStopped"

    /// The supervisor is there, and was stopped.
    package static func stopped(_ supervisor: Supervisor) -> RunFailure {
        RunFailure(
            code: stoppedCode,
            message: "The supervisor (pid \(supervisor.process.pid) on \(Shown.text(supervisor.host))) is stopped "
                + "(ctrl-z); fg in its shell continues it, and a cancel from this host does so to end it.")
    }

    /// The supervisor sends no heartbeats; `host` is nil where it is not known.
    package static func silent(host: String?) -> RunFailure {
        let place = host.map { " on \(Shown.text($0))" } ?? ""
        return RunFailure(
            code: "SupervisorSilent",
            message: "The supervisor\(place) has sent no heartbeat for more than \(Heartbeat.silenceLimit / 1_000) s; "
                + "the command may still run.")
    }

    /// Why a cancel changed the status only: no record of this host proves whose process the run names.
    package static func unproven(_ command: ProcessStamp) -> RunFailure {
        RunFailure(
            code: "NotProven",
            message: "Only the status was changed: nothing on this host proves that process \(command.pid) belongs to "
                + "this run, so it was left alone.")
    }

    /// The command was never started, as when the machine stopped under a run that waited for its turn.
    package static func neverStarted(_ supervisor: Supervisor) -> RunFailure {
        RunFailure(
            code: code,
            message: "The supervisor (pid \(supervisor.process.pid)) ended, by a kill or with the machine, before it "
                + "started the command; `runwatch rerun` runs it again.")
    }

    /// The command is gone too, and how it ended is not known.
    package static func ended(_ supervisor: Supervisor) -> RunFailure {
        RunFailure(
            code: code,
            message: "The supervisor (pid \(supervisor.process.pid)) ended without recording how the command ended; "
                + "neither runs any more.")
    }

    /// The command still runs on its host.
    package static func orphaned(_ supervisor: Supervisor, _ command: ProcessStamp) -> RunFailure {
        RunFailure(
            code: code,
            message: "The supervisor (pid \(supervisor.process.pid)) is gone, but the command (pid \(command.pid)) "
                + "still runs on \(Shown.text(supervisor.host)); cancel ends it.")
    }
}
