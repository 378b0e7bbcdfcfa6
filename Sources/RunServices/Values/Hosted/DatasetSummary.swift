package import RunModel

/// A data set of an experiment as a list of choices shows it.
package struct DatasetSummary: Sendable, Equatable {
    /// The experiment whose runs read it.
    package var experimentID: ExperimentID
    /// What people call it.
    package var name: String
    /// Tells versions of it apart.
    package var digest: String
    /// What it was used for, where a run said so.
    package var context: String?

    /// A data set with one of its uses.
    package init(experimentID: ExperimentID, name: String, digest: String, context: String? = nil) {
        self.experimentID = experimentID
        self.name = name
        self.digest = digest
        self.context = context
    }
}
