package import RunModel

/// What is to change of one run, applied all or not at all.
package struct RunEdit: Sendable, Equatable, Codable {
    /// On whose behalf, which decides what a step in the run's life may do (`TransitionRule`).
    package var origin: TransitionOrigin
    /// A step in the run's life; nil leaves the status.
    package var transition: Transition?
    /// When the run started, where a foreign client says so; the service sets the time otherwise.
    package var startedAt: Timestamp?
    /// When the run ended, where a foreign client says so; the service sets the time otherwise.
    package var endedAt: Timestamp?
    /// Nil leaves the name.
    package var name: String?
    /// In their order; the last one of a key counts.
    package var tags: [TagEdit]
    /// Add-only (contract clause 7).
    package var properties: Properties
    /// Write-once like properties.
    package var params: Params
    /// Points to append.
    package var metrics: [MetricEntry]

    /// An edit of the parts that are given; what is left out stays as it is.
    package init(
        onBehalfOf origin: TransitionOrigin = .person, transition: Transition? = nil, startedAt: Timestamp? = nil,
        endedAt: Timestamp? = nil, name: String? = nil, tags: [TagEdit] = [], properties: Properties = Properties(),
        params: Params = Params(), metrics: [MetricEntry] = []
    ) {
        self.origin = origin
        self.transition = transition
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.name = name
        self.tags = tags
        self.properties = properties
        self.params = params
        self.metrics = metrics
    }
}

extension RunEdit {
    /// The tag in which MLflow keeps a run's description, and so does every service here.
    package static let descriptionTag = Run.descriptionTag

    /// Another description and nothing else; nil takes it away.
    package init(description text: String?) {
        self.init()
        setDescription(text)
    }

    /// Gives the run another description; nil takes it away.
    package mutating func setDescription(_ text: String?) {
        tags.append(
            text.map { .set(key: Self.descriptionTag, value: $0) } ?? .delete(key: Self.descriptionTag))
    }

    /// Whether it changes what a person may annotate on a run that is over: tags and the name.
    var annotates: Bool { name != nil || !tags.isEmpty }

    /// Whether it changes anything else.
    var records: Bool {
        transition != nil || startedAt != nil || endedAt != nil || !properties.isEmpty || !params.isEmpty
            || !metrics.isEmpty
    }
}
