import GRDB
import RunModel
import RunServices
import SQLiteStatements

extension Database {
    /// Creates a run on behalf of a client, or does with the one that has its id what the draft says.
    func createHosted(_ draft: HostedRunDraft, at now: Timestamp) throws -> Int64 {
        if let id = draft.run.id, let key = try integer("SELECT pk FROM runs WHERE id = ?", [.text(id.text)]) {
            switch draft.existing {
            case .answers: return key
            case .changes:
                try record(HostedRunEdit(changing: draft), on: self.key(of: id, deleted: .isRefused), at: now)
            case .refuses:
                throw RunServiceError(
                    .conflict, "There is a run \(Shown.text(id.text)) already; choose another id.")
            }
            return key
        }
        let experiment = try draft.experimentID.map { try self.key(of: ExperimentReference.id($0)) }
        if let experiment { try requireActive(experiment: experiment) }
        let key = try create(draft.run, in: experiment, at: now)
        if let status = draft.status {
            let (started, ended) = (draft.startedAt ?? now, draft.endedAt ?? now)
            try setStatus(
                status, of: key, startedAt: status.hasStarted ? started : draft.startedAt,
                endedAt: status.isTerminal ? ended : draft.endedAt)
        } else if draft.startedAt != nil || draft.endedAt != nil {
            try setTimes(of: key, startedAt: draft.startedAt, endedAt: draft.endedAt)
        }
        if let address = draft.artifactURI {
            try run("UPDATE runs SET artifact_uri = ? WHERE pk = ?", [.text(address), .integer(key)])
        }
        try change(documentOf: key, by: draft.document)
        return key
    }

    /// Makes all changes of an edit; the transaction around takes them back when one is refused.
    func record(_ edit: HostedRunEdit, on key: Int64, at now: Timestamp) throws {
        let run = edit.run
        if let transition = run.transition {
            try apply(transition, to: key, onBehalfOf: run.origin, times: (run.startedAt, run.endedAt), at: now)
        } else {
            if run.startedAt != nil || run.endedAt != nil {
                try setTimes(of: key, startedAt: run.startedAt, endedAt: run.endedAt)
            }
            if let status = edit.status { try setClientStatus(status, of: key, at: now) }
        }
        try annotate(key, with: run)
        var isChanged = run.isAnnotation
        if let parent = edit.parentID { try setParent(parent, of: key) }
        if try append(run.metrics, to: key, onBehalfOf: run.origin, at: now) { isChanged = true }
        try change(documentOf: key, by: edit.document)
        try addInputs(of: edit, to: key)
        for metric in edit.modelMetrics { try add(metric, from: key) }
        for rows in edit.metricRows where try add(rows, to: key, at: now) { isChanged = true }
        if isChanged { try touch(key) }
    }

    /// A client's times replace those that are set.
    private func setTimes(of key: Int64, startedAt: Timestamp?, endedAt: Timestamp?) throws {
        try run(
            "UPDATE runs SET started_at = COALESCE(?, started_at), ended_at = COALESCE(?, ended_at) WHERE pk = ?",
            [SQLValue(startedAt?.milliseconds), SQLValue(endedAt?.milliseconds), .integer(key)])
        try touch(key)
    }

    /// A status without a transition of its own; the others go the way of transitions, with the rules of supervision.
    private func setClientStatus(_ status: RunStatus, of key: Int64, at now: Timestamp) throws {
        let transition: Transition? =
            switch status {
            case .queued: .queue
            case .running: .start
            case .completed: .complete
            case .failed: .fail(RunFailure())
            case .canceled: .canceled
            default: nil
            }
        if let transition {
            try apply(transition, to: key, onBehalfOf: .client, at: now)
        } else if try self.status(of: key) != status {
            try setStatus(status, of: key, startedAt: status.hasStarted ? now : nil)
        }
    }

    /// Throws `notFound`, and `invalid` for a parent that is the run or below it.
    private func setParent(_ id: RunID, of key: Int64) throws {
        let parent = try self.key(of: id, deleted: .isRefused)
        let below = try descendants(of: key, withDeleted: true)
        if parent == key || below.contains(parent) {
            throw RunServiceError(
                .invalid, "The run \(Shown.text(id.text)) is below this one, so it cannot be its parent.")
        }
        let root = try integer("SELECT root_pk FROM runs WHERE pk = ?", [.integer(parent)])
        try run("UPDATE runs SET parent_pk = ? WHERE pk = ?", [.integer(parent), .integer(key)])
        for moved in [key] + below {
            try run("UPDATE runs SET root_pk = ? WHERE pk = ?", [SQLValue(root), .integer(moved)])
            try touch(moved)
        }
    }
}

extension RunStatus {
    /// Whether a run in this status has begun to run.
    fileprivate var hasStarted: Bool {
        switch self {
        case .notStarted, .queued, .preparing, .unknown: false
        default: true
        }
    }
}

extension HostedRunEdit {
    /// What a draft says of a run that exists. NotStarted is what every new run is, and no change to one that went on.
    fileprivate init(changing draft: HostedRunDraft) {
        self.init(
            RunEdit(
                onBehalfOf: .client, startedAt: draft.startedAt, endedAt: draft.endedAt, name: draft.run.name,
                tags: draft.run.tags.entries.map { .set(key: $0.key, value: $0.value) },
                properties: draft.run.properties, params: draft.run.params),
            status: draft.status == .notStarted ? nil : draft.status, parentID: draft.run.parentID,
            document: draft.document)
    }
}
