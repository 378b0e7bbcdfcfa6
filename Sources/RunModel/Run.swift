/// One execution as every screen, filter and listing sees it.
package struct Run: Sendable, Equatable, Codable {
    /// Opaque; chosen by the service.
    package var id: RunID
    /// Of the experiment it belongs to.
    package var experimentID: ExperimentID
    /// As it is called now.
    package var experimentName: String
    /// What people call it; not unique.
    package var name: String
    /// Counts up within an experiment, where the service numbers runs.
    package var number: Int?
    /// Where it is in its life.
    package var status: RunStatus
    /// Nil without a parent, and where the one told of cannot be: missing, the run itself, or below it.
    package var parentID: RunID?
    /// The topmost ancestor; the run's own id when it has no parent.
    package var rootID: RunID
    /// Set by the service.
    package var createdAt: Timestamp
    /// Nil before it starts.
    package var startedAt: Timestamp?
    /// Nil while it is not over.
    package var endedAt: Timestamp?
    /// Who started it, as the service names people; empty when unknown.
    package var user: String
    /// Nil unless it failed or stopped to respond.
    package var failure: RunFailure?
    /// What people marked it with.
    package var tags: Tags
    /// Tags that machinery keeps for itself (`mlflow.source.name`): found by filters, not listed among the tags.
    package var machineTags: Tags
    /// Facts that never change.
    package var properties: Properties
    /// Inputs that never change.
    package var params: Params
    /// The newest point of each.
    package var metrics: LatestMetrics

    /// A run as its service tells it; without a root it is its own.
    package init(
        id: RunID, experimentID: ExperimentID, experimentName: String = "", name: String, number: Int? = nil,
        status: RunStatus, parentID: RunID? = nil, rootID: RunID? = nil, createdAt: Timestamp,
        startedAt: Timestamp? = nil, endedAt: Timestamp? = nil, user: String = "", failure: RunFailure? = nil,
        tags: Tags = Tags(), machineTags: Tags = Tags(), properties: Properties = Properties(),
        params: Params = Params(), metrics: LatestMetrics = LatestMetrics()
    ) {
        self.id = id
        self.experimentID = experimentID
        self.experimentName = experimentName
        self.name = name
        self.number = number
        self.status = status
        self.parentID = parentID
        self.rootID = rootID ?? id
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.user = user
        self.failure = failure
        self.tags = tags
        self.machineTags = machineTags
        self.properties = properties
        self.params = params
        self.metrics = metrics
    }

    /// Milliseconds from start to end, or to `now` while it is not over; nil before it started.
    package func duration(at now: Timestamp) -> Int64? {
        guard let startedAt else { return nil }
        return max(0, (endedAt ?? now).milliseconds(since: startedAt))
    }
}

/// Why a run failed, in the words of the person or program that marked it so.
package struct RunFailure: Sendable, Equatable, Codable {
    /// A word for programs, such as `SupervisorLost`.
    package var code: String?
    /// A sentence; untrusted text.
    package var message: String?

    /// Either part may be missing.
    package init(code: String? = nil, message: String? = nil) {
        self.code = code
        self.message = message
    }
}
