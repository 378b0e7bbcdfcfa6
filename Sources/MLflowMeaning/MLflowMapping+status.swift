package import RunModel
package import RunServices

extension MLflowMapping {
    /// What moves a run along (contract clause 2); empty when a late event is to be ignored. Throws `conflict`.
    package static func edit(
        applying transition: Transition, to record: MLflowRecord, onBehalfOf origin: TransitionOrigin,
        startingAt start: Timestamp? = nil, endingAt end: Timestamp? = nil, at now: Timestamp
    ) throws(RunServiceError) -> MLflowEdit {
        let status = status(of: record, at: now)
        var edit = MLflowEdit()
        switch TransitionRule(transition, from: status, onBehalfOf: origin) {
        case .applies:
            edit.status = word(for: transition.status)
            edit.set(MLflowTag.status, nil, in: record)
            switch transition {
            case .queue: break
            case .start: setStart(&edit, record, now)
            case .complete, .canceled: setEnd(&edit, record, status, end ?? now)
            case .fail(let failure):
                setEnd(&edit, record, status, end ?? now)
                edit.set(MLflowTag.failureCode, failure.code, in: record)
                edit.set(MLflowTag.failureMessage, failure.message, in: record)
            }
            // A foreign client knows when the run started and ended, also for a run that did so before.
            if origin == .client, let start, record.tag(MLflowTag.created) != nil {
                edit.setTags.removeAll { $0.key == MLflowTag.started }
                edit.set(MLflowTag.started, "\(start.milliseconds)", in: record)
            }
            if origin == .client, let end, transition.status.isTerminal { edit.endTime = end.milliseconds }
            if origin == .person && transition.status.isTerminal { letGo(&edit, record, deciding: transition.status) }
        case .startsUnderCancel where origin == .lifecycle: setStart(&edit, record, now)
        case .startsUnderCancel, .cannotApply:
            if origin == .person {
                throw RunServiceError(
                    .conflict, "The run is \(Shown.text(status.word)), so it cannot become \(transition.status.word).")
            }
        }
        return edit
    }

    /// What cancels a run (contract clause 3): KILLED, which a living supervisor takes for an order; nil when it is
    /// over or the order is given already.
    package static func cancelEdit(of record: MLflowRecord, at now: Timestamp) -> MLflowEdit? {
        let status = status(of: record, at: now)
        if status.isTerminal || status == .cancelRequested { return nil }
        var edit = MLflowEdit(status: word(for: .canceled), endTime: now.milliseconds)
        edit.set(MLflowTag.status, nil, in: record)
        let supervision = MLflowSupervision(record)
        if let supervision, supervision.isAttached {
            if supervision.isLive(at: now) {
                edit.setTags.append((MLflowTag.cancel, "\(now.milliseconds)"))
            } else {
                letGo(&edit, record, deciding: .canceled)
            }
        }
        return edit
    }

    /// What a person decided is not for a supervisor to change, were it alive, nor for the client that it ends.
    private static func letGo(_ edit: inout MLflowEdit, _ record: MLflowRecord, deciding status: RunStatus) {
        guard let supervision = MLflowSupervision(record), supervision.isAttached else { return }
        edit.setTags.append((MLflowTag.decided, word(for: status)))
        edit.setTags.append((MLflowTag.exit, MLflowSupervision.encode(supervision.state.exit)))
    }

    private static func setStart(_ edit: inout MLflowEdit, _ record: MLflowRecord, _ now: Timestamp) {
        guard record.tag(MLflowTag.created) != nil, record.tag(MLflowTag.started) == nil else { return }
        edit.setTags.append((MLflowTag.started, "\(now.milliseconds)"))
    }

    /// Once, but for an end that a cancelled or still working run was given too early.
    private static func setEnd(
        _ edit: inout MLflowEdit, _ record: MLflowRecord, _ status: RunStatus, _ now: Timestamp
    ) {
        if record.endTime == nil || !status.isTerminal { edit.endTime = now.milliseconds }
    }
}
