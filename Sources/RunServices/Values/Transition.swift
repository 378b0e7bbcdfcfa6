package import RunModel

/// A step in a run's life.
package enum Transition: Sendable, Equatable, Codable {
    case queue
    /// Sets the start time.
    case start
    /// Ends the run well.
    case complete
    /// Ends the run badly, or corrects a completed one.
    case fail(RunFailure)
    /// The whole process group is gone after a cancel request.
    case canceled

    /// The status that the run has afterwards.
    package var status: RunStatus {
        switch self {
        case .queue: .queued
        case .start: .running
        case .complete: .completed
        case .fail: .failed
        case .canceled: .canceled
        }
    }
}

/// Who asks for a transition, which decides what happens when it cannot apply.
package enum TransitionOrigin: Sendable, Equatable, Codable {
    /// A person's command: refused with `conflict`.
    case person
    /// The run's own machinery, which may re-send: ignored, and answered with the run as it is.
    case lifecycle
    /// A client that speaks another protocol through this service: its rules apply, and any status may follow any other.
    case client
}
