package import RunModel

/// The use that a run made of a data set.
package struct DatasetInput: Sendable, Equatable {
    /// What it read.
    package var dataset: Dataset
    /// Of the use, not of the data set; `contextTag` says what it was used for.
    package var tags: Tags

    /// The tag that says what a data set was used for, such as `train`.
    package static let contextTag = "mlflow.data.context"

    /// A use of a data set.
    package init(dataset: Dataset, tags: Tags = Tags()) {
        self.dataset = dataset
        self.tags = tags
    }
}
