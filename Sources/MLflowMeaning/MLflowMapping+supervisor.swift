package import RunModel
package import RunServices

extension MLflowMapping {
    /// What declares `supervisor` the owner of a run. Throws `conflict` for a run that is over.
    package static func edit(
        attaching supervisor: Supervisor, to record: MLflowRecord, at now: Timestamp
    ) throws(RunServiceError) -> MLflowEdit {
        let status = status(of: record, at: now)
        if status.isTerminal {
            throw RunServiceError(
                .conflict, "The run is \(status.word) already; create another one to start a command.")
        }
        var edit = MLflowEdit()
        edit.setTags = [
            (MLflowTag.supervisor, MLflowSupervision.encode(supervisor)), (MLflowTag.heartbeat, "\(now.milliseconds)"),
        ]
        // Tells that an `output.log` of this run is a script's, before the script can make one.
        if record.tag(MLflowTag.log) == nil { edit.setTags.append((MLflowTag.log, MLflowCommandLog.none)) }
        edit.set(MLflowTag.exit, nil, in: record)
        edit.set(MLflowTag.decided, nil, in: record)
        return edit
    }

    /// What a heartbeat writes, often nothing, and what it tells the supervisor: `.cancelRequested` is an order.
    package static func heartbeat(
        of record: MLflowRecord, at now: Timestamp
    ) -> (edit: MLflowEdit, status: RunStatus) {
        var edit = MLflowEdit()
        guard let supervision = MLflowSupervision(record), supervision.isAttached else {
            restoreDecision(&edit, record, now)
            return (edit, status(of: edit.applied(to: record), at: now))
        }
        let silence = now.milliseconds(since: supervision.state.lastHeartbeat)
        // Negative when the clock was set back: then the old heartbeat would stay young for too long.
        if silence >= Heartbeat.writeInterval || silence < 0 {
            edit.setTags.append((MLflowTag.heartbeat, "\(now.milliseconds)"))
        }
        // Kept, since a dying client overwrites KILLED with FINISHED.
        if status(word: record.status) == .canceled && record.tag(MLflowTag.cancel) == nil {
            edit.setTags.append((MLflowTag.cancel, "\(now.milliseconds)"))
        }
        return (edit, status(of: edit.applied(to: record), at: now))
    }

    /// What records that the command has ended and applies `transition` as a lifecycle event.
    package static func edit(
        detaching exit: CommandExit?, applying transition: Transition, from record: MLflowRecord, at now: Timestamp
    ) throws(RunServiceError) -> MLflowEdit {
        var letGo = MLflowEdit()
        letGo.setTags.append((MLflowTag.exit, MLflowSupervision.encode(exit)))
        if record.tag(MLflowTag.supervisor) != nil {
            letGo.setTags.append((MLflowTag.heartbeat, "\(now.milliseconds)"))
        }
        // Judged as the supervisor left it: what the script's client wrote meanwhile is not the end of the command.
        var edit = try edit(
            applying: clientsWord(on: record, over: transition), to: asSupervised(record, at: now),
            onBehalfOf: .lifecycle, at: now)
        edit.setTags += letGo.setTags
        restoreDecision(&edit, record, now)
        for key in [MLflowTag.cancel, MLflowTag.decided] { edit.set(key, nil, in: record) }
        return edit
    }

    /// What a person decided while the supervisor was silent, or over its head, stands, whatever was written since.
    private static func restoreDecision(_ edit: inout MLflowEdit, _ record: MLflowRecord, _ now: Timestamp) {
        let isLetGo = MLflowSupervision(record)?.isAttached == false
        guard isLetGo, let decided = record.tag(MLflowTag.decided), decided != record.status else { return }
        edit.status = decided
        if record.endTime == nil { edit.endTime = now.milliseconds }
    }

    /// A script that caught its error and told MLflow of it means what it said, though its exit status is 0.
    private static func clientsWord(on record: MLflowRecord, over transition: Transition) -> Transition {
        guard transition == .complete, status(word: record.status) == .failed,
            MLflowSupervision(record)?.isAttached == true
        else { return transition }
        return .fail(
            RunFailure(message: "The command's MLflow client marked the run failed; the command exited with status 0."))
    }

    /// The record with the status that its living supervisor knows.
    private static func asSupervised(_ record: MLflowRecord, at now: Timestamp) -> MLflowRecord {
        guard let supervision = MLflowSupervision(record), supervision.isAttached else { return record }
        var record = record
        record.tags.removeAll { $0.key == MLflowTag.heartbeat }
        record.tags.append((MLflowTag.heartbeat, "\(now.milliseconds)"))
        return record
    }
}
