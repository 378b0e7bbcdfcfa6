package import RunModel

/// A model that was logged to an experiment (MLflow 3), with what was measured for it.
package struct LoggedModel: Sendable, Equatable {
    /// Where its making is.
    package enum Status: String, Sendable {
        case pending = "PENDING"
        case ready = "READY"
        case failed = "UPLOAD_FAILED"
    }

    /// Chosen by the service: `m-` and 32 hexadecimal digits.
    package var id: String
    /// The experiment that it was logged to.
    package var experimentID: ExperimentID
    /// What people call it; not unique.
    package var name: String
    /// The run that made it; nil where none did.
    package var sourceRunID: RunID?
    /// Where its making is.
    package var status: Status
    /// Why it failed, in the client's words.
    package var statusMessage: String?
    /// A word for what kind of model it is; may be empty.
    package var modelType: String
    /// Where its files lie, as whoever made it said; nil where the host keeps them under `ArtifactRoot.model`.
    package var artifactURI: String?
    /// When it was made.
    package var createdAt: Timestamp
    /// When it last changed.
    package var updatedAt: Timestamp
    /// Mutable marks.
    package var tags: Tags
    /// Inputs that never change.
    package var params: Params
    /// The newest point of each metric on each data set, from each run.
    package var metrics: [ModelMetric]

    /// A model of these parts.
    package init(
        id: String, experimentID: ExperimentID, name: String, sourceRunID: RunID? = nil, status: Status = .pending,
        statusMessage: String? = nil, modelType: String = "", artifactURI: String? = nil, createdAt: Timestamp,
        updatedAt: Timestamp, tags: Tags = Tags(), params: Params = Params(), metrics: [ModelMetric] = []
    ) {
        self.id = id
        self.experimentID = experimentID
        self.name = name
        self.sourceRunID = sourceRunID
        self.status = status
        self.statusMessage = statusMessage
        self.modelType = modelType
        self.artifactURI = artifactURI
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.tags = tags
        self.params = params
        self.metrics = metrics
    }
}
