/// One execution as every screen, filter and listing sees it.
package struct Run: Sendable, Equatable {
    package var id: RunID
    package var experimentID: ExperimentID
    package var experimentName: String
    package var name: String
    /// Counts up within an experiment, where the service numbers runs.
    package var number: Int?
    package var status: RunStatus
    package var parentID: RunID?
    /// The topmost ancestor; the run's own id when it has no parent.
    package var rootID: RunID
    package var createdAt: Timestamp
    package var startedAt: Timestamp?
    package var endedAt: Timestamp?
    /// Who started it, as the service names people; empty when unknown.
    package var user: String
    package var failure: RunFailure?
    package var tags: Tags
    /// Tags that machinery keeps for itself (`mlflow.source.name`): found by filters, not listed among the tags.
    package var machineTags: Tags
    package var properties: Properties
    package var params: Params
    package var metrics: LatestMetrics

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

/// Why a run failed, in the words of whoever marked it so.
package struct RunFailure: Sendable, Equatable {
    package var code: String?
    package var message: String?

    package init(code: String? = nil, message: String? = nil) {
        self.code = code
        self.message = message
    }
}
