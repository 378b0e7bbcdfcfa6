package import RunModel

/// A run to be created.
package struct RunDraft: Sendable, Equatable {
    /// Chosen by the service when nil. Creating the same id again answers with the run that exists.
    package var id: RunID?
    /// Created when no experiment has this name.
    package var experimentName: String
    /// Chosen by the service when nil.
    package var name: String?
    package var parentID: RunID?
    package var user: String
    package var tags: Tags
    package var properties: Properties
    package var params: Params
    package var source: RunSource?

    package init(
        id: RunID? = nil, experimentName: String, name: String? = nil, parentID: RunID? = nil, user: String = "",
        tags: Tags = Tags(), properties: Properties = Properties(), params: Params = Params(),
        source: RunSource? = nil
    ) {
        self.id = id
        self.experimentName = experimentName
        self.name = name
        self.parentID = parentID
        self.user = user
        self.tags = tags
        self.properties = properties
        self.params = params
        self.source = source
    }
}

/// One change to the tags of a run.
package enum TagEdit: Sendable, Equatable {
    /// Adds the tag or replaces its value; a nil value makes it key-only.
    case set(key: String, value: String?)
    /// Succeeds when the tag is already absent.
    case delete(key: String)

    package var key: String {
        switch self {
        case .set(let key, _), .delete(let key): key
        }
    }
}

/// One metric measurement to be written.
package struct MetricEntry: Sendable, Equatable {
    package var key: String
    package var value: MetricValue
    /// One more than the metric's last step when nil, 0 for its first.
    package var step: Int64?
    /// Now when nil.
    package var timestamp: Timestamp?

    package init(key: String, value: MetricValue, step: Int64? = nil, timestamp: Timestamp? = nil) {
        self.key = key
        self.value = value
        self.step = step
        self.timestamp = timestamp
    }
}
