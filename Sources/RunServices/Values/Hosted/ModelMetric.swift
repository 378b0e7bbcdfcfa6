package import RunModel

/// A point of a metric that a run measured for a logged model, on a data set or on none.
package struct ModelMetric: Sendable, Equatable {
    /// The logged model, which must exist.
    package var modelID: String
    /// What was measured; time and step are given.
    package var key: String
    /// What was measured, when, and at which step.
    package var point: MetricPoint
    /// The data set's name; nil where none was named.
    package var datasetName: String?
    /// The data set's digest; nil where none was named.
    package var datasetDigest: String?
    /// The run that measured; set by the service in answers.
    package var runID: RunID?

    /// A point for a model.
    package init(
        modelID: String, key: String, point: MetricPoint, datasetName: String? = nil, datasetDigest: String? = nil,
        runID: RunID? = nil
    ) {
        self.modelID = modelID
        self.key = key
        self.point = point
        self.datasetName = datasetName
        self.datasetDigest = datasetDigest
        self.runID = runID
    }
}
