package import RunModel

/// A run to be created.
package struct RunDraft: Sendable, Equatable, Codable {
    /// Chosen by the service when nil. Creating the same id again answers with the run that exists.
    package var id: RunID?
    /// Created when no experiment has this name.
    package var experimentName: String
    /// Chosen by the service when nil.
    package var name: String?
    /// The run that it becomes a child of, which may be earlier in the same batch; nil makes it a root.
    package var parentID: RunID?
    /// The person it belongs to; may be empty.
    package var user: String
    /// The tags it has from the start.
    package var tags: Tags
    /// The properties it has from the start, which never change.
    package var properties: Properties
    /// The parameters it has from the start, which never change.
    package var params: Params
    /// What it executes; nil when that is not known.
    package var source: RunSource?

    /// A run that has these parts when it is created.
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
package enum TagEdit: Sendable, Equatable, Codable {
    /// Adds the tag or replaces its value; a nil value makes it key-only.
    case set(key: String, value: String?)
    /// Succeeds when the tag is already absent.
    case delete(key: String)

    /// The tag that is changed.
    package var key: String {
        switch self {
        case .set(let key, _), .delete(let key): key
        }
    }
}

/// One metric measurement to be written.
package struct MetricEntry: Sendable, Equatable, Codable {
    /// The metric that the point belongs to.
    package var key: String
    /// A number, which may be NaN or infinite, or a text.
    package var value: MetricValue
    /// One more than the metric's last step when nil, 0 for its first.
    package var step: Int64?
    /// Now when nil.
    package var timestamp: Timestamp?

    /// A point of the metric; its step and time are the service's to choose when nil.
    package init(key: String, value: MetricValue, step: Int64? = nil, timestamp: Timestamp? = nil) {
        self.key = key
        self.value = value
        self.step = step
        self.timestamp = timestamp
    }
}
