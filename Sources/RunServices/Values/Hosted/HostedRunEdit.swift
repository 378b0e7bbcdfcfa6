package import RunModel

/// What is to change of one run on behalf of a client of another protocol, applied all or not at all.
package struct HostedRunEdit: Sendable, Equatable {
    /// What every run has. Its origin is `.client` where the client's protocol lets it set any status; points that such a
    /// client sends again, equal in step, time and value, are kept once.
    package var run: RunEdit
    /// A status without a transition of its own, such as Finalizing or NotResponding; counts where `run.transition` is nil.
    package var status: RunStatus?
    /// Another parent; nil leaves it. Throws `invalid` for one that is the run itself or below it.
    package var parentID: RunID?
    /// What is to be replaced of the document.
    package var document: RunDocument
    /// Data sets that went in, beside those known already; one that is known takes over the tags.
    package var datasets: [DatasetInput]
    /// Logged models that went in, beside those known already.
    package var modelInputs: [ModelUse]
    /// Logged models that came out, beside those known already.
    package var modelOutputs: [ModelUse]
    /// Points that count for a logged model; each is a point of the run too.
    package var modelMetrics: [ModelMetric]
    /// Rows of metric tables.
    package var metricRows: [MetricRows]

    /// An edit of the parts that are given; what is left out stays as it is.
    package init(
        _ run: RunEdit = RunEdit(onBehalfOf: .client), status: RunStatus? = nil, parentID: RunID? = nil,
        document: RunDocument = RunDocument(), datasets: [DatasetInput] = [], modelInputs: [ModelUse] = [],
        modelOutputs: [ModelUse] = [], modelMetrics: [ModelMetric] = [], metricRows: [MetricRows] = []
    ) {
        self.run = run
        self.status = status
        self.parentID = parentID
        self.document = document
        self.datasets = datasets
        self.modelInputs = modelInputs
        self.modelOutputs = modelOutputs
        self.modelMetrics = modelMetrics
        self.metricRows = metricRows
    }
}
