package import RunModel

/// A model to be logged.
package struct LoggedModelDraft: Sendable, Equatable {
    /// Must exist and not be deleted.
    package var experimentID: ExperimentID
    /// Chosen by the service when nil.
    package var name: String?
    /// The run that makes it; nil where none does.
    package var sourceRunID: RunID?
    /// A word for what kind of model it is; may be empty.
    package var modelType: String
    /// The tags it has from the start.
    package var tags: Tags
    /// The parameters it has from the start.
    package var params: Params

    /// A model that has these parts when it is made.
    package init(
        experimentID: ExperimentID, name: String? = nil, sourceRunID: RunID? = nil, modelType: String = "",
        tags: Tags = Tags(), params: Params = Params()
    ) {
        self.experimentID = experimentID
        self.name = name
        self.sourceRunID = sourceRunID
        self.modelType = modelType
        self.tags = tags
        self.params = params
    }
}
