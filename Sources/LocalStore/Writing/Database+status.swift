import GRDB
import RunModel
import RunServices
import SQLiteStatements

extension Database {
    func status(of key: Int64) throws -> RunStatus {
        guard
            let status = try first(
                "SELECT status FROM runs WHERE pk = ?", [.integer(key)], { StoredStatus.decode($0.bytes(0)) })
        else { throw RunServiceError(.notFound, "The run is not in this store any more.") }
        return status
    }

    /// Counts a change that `Run` shows, in the transaction that makes it.
    func touch(_ key: Int64) throws {
        try run("UPDATE store SET revision = revision + 1")
        try run("UPDATE runs SET revision = (SELECT revision FROM store) WHERE pk = ?", [.integer(key)])
    }

    /// Sets the status and the failure as they are from now on; times that are set already stay as they are.
    func setStatus(
        _ status: RunStatus, of key: Int64, startedAt: Timestamp? = nil, endedAt: Timestamp? = nil,
        failure: RunFailure? = nil
    ) throws {
        try run(
            """
            UPDATE runs SET status = ?, started_at = COALESCE(started_at, ?), ended_at = COALESCE(ended_at, ?),
                failure_code = ?, failure_message = ? WHERE pk = ?
            """,
            [
                .text(status.word), SQLValue(startedAt?.milliseconds), SQLValue(endedAt?.milliseconds),
                SQLValue(failure?.code), SQLValue(failure?.message), .integer(key),
            ])
        try touch(key)
    }

    /// Moves a run along, or refuses or ignores what cannot apply (contract clause 2). `times` are what a client says.
    func apply(
        _ transition: Transition, to key: Int64, onBehalfOf origin: TransitionOrigin,
        times: (start: Timestamp?, end: Timestamp?) = (nil, nil), at now: Timestamp
    ) throws {
        let status = try status(of: key)
        if origin == .client { return try applyForClient(transition, to: key, from: status, times, at: now) }
        switch TransitionRule(transition, from: status, onBehalfOf: origin) {
        case .applies:
            switch transition {
            case .queue: try setStatus(.queued, of: key)
            case .start: try setStatus(.running, of: key, startedAt: now)
            case .complete, .canceled: try setStatus(transition.status, of: key, endedAt: now)
            case .fail(let failure): try setStatus(.failed, of: key, endedAt: now, failure: failure.ifAny)
            }
        case .startsUnderCancel where origin == .lifecycle:
            try setStatus(status, of: key, startedAt: now)
        case .startsUnderCancel, .cannotApply:
            if origin != .person { return }
            throw RunServiceError(
                .conflict, "The run is \(Shown.text(status.word)), so it cannot become \(transition.status.word).")
        }
    }
}

extension Database {
    /// Any status may follow any other; the client's times replace those that are set, and a run that goes on has no end.
    private func applyForClient(
        _ transition: Transition, to key: Int64, from status: RunStatus, _ times: (start: Timestamp?, end: Timestamp?),
        at now: Timestamp
    ) throws {
        var failure: RunFailure?
        if case .fail(let given) = transition { failure = given.ifAny }
        if let ordered = try underSupervision(transition, of: key, from: status, at: now) {
            if ordered != status { try setStatus(ordered, of: key) }
            return
        }
        let isOver = transition.status.isTerminal
        let end = isOver && status != transition.status ? times.end ?? now : times.end
        try run(
            "UPDATE runs SET started_at = COALESCE(?, started_at), ended_at = CASE WHEN ? THEN COALESCE(?, ended_at) END "
                + "WHERE pk = ?",
            [
                SQLValue(times.start?.milliseconds), .integer(isOver ? 1 : 0), SQLValue(end?.milliseconds),
                .integer(key),
            ])
        let starts = transition.status == .running || isOver
        try setStatus(transition.status, of: key, startedAt: starts ? now : nil, failure: failure)
    }
}

extension Database {
    /// What a client's word for the end comes to while a supervisor still owns the run: a cancel is an order, which nothing
    /// but the supervisor ends, and a script that says it is done has a process that is not. Nil where the word counts.
    private func underSupervision(
        _ transition: Transition, of key: Int64, from status: RunStatus, at now: Timestamp
    ) throws -> RunStatus? {
        if status.isTerminal { return nil }
        guard transition.status.isTerminal || status == .cancelRequested,
            let supervision = try supervision(of: key), supervision.isLive(at: now) || supervision.mayHaveOrphan
        else { return nil }
        if status == .cancelRequested || transition == .canceled { return .cancelRequested }
        return transition == .complete ? .finalizing : nil
    }
}

extension RunFailure {
    /// Nil when it says nothing.
    fileprivate var ifAny: RunFailure? { code == nil && message == nil ? nil : self }
}
