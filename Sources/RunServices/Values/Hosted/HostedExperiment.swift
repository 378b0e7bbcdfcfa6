package import RunModel

/// An experiment as its host keeps it: with what only servers and their clients ask for.
package struct HostedExperiment: Sendable, Equatable {
    /// A decimal number for those made since there are hosts; `0` is the experiment `Default`. Older ones keep what they have.
    package var id: ExperimentID
    /// Unique among all experiments of the service, the deleted ones too.
    package var name: String
    /// Whether it was deleted.
    package var stage: LifecycleStage
    /// When it was made.
    package var createdAt: Timestamp
    /// When it was last made, renamed, deleted or restored; neither runs nor tags count.
    package var updatedAt: Timestamp
    /// Where artifacts of its runs lie, as whoever made it said; nil leaves that to the host.
    package var artifactLocation: String?
    /// Its description, which the tag `mlflow.note.content` holds, is among them.
    package var tags: Tags

    /// An experiment of these parts.
    package init(
        id: ExperimentID, name: String, stage: LifecycleStage = .active, createdAt: Timestamp, updatedAt: Timestamp,
        artifactLocation: String? = nil, tags: Tags = Tags()
    ) {
        self.id = id
        self.name = name
        self.stage = stage
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.artifactLocation = artifactLocation
        self.tags = tags
    }
}
