/// A data set that a run was given, with what it was used for.
package struct WireDatasetInput: Codable, Sendable, Equatable {
    /// Such as `mlflow.data.context`; nil for none.
    package var tags: [WireEntry]?
    /// The data set itself.
    package var dataset: WireDataset

    /// A data set with its tags.
    package init(tags: [WireEntry]?, dataset: WireDataset) {
        self.tags = tags
        self.dataset = dataset
    }
}

/// What MLflow tells of a data set; names are those of the protocol.
package struct WireDataset: Codable, Sendable, Equatable {
    /// Up to 500 characters.
    package var name: String
    /// Up to 36 characters.
    package var digest: String
    /// Such as `local` or `code`.
    package var source_type: String
    /// Where it came from, as JSON in most cases.
    package var source: String
    /// Nil where the client told none.
    package var schema: String?
    /// Nil where the client told none.
    package var profile: String?

    /// A data set of these parts.
    package init(
        name: String, digest: String, source_type: String, source: String, schema: String? = nil, profile: String? = nil
    ) {
        self.name = name
        self.digest = digest
        self.source_type = source_type
        self.source = source
        self.schema = schema
        self.profile = profile
    }
}

/// A model that a run was given or has made; names are those of the protocol.
package struct WireModelReference: Codable, Sendable, Equatable {
    /// The id of a logged model.
    package var model_id: String
    /// Of the run that made it; nil for a model that went in.
    package var step: Int64?

    /// A logged model by its id.
    package init(model_id: String, step: Int64? = nil) {
        self.model_id = model_id
        self.step = step
    }
}

/// What went into a run.
package struct WireRunInputs: Codable, Sendable, Equatable {
    /// Nil for none.
    package var dataset_inputs: [WireDatasetInput]?
    /// Nil for none.
    package var model_inputs: [WireModelReference]?

    /// Inputs of these parts.
    package init(dataset_inputs: [WireDatasetInput]? = nil, model_inputs: [WireModelReference]? = nil) {
        self.dataset_inputs = dataset_inputs
        self.model_inputs = model_inputs
    }
}

/// What a run has made.
package struct WireRunOutputs: Codable, Sendable, Equatable {
    /// Nil for none.
    package var model_outputs: [WireModelReference]?

    /// Outputs of these parts.
    package init(model_outputs: [WireModelReference]? = nil) { self.model_outputs = model_outputs }
}
