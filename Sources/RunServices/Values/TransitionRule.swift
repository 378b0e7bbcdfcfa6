package import RunModel

/// Whether a step in a run's life can follow its status: the table behind contract clause 2.
package enum TransitionRule: Equatable, Sendable {
    case applies
    /// The command did start, but the order to cancel it stands.
    case startsUnderCancel
    case cannotApply

    /// What a step comes to in a run of this status, when `origin` asks for it.
    package init(_ transition: Transition, from status: RunStatus, onBehalfOf origin: TransitionOrigin) {
        if origin == .client {
            self = .applies
            return
        }
        switch (transition, status) {
        case (.fail, .completed): self = .applies
        case (_, .completed), (_, .failed), (_, .canceled): self = .cannotApply
        case (.queue, .notStarted), (.queue, .preparing), (.queue, .unknown): self = .applies
        case (.queue, _): self = .cannotApply
        case (.start, .cancelRequested): self = .startsUnderCancel
        case (.start, .running), (.start, .finalizing): self = .cannotApply
        case (.start, _), (.complete, _), (.fail, _), (.canceled, _): self = .applies
        }
    }
}
