package import RunModel

/// A run as its host keeps it: with what only servers and their clients ask for.
package struct HostedRun: Sendable, Equatable {
    /// As every screen shows it.
    package var run: Run
    /// Whether it was deleted.
    package var stage: LifecycleStage
    /// When it was deleted; nil for an active one.
    package var deletedAt: Timestamp?
    /// Where its artifacts lie, as whoever created it said; nil where the host keeps them under `ArtifactRoot.run`.
    package var artifactURI: String?
    /// What Azure's run documents tell of it beside the run itself.
    package var document: RunDocument
    /// The data sets that went in.
    package var datasets: [DatasetInput]
    /// The logged models that went in; their steps mean nothing.
    package var modelInputs: [ModelUse]
    /// The logged models that came out.
    package var modelOutputs: [ModelUse]

    /// A run with what its host knows of it.
    package init(
        run: Run, stage: LifecycleStage = .active, deletedAt: Timestamp? = nil, artifactURI: String? = nil,
        document: RunDocument = RunDocument(), datasets: [DatasetInput] = [], modelInputs: [ModelUse] = [],
        modelOutputs: [ModelUse] = []
    ) {
        self.run = run
        self.stage = stage
        self.deletedAt = deletedAt
        self.artifactURI = artifactURI
        self.document = document
        self.datasets = datasets
        self.modelInputs = modelInputs
        self.modelOutputs = modelOutputs
    }
}
